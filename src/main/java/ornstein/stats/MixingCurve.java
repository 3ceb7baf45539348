package ornstein.stats;

import java.util.Arrays;

/// How the label laws of several initialisations come together at one intrinsic learning rate: the squared distance
/// ([LabelDistance#squared], the mean over all pairs of initialisations) and the measured clock s (the mean over
/// all runs) at a list of times, for all runs and without each jackknife block of each initialisation. Blocks are
/// numbered alike in every initialisation, which is the stratum of [Jackknife].
@SuppressWarnings("ArrayRecordComponent") // never compared
public final class MixingCurve {
    private final double lambdaE;
    private final long[] steps;
    private final int runs;
    private final Row all;
    private final Row[][] without;

    /// Clock and squared distance at each time.
    public record Row(double[] clock, double[] squared) {}

    private MixingCurve(double lambdaE, long[] steps, int runs, Row all, Row[][] without) {
        this.lambdaE = lambdaE;
        this.steps = steps;
        this.runs = runs;
        this.all = all;
        this.without = without;
    }

    /// @param lambdaE the intrinsic learning rate eta lambda, per step
    /// @param steps the times, ascending, in steps
    /// @param labels `[initialisation][time]`, at least two initialisations
    /// @param clocks `[initialisation][time]`, blocked alike
    public static MixingCurve of(double lambdaE, long[] steps, LabelCounts[][] labels, BlockMeans[][] clocks) {
        int groups = labels.length;
        if (groups < 2 || clocks.length != groups) {
            throw new IllegalArgumentException("a distance needs two initialisations, not " + groups);
        }
        int blocks = labels[0][0].blocks();
        int runs = Integer.MAX_VALUE;
        for (int a = 0; a < groups; a++) {
            if (labels[a].length != steps.length || clocks[a].length != steps.length) {
                throw new IllegalArgumentException("initialisation " + a + " lacks times");
            }
            runs = Math.min(runs, labels[a][0].runs(-1));
        }
        Row[][] without = new Row[groups][blocks];
        for (int a = 0; a < groups; a++) {
            for (int block = 0; block < blocks; block++) {
                without[a][block] = row(labels, clocks, a, block);
            }
        }
        return new MixingCurve(lambdaE, steps.clone(), runs, row(labels, clocks, -1, -1), without);
    }

    private static Row row(LabelCounts[][] labels, BlockMeans[][] clocks, int stratum, int block) {
        int groups = labels.length;
        int times = labels[0].length;
        double[] clock = new double[times];
        double[] squared = new double[times];
        for (int t = 0; t < times; t++) {
            for (int a = 0; a < groups; a++) {
                int outOfA = a == stratum ? block : -1;
                clock[t] += clocks[a][t].mean(outOfA) / groups;
                for (int b = a + 1; b < groups; b++) {
                    int outOfB = b == stratum ? block : -1;
                    squared[t] += LabelDistance.squared(labels[a][t], outOfA, labels[b][t], outOfB);
                }
            }
            squared[t] /= groups * (groups - 1) / 2.0;
        }
        return new Row(clock, squared);
    }

    public double lambdaE() {
        return lambdaE;
    }

    /// The times in steps.
    public long[] steps() {
        return steps.clone();
    }

    /// Runs of the smallest initialisation.
    public int runs() {
        return runs;
    }

    public int strata() {
        return without.length;
    }

    public int blocks() {
        return without[0].length;
    }

    /// The curve without a block of an initialisation; of all runs for -1, -1.
    public Row row(int stratum, int block) {
        return stratum < 0 ? all : without[stratum][block];
    }

    /// The clock s(T) at which the runs first are `delta` close: where the decreasing fit of `R = sqrt(max(Q, 0))`
    /// first crosses `delta`. Between two times log R is linear in s, as it is for a single exponential; an R below
    /// `delta/10`, which noise can turn into 0, counts as `delta/10` there.
    ///
    /// @return NaN where R starts below `delta` or does not come down to it
    public static double crossing(Row row, double delta) {
        double[] r = Isotonic.decreasing(
                Arrays.stream(row.squared).map(q -> Math.sqrt(Math.max(q, 0))).toArray());
        for (int i = 0; i < r.length; i++) {
            if (r[i] <= delta) {
                if (i == 0) {
                    return Double.NaN;
                }
                double above = Math.log(r[i - 1] / delta);
                double below = Math.log(Math.max(r[i], delta / 10) / delta);
                return row.clock[i - 1] + (row.clock[i] - row.clock[i - 1]) * above / (above - below);
            }
        }
        return Double.NaN;
    }

    /// The mean of Q over the times with `from <= lambda_e t <= to`; NaN where there are none.
    public double late(Row row, double from, double to) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < steps.length; i++) {
            double t = lambdaE * steps[i];
            if (t >= from * (1 - 1e-9) && t <= to * (1 + 1e-9)) {
                sum += row.squared[i];
                count++;
            }
        }
        return count == 0 ? Double.NaN : sum / count;
    }
}
