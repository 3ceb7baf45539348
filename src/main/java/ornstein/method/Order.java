package ornstein.method;

import java.util.OptionalDouble;
import ornstein.model.Noise;

/// The orders of convergence that a method claims on a kind of noise.
///
/// @param strong of the paths, or empty
/// @param weak of the expectations, or empty
public record Order(Noise noise, OptionalDouble strong, OptionalDouble weak) {
    /// @param strong not a number for none, infinite for exact
    public static Order of(Noise noise, double strong, double weak) {
        return new Order(noise, claimed(strong), claimed(weak));
    }

    private static OptionalDouble claimed(double order) {
        return Double.isNaN(order) ? OptionalDouble.empty() : OptionalDouble.of(order);
    }
}
