package ornstein.tornado;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import ornstein.kernel.Precision;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/// An array of the precision of the states: one of the two is null.
record Reals(@Nullable FloatArray singles, @Nullable DoubleArray doubles) {
    /// An array has an entry at least, as TornadoVM takes no empty ones.
    static Reals of(Precision precision, int size) {
        int n = Math.max(1, size);
        return precision == Precision.F32 ? new Reals(new FloatArray(n), null) : new Reals(null, new DoubleArray(n));
    }

    static Reals of(Precision precision, double[] numbers) {
        Reals all = of(precision, numbers.length);
        all.fill(numbers);
        return all;
    }

    Object array() {
        return singles != null ? singles : requireNonNull(doubles);
    }

    void fill(double[] numbers) {
        for (int i = 0; i < numbers.length; i++) set(i, numbers[i]);
    }

    void set(int i, double x) {
        if (singles != null) singles.set(i, (float) x);
        else requireNonNull(doubles).set(i, x);
    }

    double get(int i) {
        return singles != null ? singles.get(i) : requireNonNull(doubles).get(i);
    }
}
