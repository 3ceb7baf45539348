package ornstein.device;

import org.jspecify.annotations.Nullable;
import ornstein.kernel.DeviceCode;

/// What paths on a device are made of.
///
/// @param step one step
/// @param values the observables, or null
/// @param coordinates of a state, the method's own included
/// @param dimension coordinates whose statistics are taken, the first ones; 0 for states alone
/// @param observables how many
/// @param lags whether two-time distances are taken
/// @param capacity most paths
public record PathsPlan(
        DeviceCode step,
        @Nullable DeviceCode values,
        int coordinates,
        int dimension,
        int observables,
        boolean lags,
        int capacity) {
    /// Paths whose sums are taken together, in four interleaved parts.
    public static final int CHUNK = 256;

    /// Paths that share a shift.
    public static final int LEAF = 4096;

    /// Variables of statistics: coordinates, observables, the squared distance.
    public int variables() {
        return dimension + rows();
    }

    /// Rows of values: observables, the squared distance.
    public int rows() {
        return observables + (lags ? 1 : 0);
    }

    /// The two variables of each quantity whose sum is taken; the second is -1 where the first alone is summed. Means
    /// of all variables come first, then products of the coordinates, (0,0), (1,0), (1,1), ..., then squares.
    public int[][] quantities() {
        int d = dimension;
        int[][] pairs = new int[variables() + d * (d + 1) / 2 + rows()][];
        int at = 0;
        for (int v = 0; v < variables(); v++) pairs[at++] = new int[] {v, -1};
        for (int v = 0; v < d; v++) for (int w = 0; w <= v; w++) pairs[at++] = new int[] {v, w};
        for (int v = d; v < variables(); v++) pairs[at++] = new int[] {v, v};
        return pairs;
    }

    public int chunks() {
        return (capacity + CHUNK - 1) / CHUNK;
    }

    public int leaves() {
        return (capacity + LEAF - 1) / LEAF;
    }

    /// Bytes on the device for one path.
    public static long bytesPerPath(int coordinates, int dimension, int rows, boolean lags, int realBytes) {
        return (long) realBytes * (coordinates + (lags ? dimension : 0)) + 8L * rows + 8 + 4;
    }
}
