package ornstein.claim.ou;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import ornstein.claim.Claim;
import ornstein.claim.ClaimResult;
import ornstein.claim.Context;
import ornstein.claim.Experiment;
import ornstein.claim.Prediction;
import ornstein.claim.Results;
import ornstein.claim.Unit;
import ornstein.claim.Verdict;
import ornstein.stats.Estimate;
import ornstein.stats.chart.Chart;
import ornstein.stats.chart.Series;

/// Experiment `weight-averaging`: for whom the average of two points of weight space is better than both. It shares
/// its runs with [OuDistance].
public final class WeightAveraging implements Experiment {
    private final Claim claim;
    private final Limits limits;
    private final OuRuns runs;

    /// @param lag steps between the two points of a trajectory, in units of `1/lambda_e`; one of the lags of the
    ///     settings
    record Limits(double lag) {}

    public WeightAveraging(Claim claim, Context context) {
        this.claim = claim;
        limits = claim.limits(Limits.class);
        runs = new OuRuns(claim, context);
        if (!runs.settings().lags().contains(limits.lag())) {
            throw new ornstein.spec.UserError(claim.id() + ": the lag " + limits.lag() + " is not one of the lags "
                    + runs.settings().lags());
        }
    }

    @Override
    public List<Unit> plan(Results done) {
        return runs.plan(done);
    }

    @Override
    public ClaimResult analyse(Results done) {
        List<ForkResult> forks = runs.results(done);
        List<PairLoss> averages = runs.acrossResult(done).averages();
        int lag = runs.settings().lags().indexOf(limits.lag());
        Prediction within = Averaging.within(pairs(forks, ForkResult::within, lag));
        Prediction across = Averaging.across(averages);
        Prediction worse = Averaging.worseThanBoth(averages);
        List<Prediction> predictions = List.of(within, across, worse);
        Verdict verdict = Averaging.verdict(within, across, worse);
        return new ClaimResult(
                claim,
                verdict,
                predictions,
                verdict.runsNeeded(predictions),
                notes(forks, averages),
                List.of(
                        chart(forks, averages, "better", "min", PairLoss::overBetter),
                        chart(forks, averages, "worse", "max", PairLoss::overWorse)));
    }

    private static List<PairLoss> pairs(
            List<ForkResult> forks, Function<ForkResult, List<List<PairLoss>>> kind, int lag) {
        return forks.stream()
                .flatMap(fork -> kind.apply(fork).get(lag).stream())
                .toList();
    }

    private List<String> notes(List<ForkResult> forks, List<PairLoss> averages) {
        List<String> notes = new ArrayList<>();
        List<Double> lags = runs.settings().lags();
        for (int d = 0; d < lags.size(); d++) {
            notes.add(String.format(
                    Locale.ROOT,
                    "Lag %s/lambda_e: loss(average) - min(loss) %s within a trajectory, %s between siblings.",
                    lags.get(d),
                    text(Averaging.mean(pairs(forks, ForkResult::within, d), PairLoss::overBetter)),
                    text(Averaging.mean(pairs(forks, ForkResult::siblings, d), PairLoss::overBetter))));
        }
        notes.add(String.format(
                Locale.ROOT,
                "Across initialisations: loss(average) - min(loss) %s, mean loss of the two points %s.",
                text(Averaging.mean(averages, PairLoss::overBetter)),
                text(Averaging.mean(averages, pair -> (pair.a() + pair.b()) / 2))));
        return notes;
    }

    private Chart chart(
            List<ForkResult> forks,
            List<PairLoss> averages,
            String what,
            String limit,
            ToDoubleFunction<PairLoss> quantity) {
        double[] lags =
                runs.settings().lags().stream().mapToDouble(Double::doubleValue).toArray();
        Estimate apart = Averaging.mean(averages, quantity);
        double[] level = new double[lags.length];
        double[] low = new double[lags.length];
        double[] high = new double[lags.length];
        java.util.Arrays.fill(level, apart.value());
        java.util.Arrays.fill(low, apart.lower());
        java.util.Arrays.fill(high, apart.upper());
        return Chart.of(
                        "average-over-" + what,
                        "Held-out loss of the average of two points, over the " + what + " point",
                        "\u03bb\u2091 D",
                        "loss(average) \u2212 " + limit + "(loss)")
                .withLogX()
                .with(Series.level("no change", 0))
                .with(OuCharts.points(
                        "within a trajectory, D apart",
                        lags,
                        d -> Averaging.mean(pairs(forks, ForkResult::within, d), quantity)))
                .with(OuCharts.points(
                        "siblings, D after the fork",
                        lags,
                        d -> Averaging.mean(pairs(forks, ForkResult::siblings, d), quantity)))
                .with(Series.line("across initialisations", lags, level).interval(low, high))
                .withCaption("Paired differences of mean held-out cross-entropy, with 90 % jackknife intervals over"
                        + " checkpoints. Below 0 in the figure over the better point, averaging helps; above 0 in the figure"
                        + " over the worse point, the average is worse than both.");
    }

    private static String text(Estimate e) {
        return String.format(Locale.ROOT, "%.4g [%.4g, %.4g]", e.value(), e.lower(), e.upper());
    }
}
