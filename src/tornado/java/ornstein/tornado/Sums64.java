package ornstein.tornado;

import ornstein.kernel.DeviceControl;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/// Kernels of statistics over states in double precision. The order of every sum is that of
/// `ornstein.ensemble.Moments`.
final class Sums64 {
    private Sums64() {}

    /// Keeps the states that lags count from, and takes squared distances from these.
    public static void ornstein_distances(
            KernelContext context, IntArray control, DoubleArray state, DoubleArray origin, DoubleArray values) {
        int i = context.globalIdx;
        int stride = control.get(DeviceControl.STRIDE);
        int dimension = control.get(DeviceControl.DIMENSION);
        if (i < control.get(DeviceControl.ORIGIN)) {
            for (int c = 0; c < dimension; c++) origin.set(c * stride + i, state.get(c * stride + i));
        }
        if (i < control.get(DeviceControl.LAGGED)) {
            double square = 0;
            for (int c = 0; c < dimension; c++) {
                double moved = state.get(c * stride + i) - origin.get(c * stride + i);
                square = moved * moved + square;
            }
            values.set(control.get(DeviceControl.LAG_ROW) * stride + i, square);
        }
    }

    /// One thread for each chunk of 256 paths and quantity.
    public static void ornstein_sums(
            KernelContext context,
            IntArray control,
            DoubleArray state,
            DoubleArray values,
            IntArray skip,
            IntArray firstAlive,
            IntArray pairs,
            DoubleArray sums,
            DoubleArray shifts,
            LongArray failed,
            DoubleArray heads) {
        int thread = context.globalIdx;
        int paths = control.get(DeviceControl.LOOKED);
        int quantities = control.get(DeviceControl.QUANTITIES);
        int chunk = thread / quantities;
        int quantity = thread % quantities;
        int from = chunk * 256;
        if (thread < 8) {
            int wide = control.get(DeviceControl.DIMENSION);
            int step = control.get(DeviceControl.STRIDE);
            if (thread < paths) {
                for (int c = 0; c < wide; c++) heads.set(c * 8 + thread, state.get(c * step + thread));
                heads.set(wide * 8 + thread, (double) failed.get(thread));
            }
        }
        if (from < paths) {
            int stride = control.get(DeviceControl.STRIDE);
            int dimension = control.get(DeviceControl.DIMENSION);
            int v = pairs.get(2 * quantity);
            int w = pairs.get(2 * quantity + 1);
            int leaf = from / 4096;
            int first = leaf * 4096 + firstAlive.get(leaf);
            double sv = value(state, values, dimension, v * stride + first, (v - dimension) * stride + first, v);
            double sw = 0;
            if (w >= 0) sw = value(state, values, dimension, w * stride + first, (w - dimension) * stride + first, w);
            double a0 = 0;
            double a1 = 0;
            double a2 = 0;
            double a3 = 0;
            int to = from + 256 < paths ? from + 256 : paths;
            int whole = from + (to - from) / 4 * 4;
            for (int i = from; i < to; i++) {
                double x = value(state, values, dimension, v * stride + i, (v - dimension) * stride + i, v) - sv;
                double y = 1;
                if (w >= 0) {
                    y = value(state, values, dimension, w * stride + i, (w - dimension) * stride + i, w) - sw;
                }
                if (skip.get(i) != 0) {
                    x = 0;
                    y = 0;
                }
                int part = i < whole ? i & 3 : 0;
                if (part == 0) a0 = x * y + a0;
                if (part == 1) a1 = x * y + a1;
                if (part == 2) a2 = x * y + a2;
                if (part == 3) a3 = x * y + a3;
            }
            sums.set(thread, (a0 + a1) + (a2 + a3));
            if (w < 0 && from % 4096 == 0) shifts.set(leaf * quantities + quantity, sv);
        }
    }

    private static double value(
            DoubleArray state, DoubleArray values, int dimension, int atState, int atValue, int variable) {
        double x;
        if (variable < dimension) x = state.get(atState);
        else x = values.get(atValue);
        return x;
    }
}
