package ornstein.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import ornstein.ensemble.EnsembleResult;
import ornstein.ensemble.EnsembleSpec;
import ornstein.ensemble.ExactLaw;
import ornstein.ensemble.Failures;
import ornstein.ensemble.Simulation;
import ornstein.expr.Expr;
import ornstein.spec.Counted;

/// What `ornstein simulate --json` prints, one entry a saved time, the start first.
///
/// @param times on the run's clock
/// @param cov null for fewer than two paths
/// @param lags null where none were asked for
/// @param seconds of this attempt
/// @param pathStepsPerSecond of the time stepping alone; null where nothing was left to do
/// @param adaptive how many steps there were; left out where steps are of one size
public record SimulationAnswer(
        String model,
        String method,
        long seed,
        long paths,
        long steps,
        double dt,
        String backend,
        String precision,
        List<String> state,
        double[] times,
        double[][] mean,
        double @Nullable [][][] cov,
        double[][] se,
        Map<String, Observed> observables,
        @Nullable List<Lag> lags,
        Failed failed,
        double seconds,
        double pathStepsPerSecond,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Adaptive adaptive) {

    /// Coordinates, and observables, that tables for readers show.
    private static final int MOST_ROWS = 24;

    /// An observable's means and standard errors.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Observed(double[] mean, double[] se) {}

    /// The mean of |X_T - X_{T+L}|^2.
    ///
    /// @param lag L, on the clock
    /// @param from T, on the clock
    public record Lag(double lag, double from, double value, double se) {}

    /// Steps that are halved, over all paths.
    ///
    /// @param rejected whose estimated error was above the tolerance
    /// @param smallest size of an accepted step
    public record Adaptive(long accepted, long rejected, double smallest) {
        /// Nothing where steps are of one size.
        public static Optional<Adaptive> of(EnsembleResult result) {
            double largest = result.spec().step().stepSize();
            return result.stepCounts()
                    .map(s -> new Adaptive(s.accepted(), s.rejected(), Math.scalb(largest, -s.depth())));
        }

        String text(long paths) {
            if (accepted == 0) return "halved to the tolerance: none accepted, " + rejected + " rejected";
            return String.format(
                    Locale.ROOT,
                    "halved to the tolerance: %d accepted (%s a path), %d rejected, the smallest of %s",
                    accepted,
                    Numbers.text((double) accepted / paths),
                    rejected,
                    Numbers.text(smallest));
        }
    }

    /// Paths that blew up and are left out.
    public record Failed(long count, @Nullable First first) {}

    /// The failed path with the lowest number.
    public record First(long path, long step, double time) {}

    /// The answer to a simulation.
    ///
    /// @param backend what it ran on
    public static SimulationAnswer of(Simulation simulation, EnsembleResult result, String backend) {
        EnsembleSpec spec = simulation.ensemble();
        int times = spec.saved().size();
        int d = simulation.model().dimension();
        double[][] mean = new double[times][d];
        double[][] se = new double[times][d];
        double[][][] cov = new double[times][d][d];
        for (int t = 0; t < times; t++) {
            for (int i = 0; i < d; i++) {
                mean[t][i] = result.mean(t, i);
                se[t][i] = result.standardError(t, i);
                for (int j = 0; j < d; j++) cov[t][i][j] = result.covariance(t, i, j);
            }
        }
        Failures.First first = result.failures().first();
        return new SimulationAnswer(
                simulation.model().name(),
                simulation.method().name(),
                spec.seed(),
                spec.paths(),
                spec.steps(),
                simulation.stepSize(),
                backend,
                spec.precision().name().toLowerCase(Locale.ROOT),
                simulation.model().state().stream().map(Expr.Sym::name).toList(),
                simulation.times(),
                mean,
                result.count() < 2 ? null : cov,
                se,
                observables(result),
                spec.lags().isEmpty() ? null : lags(simulation, result),
                new Failed(
                        result.failures().count(),
                        first == null ? null : new First(first.path(), first.step(), simulation.time(first.step()))),
                result.seconds(),
                result.pathStepsPerSecond(),
                Adaptive.of(result).orElse(null));
    }

    private static Map<String, Observed> observables(EnsembleResult result) {
        EnsembleSpec spec = result.spec();
        Map<String, Observed> all = new TreeMap<>();
        for (int k = 0; k < spec.names().size(); k++) {
            double[] mean = new double[spec.saved().size()];
            double[] se = new double[mean.length];
            for (int t = 0; t < mean.length; t++) {
                mean[t] = result.observable(t, k);
                se[t] = result.observableError(t, k);
            }
            all.put(spec.names().get(k), new Observed(mean, se));
        }
        return all;
    }

    private static List<Lag> lags(Simulation simulation, EnsembleResult result) {
        EnsembleSpec spec = simulation.ensemble();
        List<Lag> all = new ArrayList<>();
        for (int l = 0; l < spec.lags().size(); l++) {
            all.add(new Lag(
                    simulation.time(spec.lags().get(l)),
                    simulation.time(spec.origin()),
                    result.distance(l),
                    result.distanceError(l)));
        }
        return all;
    }

    /// The answer as text: the last time, and distances where they were asked for.
    public static String text(Simulation simulation, EnsembleResult result) {
        EnsembleSpec spec = result.spec();
        StringBuilder out = new StringBuilder();
        out.append(simulation.model().name()).append(", ");
        out.append(simulation.method().name()).append(", ");
        out.append(Counted.of(spec.paths(), "path")).append(", ");
        out.append(Counted.of(spec.steps(), "step")).append(" of ").append(Numbers.text(simulation.stepSize()));
        out.append(", at ").append(simulation.timeLabel());
        out.append(" = ").append(Numbers.text(simulation.time(spec.steps()))).append('\n');
        Adaptive.of(result)
                .ifPresent(a ->
                        out.append("steps are ").append(a.text(spec.paths())).append('\n'));
        out.append(last(simulation, result).text());
        String rest = rest(simulation, result);
        if (!rest.isEmpty()) out.append(rest).append('\n');
        if (!spec.lags().isEmpty()) {
            out.append('\n').append(distances(simulation, result).text());
        }
        return out.toString();
    }

    /// A table of the last time, with the exact values where the model has them.
    static Grid last(Simulation simulation, EnsembleResult result) {
        EnsembleSpec spec = result.spec();
        int last = spec.saved().size() - 1;
        ExactLaw.At exact =
                ExactLaw.of(simulation).map(law -> law.at(spec.steps())).orElse(null);
        List<String> head = new ArrayList<>(List.of("", "mean", "se", "sd"));
        if (exact != null) head.addAll(List.of("exact mean", "exact sd"));
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < Math.min(MOST_ROWS, simulation.model().dimension()); i++) {
            List<String> row = new ArrayList<>();
            row.add(simulation.model().state().get(i).name());
            row.add(Numbers.text(result.mean(last, i)));
            row.add(Numbers.text(result.standardError(last, i)));
            row.add(Numbers.text(result.deviation(last, i)));
            if (exact != null) {
                row.add(Numbers.text(exact.mean()[i]));
                row.add(Numbers.text(exact.deviation(i)));
            }
            rows.add(row);
        }
        for (int k = 0; k < Math.min(MOST_ROWS, spec.names().size()); k++) {
            List<String> row = new ArrayList<>();
            row.add(spec.names().get(k));
            row.add(Numbers.text(result.observable(last, k)));
            row.add(Numbers.text(result.observableError(last, k)));
            while (row.size() < head.size()) row.add("");
            rows.add(row);
        }
        return new Grid(head, rows);
    }

    /// What [#last] leaves out, in words, or nothing.
    static String rest(Simulation simulation, EnsembleResult result) {
        int left = Math.max(0, simulation.model().dimension() - MOST_ROWS)
                + Math.max(0, result.spec().names().size() - MOST_ROWS);
        return left == 0 ? "" : left + " more are in results.csv";
    }

    /// A table of the two-time distances, with the exact values where the model has them.
    static Grid distances(Simulation simulation, EnsembleResult result) {
        EnsembleSpec spec = result.spec();
        ExactLaw law = ExactLaw.of(simulation).orElse(null);
        String from = Numbers.text(simulation.time(spec.origin()));
        List<String> head = new ArrayList<>(List.of("lag L", "E|X(T) \u2212 X(T + L)|\u00b2, T = " + from, "se"));
        if (law != null) head.add("exact");
        List<List<String>> rows = new ArrayList<>();
        for (int l = 0; l < spec.lags().size(); l++) {
            List<String> row = new ArrayList<>();
            row.add(Numbers.text(simulation.time(spec.lags().get(l))));
            row.add(Numbers.text(result.distance(l)));
            row.add(Numbers.text(result.distanceError(l)));
            if (law != null)
                row.add(Numbers.text(law.distance(spec.origin(), spec.lags().get(l))));
            rows.add(row);
        }
        return new Grid(head, rows);
    }
}
