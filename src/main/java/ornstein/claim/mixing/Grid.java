package ornstein.claim.mixing;

import java.util.List;
import java.util.TreeSet;

/// The steps at which mixing is measured.
final class Grid {

    private Grid() {}

    /// Step 0 and the steps nearest to `points` times `lambda_e t` spaced evenly in the logarithm from `from` to
    /// `to`, and to the later times `extra`; each step once.
    static long[] steps(double lambdaE, double from, double to, int points, List<Double> extra) {
        TreeSet<Long> steps = new TreeSet<>();
        steps.add(0L);
        for (int i = 0; i < points; i++) {
            double time = from * Math.pow(to / from, i / (points - 1.0));
            steps.add(Math.round(time / lambdaE));
        }
        extra.forEach(time -> steps.add(Math.round(time / lambdaE)));
        return steps.stream().mapToLong(Long::longValue).toArray();
    }
}
