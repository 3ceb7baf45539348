package ornstein.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import ornstein.ensemble.EnsembleSpec;
import ornstein.ensemble.estimator.Mlmc;
import ornstein.ensemble.estimator.TalayTubaro;
import ornstein.expr.Expr;
import ornstein.method.EstimatorMethod;

/// What `ornstein simulate --json` prints for an estimator: the keys of a simulation as far as they have a
/// meaning, `of`, and of multilevel Monte Carlo its tolerance, bias, cost and levels.
public final class EstimateAnswer {
    private EstimateAnswer() {}

    /// The answer of an extrapolation.
    public static Map<String, @Nullable Object> of(TalayTubaro.Result r, String backend) {
        EnsembleSpec spec = r.coarse().spec();
        List<String> state =
                r.of().coarse().model().state().stream().map(Expr.Sym::name).toList();
        int times = spec.saved().size();
        int d = state.size();
        double[][] mean = new double[times][d];
        double[][] se = new double[times][d];
        double[][][] cov = new double[times][d][d];
        for (int t = 0; t < times; t++) {
            for (int i = 0; i < d; i++) {
                mean[t][i] = r.mean(t, i);
                se[t][i] = r.standardError(t, i);
                for (int j = 0; j < d; j++) cov[t][i][j] = r.covariance(t, i, j);
            }
        }
        Map<String, SimulationAnswer.Observed> observed = new TreeMap<>();
        for (int k = 0; k < spec.names().size(); k++) {
            double[] means = new double[times];
            double[] errors = new double[times];
            for (int t = 0; t < times; t++) {
                means[t] = r.observable(t, k);
                errors[t] = r.observableError(t, k);
            }
            observed.put(spec.names().get(k), new SimulationAnswer.Observed(means, errors));
        }
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("model", r.of().coarse().model().name());
        all.put("method", EstimatorMethod.TALAY_TUBARO.name());
        all.put("of", r.of().coarse().method().name());
        all.put("seed", spec.seed());
        all.put("paths", spec.paths());
        all.put("steps", spec.steps());
        all.put("dt", r.of().coarse().stepSize());
        all.put("backend", backend);
        all.put("precision", spec.precision().name().toLowerCase(Locale.ROOT));
        all.put("state", state);
        all.put("times", r.of().coarse().times());
        all.put("mean", mean);
        all.put("cov", spec.paths() < 2 ? null : cov);
        all.put("se", se);
        all.put("observables", observed);
        all.put(
                "failed",
                Map.of(
                        "count",
                        r.coarse().failures().count() + r.fine().failures().count()));
        all.put("seconds", r.coarse().seconds() + r.fine().seconds());
        return all;
    }

    /// The answer of multilevel Monte Carlo.
    public static Map<String, @Nullable Object> of(Mlmc asked, Mlmc.Result r, double seconds) {
        List<String> names = names(asked);
        int d = asked.model().dimension();
        Map<String, SimulationAnswer.Observed> observed = new TreeMap<>();
        for (int f = d; f < names.size(); f++) {
            observed.put(
                    names.get(f),
                    new SimulationAnswer.Observed(new double[] {r.mean()[f]}, new double[] {r.error()[f]}));
        }
        Mlmc.Level finest = r.levels().getLast();
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("model", asked.model().name());
        all.put("method", EstimatorMethod.MLMC.name());
        all.put("of", asked.base().name());
        all.put("seed", asked.seed());
        all.put("paths", r.levels().stream().mapToLong(Mlmc.Level::paths).sum());
        all.put("steps", Math.round(asked.until() / finest.step()));
        all.put("dt", finest.step());
        all.put("precision", "f64");
        all.put("state", names.subList(0, d));
        all.put("times", new double[] {asked.until()});
        all.put("mean", new double[][] {java.util.Arrays.copyOf(r.mean(), d)});
        all.put("cov", null);
        all.put("se", new double[][] {java.util.Arrays.copyOf(r.error(), d)});
        all.put("observables", observed);
        all.put("tolerance", asked.tolerance());
        all.put("bias", r.bias());
        all.put("cost", r.cost());
        all.put("plainCost", r.plainCost());
        all.put("levels", r.levels());
        all.put("failed", Map.of("count", r.failed()));
        all.put("seconds", seconds);
        return all;
    }

    private static List<String> names(Mlmc asked) {
        List<String> names = new ArrayList<>(
                asked.model().state().stream().map(Expr.Sym::name).toList());
        names.addAll(asked.model().observables().keySet());
        return names;
    }

    /// What was extrapolated.
    public static String asked(TalayTubaro.Result r) {
        EnsembleSpec spec = r.coarse().spec();
        return String.format(
                Locale.ROOT,
                "%s, talay-tubaro of %s, %d paths with %d steps of %s and as many with half the step, at %s = %s",
                r.of().coarse().model().name(),
                r.of().coarse().method().name(),
                spec.paths(),
                spec.steps(),
                Numbers.text(r.of().coarse().stepSize()),
                r.of().coarse().timeLabel(),
                Numbers.text(r.of().coarse().time(spec.steps())));
    }

    /// The extrapolated means at the last time.
    public static Grid table(TalayTubaro.Result r) {
        EnsembleSpec spec = r.coarse().spec();
        int last = spec.saved().size() - 1;
        List<List<String>> rows = new ArrayList<>();
        List<Expr.Sym> state = r.of().coarse().model().state();
        for (int i = 0; i < state.size(); i++) {
            rows.add(List.of(
                    state.get(i).name(),
                    Numbers.text(r.mean(last, i)),
                    Numbers.text(r.standardError(last, i)),
                    Numbers.text(r.coarse().mean(last, i)),
                    Numbers.text(r.fine().mean(last, i))));
        }
        for (int k = 0; k < spec.names().size(); k++) {
            rows.add(List.of(
                    spec.names().get(k),
                    Numbers.text(r.observable(last, k)),
                    Numbers.text(r.observableError(last, k)),
                    Numbers.text(r.coarse().observable(last, k)),
                    Numbers.text(r.fine().observable(last, k))));
        }
        return new Grid(List.of("", "mean", "se", "with h", "with h/2"), rows);
    }

    /// The means of multilevel Monte Carlo.
    public static Grid table(Mlmc asked, Mlmc.Result r) {
        List<List<String>> rows = new ArrayList<>();
        List<String> names = names(asked);
        for (int f = 0; f < names.size(); f++) {
            rows.add(List.of(names.get(f), Numbers.text(r.mean()[f]), Numbers.text(r.error()[f])));
        }
        return new Grid(List.of("", "mean", "se"), rows);
    }

    /// The levels of multilevel Monte Carlo; means and variances of the functional that varies most.
    public static Grid levels(Mlmc.Result r) {
        List<List<String>> rows = new ArrayList<>();
        int widest = widest(r);
        for (Mlmc.Level l : r.levels()) {
            rows.add(List.of(
                    Long.toString(l.level()),
                    Numbers.text(l.step()),
                    Long.toString(l.paths()),
                    Numbers.text(l.mean()[widest]),
                    Numbers.text(l.variance()[widest]),
                    Numbers.text(l.plain()[widest]),
                    Long.toString(Math.round(l.cost()))));
        }
        return new Grid(
                List.of("level", "step", "paths", "E(P_l - P_l-1)", "variance", "variance of P_l", "path steps"), rows);
    }

    static int widest(Mlmc.Result r) {
        double[] plain = r.levels().getLast().plain();
        int widest = 0;
        for (int f = 0; f < plain.length; f++) if (plain[f] > plain[widest]) widest = f;
        return widest;
    }
}
