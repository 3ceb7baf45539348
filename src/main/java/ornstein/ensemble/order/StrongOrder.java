package ornstein.ensemble.order;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import ornstein.method.Method;
import ornstein.method.Step;
import ornstein.run.Interruption;
import ornstein.stats.Estimate;
import ornstein.stats.OrderFit;

/// Measures a strong order, see [Convergence].
final class StrongOrder {
    private final Convergence asked;
    private final OptionalDouble claimed;

    StrongOrder(Convergence asked, OptionalDouble claimed) {
        this.asked = asked;
        this.claimed = claimed;
    }

    /// Sums over the paths of a group: squared distances between neighbouring grids, squared distances to the
    /// other method on each grid, squared states.
    private record Sums(double[] apart, double[] other, double size, long count) {}

    Convergence.Measured measure(Interruption stop) {
        List<Step> steps = asked.steps(asked.method(), asked.numbers(), asked.sizes());
        Optional<Method> other = asked.other();
        List<Step> others = other.map(m -> asked.others(m)).orElse(List.of());
        List<Sums> groups = Groups.run(
                Convergence.GROUPS,
                asked.threads(),
                stop,
                () -> new Runs(paths(steps), others.isEmpty() ? null : paths(others)),
                this::sums);
        double[] h = asked.steps();
        double[] coarse = java.util.Arrays.copyOf(h, h.length - 1);
        double[] error = rms(groups, -1, true);
        double[][] without = new double[groups.size()][];
        double[][] withoutOther = new double[groups.size()][];
        for (int g = 0; g < groups.size(); g++) {
            without[g] = rms(groups, g, true);
            withoutOther[g] = rms(groups, g, false);
        }
        long count = groups.stream().mapToLong(Sums::count).sum();
        double scale = Math.sqrt(groups.stream().mapToDouble(Sums::size).sum() / Math.max(1, count));
        boolean exact = Convergence.isRounding(error, scale);
        Estimate order = exact ? null : OrderFit.of(coarse, error, without);
        Convergence.Limit limit = null;
        if (other.isPresent()) {
            double[] apart = rms(groups, -1, false);
            Estimate vanishing = OrderFit.of(h, apart, withoutOther);
            boolean same = Convergence.isRounding(apart, scale);
            limit = new Convergence.Limit(
                    other.get().name() + " on the same Brownian paths",
                    apart[apart.length - 1],
                    vanishing,
                    same || Convergence.approaches(vanishing));
        }
        return new Convergence.Measured(
                order,
                claimed,
                exact,
                "root mean square of X_h - X_(h/2) at T over " + count + " paths, each on one Brownian path",
                coarse,
                error,
                deviations(error, without),
                limit,
                asked.paths() - count);
    }

    private record Runs(CoupledPaths own, @Nullable CoupledPaths other) {}

    private CoupledPaths paths(List<Step> steps) {
        return asked.coupled(steps);
    }

    private Sums sums(Runs runs, int group) {
        int n = asked.paths() / Convergence.GROUPS;
        double[][][] x = runs.own().end((long) group * n, n);
        double[][][] y = runs.other() == null ? x : runs.other().end((long) group * n, n);
        double[] apart = new double[x.length - 1];
        double[] other = new double[x.length];
        double size = 0;
        long count = 0;
        for (int i = 0; i < n; i++) {
            if (!isFinite(x, i) || !isFinite(y, i)) continue;
            count++;
            for (int l = 0; l < x.length; l++) {
                other[l] += distance(x[l], y[l], i);
                if (l > 0) apart[l - 1] += distance(x[l - 1], x[l], i);
            }
            for (double[] row : x[x.length - 1]) size += row[i] * row[i];
        }
        return new Sums(apart, other, size, count);
    }

    static boolean isFinite(double[][][] x, int i) {
        for (double[][] grid : x) for (double[] row : grid) if (!Double.isFinite(row[i])) return false;
        return true;
    }

    private static double distance(double[][] x, double[][] y, int i) {
        double sum = 0;
        for (int c = 0; c < x.length; c++) sum += (x[c][i] - y[c][i]) * (x[c][i] - y[c][i]);
        return sum;
    }

    private static double[] rms(List<Sums> groups, int without, boolean own) {
        double[] sum = new double
                [own ? groups.getFirst().apart().length : groups.getFirst().other().length];
        long count = 0;
        for (int g = 0; g < groups.size(); g++) {
            if (g == without) continue;
            double[] part = own ? groups.get(g).apart() : groups.get(g).other();
            for (int l = 0; l < sum.length; l++) sum[l] += part[l];
            count += groups.get(g).count();
        }
        for (int l = 0; l < sum.length; l++) sum[l] = Math.sqrt(sum[l] / count);
        return sum;
    }

    /// Jackknife standard errors of errors.
    static double[] deviations(double[] error, double[][] without) {
        double[] deviation = new double[error.length];
        int n = without.length;
        for (int l = 0; l < error.length; l++) {
            double mean = 0;
            for (double[] w : without) mean += w[l] / n;
            double square = 0;
            for (double[] w : without) square += (w[l] - mean) * (w[l] - mean);
            deviation[l] = Math.sqrt(square * (n - 1) / n);
        }
        return deviation;
    }
}
