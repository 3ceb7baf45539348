package ornstein.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import ornstein.ensemble.EnsembleResult;
import ornstein.ensemble.EnsembleSpec;
import ornstein.ensemble.ExactLaw;
import ornstein.ensemble.Failures;
import ornstein.ensemble.Simulation;
import ornstein.expr.Expr;
import ornstein.kernel.Backend;

/// What `ornstein simulate --json` prints, one entry a saved time, the start first.
///
/// @param times on the run's clock
/// @param cov null for fewer than two paths
/// @param lags null where none were asked for
/// @param seconds of this attempt
/// @param pathStepsPerSecond of the time stepping alone; null where nothing was left to do
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
        double pathStepsPerSecond) {

    /// An observable's means and standard errors.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Observed(double[] mean, double[] se) {}

    /// The mean of |X_T - X_{T+L}|^2.
    ///
    /// @param lag L, on the clock
    /// @param from T, on the clock
    public record Lag(double lag, double from, double value, double se) {}

    /// Paths that blew up and are left out.
    public record Failed(long count, @Nullable First first) {}

    /// The failed path with the lowest number.
    public record First(long path, long step, double time) {}

    /// The answer to a simulation.
    public static SimulationAnswer of(Simulation simulation, EnsembleResult result, Backend backend) {
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
                backend.name().toLowerCase(Locale.ROOT),
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
                result.pathStepsPerSecond());
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

    /// A table of the last time, with the exact values where the model has them.
    public String text(Simulation simulation) {
        ExactLaw law = ExactLaw.of(simulation).orElse(null);
        int last = times.length - 1;
        ExactLaw.At exact = law == null ? null : law.at(simulation.ensemble().steps());
        List<String> head = new ArrayList<>(List.of("", "mean", "se", "sd"));
        if (exact != null) head.addAll(List.of("exact mean", "exact sd"));
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < state.size(); i++) {
            List<String> row = new ArrayList<>(List.of(
                    state.get(i),
                    Numbers.text(mean[last][i]),
                    Numbers.text(se[last][i]),
                    Numbers.text(cov == null ? Double.NaN : Math.sqrt(cov[last][i][i]))));
            if (exact != null) {
                row.add(Numbers.text(exact.mean()[i]));
                row.add(Numbers.text(exact.deviation(i)));
            }
            rows.add(row);
        }
        observables.forEach((name, o) -> {
            List<String> row =
                    new ArrayList<>(List.of(name, Numbers.text(o.mean()[last]), Numbers.text(o.se()[last]), ""));
            if (exact != null) row.addAll(List.of("", ""));
            rows.add(row);
        });
        StringBuilder out = new StringBuilder();
        out.append(model).append(", ").append(method).append(", ").append(paths).append(" paths, ");
        out.append(steps).append(" steps of ").append(Numbers.text(dt)).append(", at ");
        out.append(simulation.clock().label())
                .append(" = ")
                .append(Numbers.text(times[last]))
                .append('\n');
        out.append(new Grid(head, rows).text());
        if (lags != null) {
            List<List<String>> distances = lags.stream()
                    .map(l -> List.of(Numbers.text(l.lag()), Numbers.text(l.value()), Numbers.text(l.se())))
                    .toList();
            String from = Numbers.text(lags.getFirst().from());
            out.append(new Grid(List.of("lag L", "E|X_T - X_(T+L)|^2, T = " + from, "se"), distances).text());
        }
        return out.toString();
    }
}
