package ornstein.claim.norm;

import static ornstein.spec.Require.require;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import ornstein.method.Sampling;
import ornstein.spec.Default;
import ornstein.stats.NormEquilibrium;
import ornstein.train.Precision;

/// The size of the experiments on norms. Times are in units of `1/lambda_e`, with `lambda_e = eta lambda`.
///
/// @param network name of a file in models/
/// @param train number of training examples; 0 = all
/// @param batch examples in a batch
/// @param sampling how batches are drawn
/// @param precision of the arithmetic, but for the replay, which is in double precision
/// @param eta learning rate; with momentum `eta (1 - momentum)`, so that lambda_e is the same
/// @param weightDecay lambda
/// @param momentum of the runs with momentum
/// @param replicas runs, each from random weights of its own
/// @param startNorm norm at the start over the network's natural one
/// @param equilibrate time before the window
/// @param window length of the window
/// @param traced time over which `|w|^4` is predicted
/// @param spacing between the times of the trace, but for the first
/// @param pairs pairs of batches that estimate the gradient noise at each time of the trace
/// @param micros expected CPU microseconds of one step of one run
public record NormSettings(
        String network,
        @Default("0") int train,
        int batch,
        @Default("iid") Sampling sampling,
        @Default("f32") Precision precision,
        double eta,
        double weightDecay,
        @Default("0.9") double momentum,
        @Default("4") int replicas,
        @Default("1") double startNorm,
        @Default("5") double equilibrate,
        @Default("10") double window,
        @Default("2") double traced,
        @Default("0.05") double spacing,
        @Default("16") int pairs,
        double micros) {

    /// Time from which the trace is evenly spaced, and growth of its spacing before.
    private static final double EVEN = 0.05;

    private static final double GROWTH = 1.3;

    public NormSettings {
        require(
                eta > 0 && weightDecay > 0 && eta * weightDecay < 0.1,
                "eta and weightDecay need 0 < their product < 0.1");
        require(momentum > 0 && momentum < 1, "momentum lies in (0, 1), not " + momentum);
        require(replicas >= 2, "replicas must be at least 2 for an interval, not " + replicas);
        require(window >= 10, "window must be at least 10 relaxations, not " + window);
        require(equilibrate >= traced && traced > 0, "equilibrate must cover the trace");
        require(pairs >= 2 && startNorm > 0 && spacing > 0, "pairs must be at least 2, startNorm and spacing positive");
    }

    double lambdaE() {
        return eta * weightDecay;
    }

    /// Whole steps of a time in units of `1/lambda_e`.
    long steps(double time) {
        return Math.round(time / lambdaE());
    }

    /// What theory says of the runs with or without momentum.
    NormEquilibrium theory(boolean withMomentum) {
        return withMomentum
                ? new NormEquilibrium(eta * (1 - momentum), weightDecay, momentum)
                : new NormEquilibrium(eta, weightDecay, 0);
    }

    /// First step from which the trace is evenly spaced.
    long evenFrom() {
        return steps(EVEN);
    }

    /// Steps of the trace: dense early, where the gradient changes fast, then evenly spaced.
    List<Long> trace() {
        TreeSet<Long> steps = new TreeSet<>(List.of(0L, steps(traced)));
        for (double step = 1; step < steps(EVEN); step *= GROWTH) {
            steps.add(Math.round(step));
        }
        for (double time = EVEN; time < traced; time += spacing) {
            steps.add(steps(time));
        }
        return new ArrayList<>(steps);
    }
}
