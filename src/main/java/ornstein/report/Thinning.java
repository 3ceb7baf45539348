package ornstein.report;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/// Leaves out the points of a curve that no eye could see: within each column of half a pixel the first, the last and
/// the extremes stay, so the drawn curve covers the same pixels.
final class Thinning {
    private Thinning() {}

    /// The points of a run that stay.
    ///
    /// @param run       indices of consecutive points
    /// @param column    the column of a point
    /// @param low, high what must keep its smallest, and largest, value in each column
    static int[] thin(int[] run, IntToDoubleFunction column, IntToDoubleFunction low, IntToDoubleFunction high) {
        var kept = new int[run.length];
        int count = 0;
        int start = 0;
        while (start < run.length) {
            double here = Math.floor(column.applyAsDouble(run[start]));
            int least = start;
            int most = start;
            int end = start;
            while (end < run.length && Math.floor(column.applyAsDouble(run[end])) == here) {
                least = low.applyAsDouble(run[end]) < low.applyAsDouble(run[least]) ? end : least;
                most = high.applyAsDouble(run[end]) > high.applyAsDouble(run[most]) ? end : most;
                end++;
            }
            int[] stay = {start, Math.min(least, most), Math.max(least, most), end - 1};
            for (int i = 0; i < stay.length; i++) {
                if (i == 0 || stay[i] != stay[i - 1]) {
                    kept[count++] = run[stay[i]];
                }
            }
            start = end;
        }
        return Arrays.copyOf(kept, count);
    }
}
