package ornstein.ensemble.order;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import ornstein.ensemble.ExactLaw;
import ornstein.method.EstimatorMethod;
import ornstein.method.Method;
import ornstein.method.Step;
import ornstein.method.StepMethod;
import ornstein.run.Interruption;
import ornstein.spec.UserError;
import ornstein.stats.Estimate;
import ornstein.stats.OrderFit;

/// Measures a weak order, see [Convergence].
final class WeakOrder {
    /// How many standard errors an error must be to count.
    private static final double CLEAR = 2;

    private final Convergence asked;
    private final OptionalDouble claimed;

    WeakOrder(Convergence asked, OptionalDouble claimed) {
        this.asked = asked;
        this.claimed = claimed;
    }

    Convergence.Measured measure(Interruption stop) {
        if (asked.method() instanceof EstimatorMethod) return exact(extrapolated());
        List<Step> steps = asked.steps(asked.method(), asked.numbers(), asked.sizes());
        Optional<List<double[]>> moments = moments(steps);
        return moments.isPresent() ? exact(moments.get()) : coupled(steps, stop);
    }

    /// The moments that the extrapolation of Talay and Tubaro gives.
    private List<double[]> extrapolated() {
        StepMethod base = asked.base();
        List<double[]> plain = moments(asked.steps(base, asked.numbers(), asked.sizes() + 1))
                .orElseThrow(() -> new UserError(
                        asked.method().name() + " on " + asked.model().name()
                                + ": converge extrapolates exact moments, which need affine steps of " + base.name()));
        double power = Math.pow(2, EstimatorMethod.TALAY_TUBARO.weakOrder(asked.model(), base));
        List<double[]> all = new ArrayList<>();
        for (int l = 0; l < asked.sizes(); l++) {
            double[] one = plain.get(l).clone();
            for (int f = 0; f < one.length; f++) one[f] = (power * plain.get(l + 1)[f] - one[f]) / (power - 1);
            all.add(one);
        }
        return all;
    }

    /// The moments at T on each grid, if they are exact.
    private Optional<List<double[]>> moments(List<Step> steps) {
        List<double[]> all = new ArrayList<>();
        for (int l = 0; l < steps.size(); l++) {
            long count = 1L << asked.coarsest() + l;
            Optional<List<ExactLaw.At>> at = MomentMap.of(steps.get(l))
                    .flatMap(map -> map.at(asked.model().start(), List.of(count)));
            if (at.isEmpty()) return Optional.empty();
            all.add(functionals(at.get().getFirst()));
        }
        return Optional.of(all);
    }

    /// The first and the second moments.
    static double[] functionals(ExactLaw.At law) {
        int d = law.mean().length;
        double[] all = new double[d + d * (d + 1) / 2];
        System.arraycopy(law.mean(), 0, all, 0, d);
        int at = d;
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) all[at++] = law.covariance()[i][j] + law.mean()[i] * law.mean()[j];
        }
        return all;
    }

    private Convergence.Measured exact(List<double[]> moments) {
        double[] h = asked.steps();
        Optional<ExactLaw.At> law = asked.law();
        int n = law.isPresent() ? h.length : h.length - 1;
        double[] error = new double[n];
        for (int l = 0; l < n; l++) {
            double[] limit = law.isPresent() ? functionals(law.get()) : moments.get(l + 1);
            error[l] = distance(moments.get(l), limit);
        }
        double[] sizes = Arrays.copyOf(h, n);
        double scale = distance(moments.getLast(), new double[moments.getLast().length]);
        boolean exact = Convergence.isRounding(error, scale);
        Estimate order = exact ? null : OrderFit.of(sizes, error);
        Convergence.Limit limit = law.isEmpty()
                ? null
                : new Convergence.Limit(
                        "the exact law of the equation", error[n - 1], null, exact || Convergence.approaches(order));
        String against = law.isPresent() ? "the exact law" : "those of half the step";
        return new Convergence.Measured(
                order,
                claimed,
                exact,
                "exact first and second moments at T against " + against,
                sizes,
                error,
                new double[n],
                limit,
                0);
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
        return Math.sqrt(sum);
    }

    /// Sums over the paths of a group: differences of functionals between neighbouring grids, and to the other
    /// method on the coarsest and on the finest.
    private record Sums(double[][] apart, double[] coarse, double[] other, long count) {}

    private record Runs(CoupledPaths own, @Nullable CoupledPaths other) {}

    private Convergence.Measured coupled(List<Step> steps, Interruption stop) {
        Optional<Method> other = asked.other();
        List<Step> others = other.map(m -> asked.others(m)).orElse(List.of());
        List<Sums> groups = Groups.run(
                Convergence.GROUPS,
                asked.threads(),
                stop,
                () -> new Runs(asked.coupled(steps), others.isEmpty() ? null : asked.coupled(others)),
                this::sums);
        double[] h = Arrays.copyOf(asked.steps(), steps.size() - 1);
        double[] direction = mean(groups, -1, 0);
        double[] error = along(groups, -1, direction);
        double[][] without = new double[groups.size()][];
        for (int g = 0; g < groups.size(); g++) without[g] = along(groups, g, direction);
        double[] noise = StrongOrder.deviations(error, without);
        double[] clear = error.clone();
        for (int l = 0; l < h.length; l++) {
            if (clear[l] > CLEAR * noise[l]) continue;
            clear[l] = Double.NaN;
            for (double[] w : without) w[l] = Double.NaN;
        }
        long count = groups.stream().mapToLong(Sums::count).sum();
        return new Convergence.Measured(
                OrderFit.of(h, clear, without),
                claimed,
                false,
                "first and second moments at T, X_h against X_(h/2) over " + count + " coupled paths",
                h,
                error,
                noise,
                other.map(m -> limit(m, groups, error)).orElse(null),
                asked.paths() - count);
    }

    private Sums sums(Runs runs, int group) {
        int n = asked.paths() / Convergence.GROUPS;
        double[][][] x = runs.own().end((long) group * n, n);
        double[][][] y = runs.other() == null ? x : runs.other().end((long) group * n, n);
        int d = x[0].length;
        int functionals = d + d * (d + 1) / 2;
        double[][] apart = new double[x.length - 1][functionals];
        double[] coarse = new double[functionals];
        double[] other = new double[functionals];
        long count = 0;
        for (int i = 0; i < n; i++) {
            if (!StrongOrder.isFinite(x, i) || !StrongOrder.isFinite(y, i)) continue;
            count++;
            for (int l = 0; l + 1 < x.length; l++) {
                add(x[l], i, 1, apart[l]);
                add(x[l + 1], i, -1, apart[l]);
            }
            add(x[0], i, 1, coarse);
            add(y[0], i, -1, coarse);
            add(x[x.length - 1], i, 1, other);
            add(y[y.length - 1], i, -1, other);
        }
        return new Sums(apart, coarse, other, count);
    }

    private static void add(double[][] x, int path, double sign, double[] sum) {
        int d = x.length;
        int at = d;
        for (int i = 0; i < d; i++) {
            sum[i] += sign * x[i][path];
            for (int j = 0; j <= i; j++) sum[at++] += sign * x[i][path] * x[j][path];
        }
    }

    private static double[] along(List<Sums> groups, int without, double[] direction) {
        double length = distance(direction, new double[direction.length]);
        double[] all = new double[groups.getFirst().apart().length];
        for (int l = 0; l < all.length; l++) {
            double[] mean = mean(groups, without, l);
            for (int f = 0; f < mean.length; f++) all[l] += mean[f] * direction[f] / length;
        }
        return all;
    }

    private static double[] mean(List<Sums> groups, int without, int grid) {
        double[] sum = new double[groups.getFirst().other().length];
        long count = 0;
        for (int g = 0; g < groups.size(); g++) {
            if (g == without) continue;
            for (int f = 0; f < sum.length; f++) sum[f] += groups.get(g).apart()[grid][f];
            count += groups.get(g).count();
        }
        for (int f = 0; f < sum.length; f++) sum[f] /= count;
        return sum;
    }

    /// At the finest step the two methods may differ by the errors that both have there, of which an eighth of the
    /// difference at the coarsest is a bound, and by noise.
    private static Convergence.Limit limit(Method other, List<Sums> groups, double[] error) {
        int functionals = groups.getFirst().other().length;
        long count = groups.stream().mapToLong(Sums::count).sum();
        double difference = 0;
        double coarse = 0;
        double noise = 0;
        for (int f = 0; f < functionals; f++) {
            double mean = 0;
            for (Sums s : groups) mean += s.other()[f] / count;
            double square = 0;
            for (Sums s : groups) square += Math.pow(s.other()[f] / s.count() - mean, 2);
            difference += mean * mean;
            double before = 0;
            for (Sums s : groups) before += s.coarse()[f] / count;
            coarse += before * before;
            noise += square / (groups.size() * (groups.size() - 1.0));
        }
        difference = Math.sqrt(difference);
        double own = Math.abs(error[error.length - 1]);
        return new Convergence.Limit(
                other.name() + " on the same Brownian paths",
                difference,
                null,
                difference <= Math.max(4 * own, Math.sqrt(coarse) / 8) + 4 * Math.sqrt(noise));
    }
}
