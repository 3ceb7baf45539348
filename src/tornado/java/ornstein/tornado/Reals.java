package ornstein.tornado;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import ornstein.kernel.Precision;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/// An array of the precision of the states.
record Reals(@Nullable FloatArray singles, @Nullable DoubleArray doubles) {
    /// @param size 0 gives an array of 1, as devices have no empty ones
    static Reals of(Precision precision, int size) {
        int n = Math.max(1, size);
        return precision == Precision.F32 ? new Reals(new FloatArray(n), null) : new Reals(null, new DoubleArray(n));
    }

    Object array() {
        return singles != null ? singles : requireNonNull(doubles);
    }

    void set(int i, double x) {
        if (singles != null) singles.set(i, (float) x);
        else requireNonNull(doubles).set(i, x);
    }

    /// Sets the first numbers.
    void set(double[] numbers) {
        for (int i = 0; i < numbers.length; i++) set(i, numbers[i]);
    }

    double get(int i) {
        return singles != null ? singles.get(i) : requireNonNull(doubles).get(i);
    }
}
