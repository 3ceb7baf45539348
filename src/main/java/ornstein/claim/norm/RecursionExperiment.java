package ornstein.claim.norm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import ornstein.claim.Claim;
import ornstein.claim.ClaimResult;
import ornstein.claim.Context;
import ornstein.claim.Experiment;
import ornstein.claim.Prediction;
import ornstein.claim.Results;
import ornstein.claim.Unit;
import ornstein.stats.NormPath;
import ornstein.stats.chart.Chart;
import ornstein.stats.chart.Clock;
import ornstein.stats.chart.Series;
import ornstein.stats.chart.Timing;
import ornstein.train.Group;
import ornstein.train.Net;
import ornstein.train.Outcome;

/// Experiment `norm-recursion`: `|w|^2` of every group replayed from the logged `|g|^2` of a run in double
/// precision.
public final class RecursionExperiment implements Experiment {
    private final Claim claim;
    private final Limits limits;
    private final NormRuns runs;

    /// @param exact largest relative error of the recursion
    /// @param integral largest relative error of the integral in continuous time
    record Limits(double exact, double integral) {}

    public RecursionExperiment(Claim claim, Context context) {
        this.claim = claim;
        limits = claim.limits(Limits.class);
        runs = new NormRuns(claim, context);
    }

    @Override
    public List<Unit> plan(Results done) {
        return List.of(runs.replay());
    }

    @Override
    public ClaimResult analyse(Results done) {
        NormSettings settings = runs.settings();
        Outcome outcome = runs.replay().outcome(done);
        List<Group> groups = groups();
        int steps = Math.toIntExact(settings.steps(settings.equilibrate()));
        double[] exact = new double[steps];
        double[] integral = new double[steps];
        int dead = 0;
        for (int r = 0; r < outcome.replicas(); r++) {
            for (int g = 0; g < groups.size(); g++) {
                double[][] logged = outcome.everyStep(r, g);
                double start = logged[0][0];
                worst(exact, logged[0], NormPath.replay(start, logged[1], settings.eta(), settings.weightDecay()));
                if (live(logged[1])) {
                    worst(
                            integral,
                            logged[0],
                            NormPath.integral(start, logged[1], settings.eta(), settings.weightDecay()));
                } else {
                    dead++;
                }
            }
        }
        List<Prediction> predictions = List.of(
                NormPredictions.identity("R1", "recursion of |w|^2 replayed", max(exact), limits.exact()),
                NormPredictions.identity("R2", "integral in continuous time", max(integral), limits.integral()));
        double[] times = new double[steps];
        Arrays.setAll(times, k -> k * settings.lambdaE());
        List<String> notes = new ArrayList<>();
        notes.add(outcome.replicas() + " runs of " + steps + " steps, " + groups.size()
                + " groups each, in double precision; lambda_e = " + settings.lambdaE() + ".");
        notes.add(dead + " of " + groups.size() * outcome.replicas()
                + " groups are left out of R2: without a gradient in more than a tenth of the steps, the error grows by lambda_e"
                + " every 1/lambda_e steps.");
        return new ClaimResult(
                claim,
                NormPredictions.verdict(predictions),
                predictions,
                0,
                notes,
                List.of(Chart.of(
                                "replay",
                                "Replay of the norm",
                                Clock.INTRINSIC.label(),
                                "largest relative error of |w|\u00b2")
                        .withLogY()
                        .with(Series.line("exact recursion", times, positive(exact)))
                        .with(Series.line("integral in continuous time", times, positive(integral)))
                        .withTiming(new Timing(Clock.INTRINSIC, settings.eta(), settings.weightDecay()))
                        .with(Series.level("limit of the recursion", limits.exact()))
                        .with(Series.level("limit of the integral", limits.integral()))
                        .withCaption(
                                "Largest relative error of |w|\u00b2 over all groups and runs, replayed from the squared norms"
                                        + " of the minibatch gradients.")));
    }

    private static boolean live(double[] squaredGradients) {
        long zeros = Arrays.stream(squaredGradients).filter(g2 -> g2 == 0).count();
        return zeros <= NormRow.DEAD * squaredGradients.length;
    }

    private List<Group> groups() {
        var spec = runs.replay().spec();
        return Net.of(spec.network(), spec.precision(), spec.seed()).groups();
    }

    private static void worst(double[] errors, double[] measured, double[] replayed) {
        for (int k = 0; k < errors.length; k++) {
            double error = Math.abs(replayed[k] / measured[k] - 1);
            errors[k] = Double.isNaN(error) ? Double.POSITIVE_INFINITY : Math.max(errors[k], error);
        }
    }

    private static double max(double[] errors) {
        return Arrays.stream(errors).max().orElseThrow();
    }

    /// Zeros cannot be drawn on a logarithmic axis.
    private static double[] positive(double[] errors) {
        return Arrays.stream(errors).map(e -> e > 0 ? e : Double.NaN).toArray();
    }
}
