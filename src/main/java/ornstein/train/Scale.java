package ornstein.train;

/// Length of the vector of all scale-invariant parameters at the start; one common factor for all groups.
public sealed interface Scale {
    /// The network's natural length times a factor (1 = as drawn: every weight is normal with variance 1/fan-in).
    record Factor(double factor) implements Scale {
        public Factor {
            if (!(factor > 0) || Double.isInfinite(factor)) {
                throw new IllegalArgumentException("a norm factor is finite and > 0, not " + factor);
            }
        }
    }

    /// The length itself.
    record Absolute(double norm) implements Scale {
        public Absolute {
            if (!(norm > 0) || Double.isInfinite(norm)) {
                throw new IllegalArgumentException("a norm is finite and > 0, not " + norm);
            }
        }
    }

    Scale NATURAL = new Factor(1);
}
