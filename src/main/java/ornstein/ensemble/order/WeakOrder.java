package ornstein.ensemble.order;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
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
            all.add(at.get().getFirst().moments());
        }
        return Optional.of(all);
    }

    private Convergence.Measured exact(List<double[]> moments) {
        double[] h = asked.steps();
        Optional<ExactLaw.At> law = asked.law();
        int n = law.isPresent() ? h.length : h.length - 1;
        double[] error = new double[n];
        for (int l = 0; l < n; l++) {
            double[] limit = law.isPresent() ? law.get().moments() : moments.get(l + 1);
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
    /// method on each grid.
    private record Sums(double[][] apart, double[][] other, long count) {}

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
        Differences own = differences(groups, Sums::apart);
        long count = groups.stream().mapToLong(Sums::count).sum();
        return new Convergence.Measured(
                own.order(h),
                claimed,
                false,
                "first and second moments at T, X_h against X_(h/2) over " + count + " coupled paths",
                h,
                own.error(),
                own.noise(),
                other.map(m -> limit(m, differences(groups, Sums::other))).orElse(null),
                asked.paths() - count);
    }

    private static Differences differences(List<Sums> groups, Function<Sums, double[][]> part) {
        return new Differences(groups.stream()
                .map(g -> new Differences.Group(part.apply(g), g.count()))
                .toList());
    }

    /// The distance to the other method vanishes with the step, or is noise.
    private Convergence.Limit limit(Method other, Differences difference) {
        Estimate order = difference.order(asked.steps());
        double[] error = difference.error();
        int last = error.length - 1;
        boolean within =
                Math.abs(error[last]) <= 2 * Differences.CLEAR * difference.noise()[last];
        return new Convergence.Limit(
                other.name() + " on the same Brownian paths",
                Math.abs(error[last]),
                order,
                order == null ? within : within || Convergence.approaches(order));
    }

    private Sums sums(Runs runs, int group) {
        int n = asked.paths() / Convergence.GROUPS;
        double[][][] x = runs.own().end((long) group * n, n);
        double[][][] y = runs.other() == null ? x : runs.other().end((long) group * n, n);
        int d = x[0].length;
        int functionals = d + d * (d + 1) / 2;
        double[][] apart = new double[x.length - 1][functionals];
        double[][] other = new double[x.length][functionals];
        long count = 0;
        for (int i = 0; i < n; i++) {
            if (!StrongOrder.isFinite(x, i) || !StrongOrder.isFinite(y, i)) continue;
            count++;
            for (int l = 0; l + 1 < x.length; l++) {
                add(x[l], i, 1, apart[l]);
                add(x[l + 1], i, -1, apart[l]);
            }
            for (int l = 0; l < x.length; l++) {
                add(x[l], i, 1, other[l]);
                add(y[l], i, -1, other[l]);
            }
        }
        return new Sums(apart, other, count);
    }

    private static void add(double[][] x, int path, double sign, double[] sum) {
        int d = x.length;
        int at = d;
        for (int i = 0; i < d; i++) {
            sum[i] += sign * x[i][path];
            for (int j = 0; j <= i; j++) sum[at++] += sign * x[i][path] * x[j][path];
        }
    }
}
