package ornstein.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import ornstein.ensemble.ExactLaw;
import ornstein.ensemble.compare.Comparison;
import ornstein.ensemble.compare.Comparison.Distances;
import ornstein.ensemble.compare.Comparison.Epoch;
import ornstein.ensemble.compare.Comparison.Errors;
import ornstein.ensemble.compare.Side;
import ornstein.expr.Expr;
import ornstein.method.Methods;
import ornstein.method.Option;
import ornstein.run.Interruption;
import ornstein.run.Progress;
import ornstein.stats.Estimate;
import ornstein.stats.Interval;

/// What `ornstein compare --json` prints.
///
/// @param of the algorithm
/// @param times eta k of the saved steps
/// @param moments exact moments of the algorithm at the saved times; null where they are not known
/// @param floor distances of the algorithm to a second sample of itself
/// @param epoch exact laws after one epoch from the start, by sampling; empty where they are not known
@SuppressWarnings("ArrayRecordComponent") // never compared
public record CompareAnswer(
        String model,
        String of,
        double eta,
        String sampling,
        long seed,
        long paths,
        long steps,
        List<String> state,
        double[] times,
        @Nullable Moments moments,
        Distance floor,
        List<Limit> limits,
        List<OneEpoch> epoch) {

    /// Exact moments by time.
    public record Moments(double[][] mean, double[][][] cov) {}

    /// Distances by time; not numbers where too few paths are left.
    ///
    /// @param w1 by time and coordinate
    /// @param energy by time
    public record Distance(double[][] w1, double[][] w1se, double[] energy, double[] energySe) {}

    /// A limit beside the algorithm.
    ///
    /// @param local the error after one step; null where it is not known
    /// @param global the error at the last time, at smaller eta; null where moments are not exact
    public record Limit(
            String limit,
            @Nullable Moments moments,
            Distance distance,
            @Nullable Slope local,
            @Nullable Slope global) {}

    /// Errors against eta, with their standard errors (0 where they are exact) and their slope; null where they are
    /// rounding or noise.
    public record Slope(
            double[] eta,
            double[] error,
            double[] se,
            @Nullable Double order,
            double @Nullable [] ci) {}

    /// The law after one epoch.
    public record OneEpoch(String sampling, double[] mean, double[][] cov) {}

    /// Runs a comparison.
    ///
    /// @param progress told of the path steps of the comparison
    public static CompareAnswer of(Comparison asked, Interruption stop, Progress progress) {
        List<Distances> distances = asked.distances(stop, progress);
        List<Limit> limits = new ArrayList<>();
        for (int l = 0; l < asked.limits().size(); l++) {
            Side limit = asked.limits().get(l);
            limits.add(new Limit(
                    limit.method().name(),
                    moments(asked.moments(limit)),
                    distance(distances.get(l + 1)),
                    slope(asked.local(limit, stop)),
                    slope(asked.global(limit))));
        }
        Side own = asked.algorithm();
        return new CompareAnswer(
                own.model().name(),
                own.method().name(),
                own.eta(),
                own.sampling().name().toLowerCase(Locale.ROOT),
                asked.seed(),
                asked.paths(),
                asked.steps(),
                own.model().state().stream().map(Expr.Sym::name).toList(),
                asked.times(),
                moments(asked.moments(own)),
                distance(distances.getFirst()),
                limits,
                asked.epoch().stream().map(CompareAnswer::epoch).toList());
    }

    private static OneEpoch epoch(Epoch e) {
        return new OneEpoch(
                e.sampling().name().toLowerCase(Locale.ROOT),
                e.law().mean(),
                e.law().covariance());
    }

    private static @Nullable Moments moments(Optional<List<ExactLaw.At>> laws) {
        return laws.map(all -> new Moments(
                        all.stream().map(ExactLaw.At::mean).toArray(double[][]::new),
                        all.stream().map(ExactLaw.At::covariance).toArray(double[][][]::new)))
                .orElse(null);
    }

    private static @Nullable Slope slope(Optional<Errors> errors) {
        if (errors.isEmpty()) return null;
        Estimate order = errors.get().order();
        return new Slope(
                errors.get().eta(),
                errors.get().error(),
                errors.get().noise(),
                order == null ? null : order.value(),
                order == null
                        ? null
                        : new double[] {order.interval().lo(), order.interval().hi()});
    }

    private static Distance distance(Distances d) {
        return new Distance(
                d.wasserstein().stream()
                        .map(row -> numbers(row, Estimate::value))
                        .toArray(double[][]::new),
                d.wasserstein().stream()
                        .map(row -> numbers(row, Estimate::standardError))
                        .toArray(double[][]::new),
                numbers(d.energy(), Estimate::value),
                numbers(d.energy(), Estimate::standardError));
    }

    private static double[] numbers(List<@Nullable Estimate> all, ToDoubleFunction<Estimate> of) {
        return all.stream()
                .mapToDouble(e -> e == null ? Double.NaN : of.applyAsDouble(e))
                .toArray();
    }

    /// Distances at the last time.
    Grid table() {
        int last = times.length - 1;
        List<String> head = new ArrayList<>(List.of(""));
        for (String x : state) head.addAll(List.of("W1 of " + x, "se"));
        head.addAll(List.of("energy distance", "se"));
        List<List<String>> rows = new ArrayList<>();
        rows.add(row(of + " again", floor, last));
        for (Limit l : limits) rows.add(row(l.limit(), l.distance(), last));
        return new Grid(head, rows);
    }

    /// Slopes of the errors against eta.
    Grid orders() {
        List<List<String>> rows = new ArrayList<>();
        for (Limit l : limits)
            rows.add(List.of(l.limit(), order(l.local(), "too much noise"), order(l.global(), "moments not exact")));
        return new Grid(List.of("order in eta", "after one step", "at the end"), rows);
    }

    private List<String> row(String name, Distance d, int t) {
        List<String> row = new ArrayList<>(List.of(name));
        for (int i = 0; i < state.size(); i++) {
            row.add(Numbers.text(d.w1()[t][i]));
            row.add(Numbers.text(d.w1se()[t][i]));
        }
        row.addAll(List.of(Numbers.text(d.energy()[t]), Numbers.text(d.energySe()[t])));
        return row;
    }

    private static String order(@Nullable Slope s, String unknown) {
        if (s == null) return unknown;
        double[] ci = s.ci();
        String none = Arrays.stream(s.se()).anyMatch(x -> x > 0) ? "within its noise" : "rounding";
        return ci == null ? none : Numbers.text(s.order()) + " " + Numbers.text(new Interval(ci[0], ci[1]));
    }

    /// Covariances after one epoch.
    Grid epochs() {
        List<String> head = new ArrayList<>(List.of("sampling"));
        for (String x : state) head.add("mean of " + x);
        for (int i = 0; i < state.size(); i++) {
            for (int j = 0; j <= i; j++) head.add("cov of " + state.get(j) + ", " + state.get(i));
        }
        List<List<String>> rows = new ArrayList<>();
        for (OneEpoch e : epoch) {
            List<String> row = new ArrayList<>(List.of(e.sampling()));
            for (double m : e.mean()) row.add(Numbers.text(m));
            for (int i = 0; i < state.size(); i++) {
                for (int j = 0; j <= i; j++) row.add(Numbers.text(e.cov()[i][j]));
            }
            rows.add(row);
        }
        return new Grid(head, rows);
    }

    /// What was compared.
    String asked() {
        return String.format(
                Locale.ROOT,
                "%s of %s, %seta = %s, %d steps to eta k = %s, %d paths of each",
                of,
                model,
                Methods.named(of).options().contains(Option.BATCH) ? sampling + " batches, " : "",
                Numbers.text(eta),
                steps,
                Numbers.text(times[times.length - 1]),
                paths);
    }

    /// The tables for the console.
    public String text() {
        String text = asked() + "\n" + table().text() + orders().text();
        return epoch.isEmpty() ? text : text + "after one epoch\n" + epochs().text();
    }
}
