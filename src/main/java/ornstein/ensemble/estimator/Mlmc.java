package ornstein.ensemble.estimator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import ornstein.ensemble.Ensemble;
import ornstein.ensemble.order.Groups;
import ornstein.method.StepMethod;
import ornstein.model.SdeModel;
import ornstein.run.Interruption;
import ornstein.run.Progress;
import ornstein.spec.Decimal;
import ornstein.spec.UserError;

/// Multilevel Monte Carlo (Giles 2008) for the means of all coordinates and observables at the end: the
/// telescoping sum E P_L = E P_0 + sum_l E(P_l - P_{l-1}), where level l takes 2^(C+l) steps and the two paths
/// of a level share one Brownian path. Paths are spread so that the variance of the sum is half the squared
/// tolerance at the least cost; levels are added until the bias that is left, told by the last levels and the
/// weak order, is below tolerance/sqrt(2).
///
/// @param base the steps
/// @param weakOrder of the base
/// @param tolerance root mean square error of each mean
/// @param coarsest C
public record Mlmc(
        SdeModel model,
        StepMethod base,
        Map<String, Double> numbers,
        double weakOrder,
        double until,
        double tolerance,
        int coarsest,
        long seed,
        int threads) {
    /// Paths of a level from which its variance is first estimated.
    private static final long PILOT = 1024;

    /// Most steps of a path are 2 to this power.
    private static final int FINEST = 18;

    /// Most path steps of all levels.
    private static final double MOST_WORK = 1e13;

    /// A level.
    ///
    /// @param step size of its fine paths
    /// @param mean of P_l - P_{l-1} of each functional; of P_0 at level 0
    /// @param variance of a path's
    /// @param plain variance of a path's P_l
    /// @param cost path steps
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Level(
            int level, double step, long paths, double[] mean, double[] variance, double[] plain, double cost) {}

    /// What came out.
    ///
    /// @param mean of each functional: coordinates, then observables
    /// @param error its standard error
    /// @param bias the greatest bias left, as estimated
    /// @param cost path steps of all levels
    /// @param plainCost path steps that paths of the finest step alone would take to the same tolerance
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Result(
            List<Level> levels,
            double[] mean,
            double[] error,
            double bias,
            double cost,
            double plainCost,
            long failed) {}

    /// The means of all functionals.
    ///
    /// @param telling starts a progress for the paths of a level, each time that there are more
    /// @throws UserError if the tolerance needs more levels, or more work, than there may be
    public Result run(Interruption stop, Ensemble.Telling telling) {
        int functionals = model.dimension() + model.observables().size();
        List<LevelSums> levels = new ArrayList<>();
        for (int l = 0; l < 3; l++) levels.add(new LevelSums(l, functionals));
        long[] wanted = new long[FINEST + 1];
        Arrays.fill(wanted, PILOT);
        while (true) {
            for (LevelSums s : levels) extend(s, wanted[s.level], stop, telling);
            boolean enough = true;
            for (LevelSums s : levels) {
                wanted[s.level] = Math.max(wanted[s.level], best(levels, s));
                enough &= s.taken >= 0.99 * wanted[s.level];
            }
            if (!enough) {
                double work = 0;
                for (LevelSums s : levels) work += wanted[s.level] * cost(s.level);
                if (work > MOST_WORK) {
                    throw new UserError("--tolerance " + Decimal.text(tolerance) + ": that takes "
                            + String.format(Locale.ROOT, "%.1e", work)
                            + " path steps, more than " + Decimal.text(MOST_WORK) + "; give a larger one");
                }
                continue;
            }
            double bias = bias(levels);
            if (bias <= tolerance / Math.sqrt(2)) return result(levels, bias);
            if (coarsest + levels.size() > FINEST) {
                throw new UserError(
                        "--tolerance " + Decimal.text(tolerance) + ": the bias at 2^" + FINEST + " steps is still "
                                + Decimal.text(bias)
                                + "; give a larger tolerance, or --of with a higher weak order");
            }
            levels.add(new LevelSums(levels.size(), functionals));
        }
    }

    /// Path steps of a path of a level.
    private double cost(int level) {
        double fine = 1L << coarsest + level;
        return level == 0 ? fine : 1.5 * fine;
    }

    /// The number of paths that gives half the squared tolerance at the least cost, for the functional that
    /// needs most.
    private long best(List<LevelSums> levels, LevelSums own) {
        double most = 0;
        for (int f = 0; f < own.sum.length; f++) {
            double total = 0;
            for (LevelSums s : levels) total += Math.sqrt(s.variance(f) * cost(s.level));
            most = Math.max(most, Math.sqrt(own.variance(f) / cost(own.level)) * total);
        }
        return (long) Math.ceil(2 * most / (tolerance * tolerance));
    }

    private double bias(List<LevelSums> levels) {
        double rate = Math.pow(2, weakOrder);
        double most = 0;
        for (int f = 0; f < levels.getFirst().sum.length; f++) {
            double last = Math.abs(levels.getLast().mean(f));
            double before = Math.abs(levels.get(levels.size() - 2).mean(f)) / rate;
            most = Math.max(most, Math.max(last, before) / (rate - 1));
        }
        return most;
    }

    private Result result(List<LevelSums> levels, double bias) {
        int functionals = levels.getFirst().sum.length;
        double[] mean = new double[functionals];
        double[] error = new double[functionals];
        double plain = 0;
        double cost = 0;
        long failed = 0;
        List<Level> table = new ArrayList<>();
        LevelSums finest = levels.getLast();
        for (LevelSums s : levels) {
            double[] means = new double[functionals];
            double[] variances = new double[functionals];
            double[] plains = new double[functionals];
            for (int f = 0; f < functionals; f++) {
                means[f] = s.mean(f);
                variances[f] = s.variance(f);
                plains[f] = s.plain(f);
                mean[f] += means[f];
                error[f] += variances[f] / s.count;
            }
            cost += s.taken * cost(s.level);
            failed += s.failed;
            table.add(new Level(s.level, step(s.level), s.count, means, variances, plains, s.taken * cost(s.level)));
        }
        for (int f = 0; f < functionals; f++) {
            error[f] = Math.sqrt(error[f]);
            plain = Math.max(plain, 2 * finest.plain(f) / (tolerance * tolerance));
        }
        return new Result(table, mean, error, bias, cost, plain * (1L << coarsest + finest.level), failed);
    }

    /// The size of a level's fine steps.
    double step(int level) {
        return until / (1L << coarsest + level);
    }

    /// Takes more paths of a level, up to `wanted`.
    private void extend(LevelSums sums, long wanted, Interruption stop, Ensemble.Telling telling) {
        long groups = (wanted - sums.taken + LevelPaths.GROUP - 1) / LevelPaths.GROUP;
        if (groups <= 0) return;
        long first = ((long) sums.level << 44) + sums.taken;
        long paths = groups * LevelPaths.GROUP;
        try (Progress progress = telling.start("level " + sums.level, "paths", sums.taken + paths, sums.taken)) {
            for (long done = 0; done < groups; ) {
                int now = (int) Math.min(1 << 14, groups - done);
                long from = first + done * LevelPaths.GROUP;
                Groups.run(now, threads, stop, () -> new LevelPaths(this, sums.level), (w, g) -> {
                            LevelSums part = w.group(from + (long) g * LevelPaths.GROUP);
                            progress.step(LevelPaths.GROUP);
                            return part;
                        })
                        .forEach(sums::add);
                done += now;
            }
        }
        sums.taken += paths;
        if (sums.count < 2) {
            throw new UserError("all paths of " + base.name() + " with steps of " + step(sums.level)
                    + " blew up; give a larger --coarsest");
        }
    }
}
