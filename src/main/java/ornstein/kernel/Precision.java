package ornstein.kernel;

/// The floating-point type of states, noise and arithmetic.
public enum Precision {
    F32,
    F64;

    /// The number a constant becomes.
    double rounded(double x) {
        return this == F32 ? (float) x : x;
    }

    /// Bytes of a number.
    int bytes() {
        return this == F32 ? 4 : 8;
    }
}
