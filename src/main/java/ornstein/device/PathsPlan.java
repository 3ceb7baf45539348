package ornstein.device;

import org.jspecify.annotations.Nullable;
import ornstein.kernel.DeviceCode;

/// What paths on a device are made of.
///
/// @param step one step
/// @param values the observables, or null
/// @param coordinates of a state, the method's own included
/// @param dimension coordinates whose statistics are taken, the first ones; 0 for no statistics
/// @param observables how many
/// @param lags whether two-time distances are taken
/// @param sketched coordinates whose values are counted in buckets, the first ones
/// @param capacity most paths
public record PathsPlan(
        DeviceCode step,
        @Nullable DeviceCode values,
        int coordinates,
        int dimension,
        int observables,
        boolean lags,
        int sketched,
        int capacity) {
    /// Paths whose sums are taken together, and that share a shift.
    public static final int LEAF = 4096;

    /// Buckets of a page: numbers of one sign and exponent.
    public static final int PAGE = 4096;

    /// Pages of a coordinate: negative numbers by falling exponents from 59 to -60, zero, positive ones by rising
    /// exponents.
    public static final int PAGES = 241;

    /// Steps of `step`, without statistics.
    public static PathsPlan of(DeviceCode step, int coordinates, int capacity) {
        return new PathsPlan(step, null, coordinates, 0, 0, false, 0, capacity);
    }

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

    public int leaves() {
        return (capacity + LEAF - 1) / LEAF;
    }

    /// Bytes on the device for the counts of a coordinate.
    public static long bytesPerSketch() {
        return 4L * PAGES * PAGE;
    }

    /// Bytes on the device for one path.
    public static long bytesPerPath(int coordinates, int dimension, int rows, boolean lags, int realBytes) {
        return (long) realBytes * (coordinates + (lags ? dimension : 0)) + 8L * rows + 8 + 4;
    }
}
