package ornstein.tornado;

import ornstein.kernel.DeviceControl;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/// Kernels of statistics over states in single precision. The order of every sum is that of
/// `ornstein.ensemble.Moments`.
final class Sums32 {
    private Sums32() {}

    /// Keeps the states that lags count from, and takes squared distances from these.
    public static void ornstein_distances(
            KernelContext context, IntArray control, FloatArray state, FloatArray origin, DoubleArray values) {
        int i = context.globalIdx;
        int stride = control.get(DeviceControl.STRIDE);
        int dimension = control.get(DeviceControl.DIMENSION);
        if (i < control.get(DeviceControl.ORIGIN)) {
            for (int c = 0; c < dimension; c++) origin.set(c * stride + i, state.get(c * stride + i));
        }
        if (i < control.get(DeviceControl.LAGGED)) {
            double square = 0;
            for (int c = 0; c < dimension; c++) {
                double moved = (double) state.get(c * stride + i) - (double) origin.get(c * stride + i);
                square = moved * moved + square;
            }
            values.set(control.get(DeviceControl.LAG_ROW) * stride + i, square);
        }
    }

    /// A group of 64 threads for each leaf of 4096 paths and quantity. Each chunk of 256 paths has four
    /// threads, of which each adds up every fourth path, so that neighbours read neighbours; what they find
    /// meets in local memory.
    public static void ornstein_sums(
            KernelContext context,
            IntArray control,
            FloatArray state,
            DoubleArray values,
            IntArray skip,
            IntArray firstAlive,
            IntArray pairs,
            DoubleArray sums,
            DoubleArray shifts,
            LongArray failed,
            DoubleArray heads) {
        double[] parts = context.allocateDoubleLocalArray(64);
        int thread = context.globalIdx;
        int local = context.localIdx;
        int paths = control.get(DeviceControl.LOOKED);
        int quantities = control.get(DeviceControl.QUANTITIES);
        int stride = control.get(DeviceControl.STRIDE);
        int dimension = control.get(DeviceControl.DIMENSION);
        int leaf = thread / 64 / quantities;
        int quantity = thread / 64 % quantities;
        int part = local & 3;
        int from = leaf * 4096 + local / 4 * 256;
        if (thread < 8) {
            if (thread < paths) {
                for (int c = 0; c < dimension; c++) heads.set(c * 8 + thread, state.get(c * stride + thread));
                heads.set(dimension * 8 + thread, (double) failed.get(thread));
            }
        }
        double sum = 0;
        if (from < paths) {
            int v = pairs.get(2 * quantity);
            int w = pairs.get(2 * quantity + 1);
            int first = leaf * 4096 + firstAlive.get(leaf);
            double sv = value(state, values, dimension, v * stride + first, (v - dimension) * stride + first, v);
            double sw = 0;
            if (w >= 0) sw = value(state, values, dimension, w * stride + first, (w - dimension) * stride + first, w);
            int to = from + 256 < paths ? from + 256 : paths;
            int whole = from + (to - from) / 4 * 4;
            int end = part == 0 ? to : whole;
            int i = from + part;
            while (i < end) {
                double x = value(state, values, dimension, v * stride + i, (v - dimension) * stride + i, v) - sv;
                double y = 1;
                if (w >= 0) {
                    y = value(state, values, dimension, w * stride + i, (w - dimension) * stride + i, w) - sw;
                }
                if (skip.get(i) != 0) {
                    x = 0;
                    y = 0;
                }
                sum = x * y + sum;
                i = i + (i < whole ? 4 : 1);
            }
            if (w < 0 && local == 0) shifts.set(leaf * quantities + quantity, sv);
        }
        parts[local] = sum;
        context.localBarrier();
        if (local == 0 && from < paths) {
            double total = 0;
            for (int k = 0; k < 64; k += 4) {
                total = total + ((parts[k] + parts[k + 1]) + (parts[k + 2] + parts[k + 3]));
            }
            sums.set(leaf * quantities + quantity, total);
        }
    }

    /// Counts the values of the first coordinates in the buckets of `ornstein.ensemble.Sketch`, marks the
    /// pages of these, and counts the failed paths of each leaf behind the marks. Counts are whole numbers,
    /// whose order does not matter.
    public static void ornstein_counts(
            KernelContext context,
            IntArray control,
            FloatArray state,
            LongArray failed,
            IntArray counts,
            IntArray marks) {
        int i = context.globalIdx;
        if (i < control.get(DeviceControl.COUNTED)) {
            int stride = control.get(DeviceControl.STRIDE);
            int sketched = control.get(DeviceControl.SKETCHED);
            if (failed.get(i) >= 0) {
                context.atomicAdd(marks, sketched * Buckets.PAGES + i / 4096, 1);
            } else {
                for (int c = 0; c < sketched; c++) {
                    int bucket = Buckets.of((double) state.get(c * stride + i));
                    context.atomicAdd(counts, c * (Buckets.PAGES * Buckets.PAGE) + bucket, 1);
                    marks.set(c * Buckets.PAGES + bucket / Buckets.PAGE, 1);
                }
            }
        }
    }

    private static double value(
            FloatArray state, DoubleArray values, int dimension, int atState, int atValue, int variable) {
        double x;
        if (variable < dimension) x = state.get(atState);
        else x = values.get(atValue);
        return x;
    }
}
