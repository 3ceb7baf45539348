package ornstein.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One piece of straight-line code over lanes: values stored to rows, all computed before any is stored.
///
/// @param stores where values go
/// @param guard a condition that the caller wants to know to hold in every lane, or null
record Code(
        Precision precision, List<Store> stores, @Nullable Value guard) {
    /// @param slot the slot of the row
    record Store(int slot, Value value) {}

    Code {
        stores = List.copyOf(stores);
    }

    Code(Precision precision, List<Store> stores) {
        this(precision, stores, null);
    }

    /// Compiled code in single precision.
    interface F32 {
        /// Computes elements 0 to `count - 1` of the rows.
        ///
        /// @param rows all rows of reals: the row of slot `s` starts at `offsets[s]`
        /// @param words all rows of integers, likewise
        /// @param index entry of the data columns that [Op#COLUMN] takes
        /// @param count a multiple of the lanes of a vector
        /// @return 1 if the guard failed somewhere, else 0
        int run(float[] rows, int[] words, float[] shared, float[][] columns, int index, int[] offsets, int count);
    }

    /// Compiled code in double precision.
    interface F64 {
        /// As [F32#run].
        int run(double[] rows, int[] words, double[] shared, double[][] columns, int index, int[] offsets, int count);
    }
}
