package ornstein.claim.ou;

import static ornstein.spec.Require.require;

import java.util.List;
import ornstein.method.Sampling;
import ornstein.spec.Default;
import ornstein.train.Precision;

/// The size of the experiment on distances between weights. Times are in units of `1/lambda_e`, with `lambda_e =
/// eta lambda`.
///
/// @param network name of a file in models/
/// @param train number of training examples; 0 = all
/// @param heldOut number of held-out examples, on which averages are judged
/// @param batch examples in a batch
/// @param sampling how batches are drawn
/// @param precision of the arithmetic
/// @param eta learning rate
/// @param weightDecay lambda
/// @param checkpoints independent runs from random weights of their own, trained until the first of `starts`
/// @param siblings runs forked from each checkpoint, with independent noise
/// @param starts the times `T`, ascending, the first that of the checkpoint
/// @param lags the times `D`, ascending
/// @param modes top eigenvectors of the Hessian at the checkpoint
/// @param curvatureExamples training examples that the Hessian is taken over; 0 = all
/// @param products Hessian-vector products at most
/// @param noiseExamples examples whose gradients give the gradient covariance
/// @param micros expected CPU microseconds of one step of one run
public record OuSettings(
        String network,
        @Default("0") int train,
        @Default("0") int heldOut,
        int batch,
        @Default("iid") Sampling sampling,
        @Default("f32") Precision precision,
        double eta,
        double weightDecay,
        @Default("8") int checkpoints,
        @Default("8") int siblings,
        @Default("[5, 10, 20]") List<Double> starts,
        @Default("[.05, .1, .2, .4, .8, 1.6, 3.2, 6.4, 10]") List<Double> lags,
        @Default("5") int modes,
        @Default("0") int curvatureExamples,
        @Default("60") int products,
        @Default("1024") int noiseExamples,
        double micros) {

    public OuSettings {
        starts = List.copyOf(starts);
        lags = List.copyOf(lags);
        require(
                eta > 0 && weightDecay > 0 && eta * weightDecay < 0.5,
                "eta and weightDecay need 0 < their product < 0.5");
        require(checkpoints >= 2, "checkpoints must be at least 2 for an interval, not " + checkpoints);
        require(siblings >= 2, "siblings must be at least 2, not " + siblings);
        require(starts.size() >= 2 && ascending(starts), "starts are two ascending times or more, not " + starts);
        require(!lags.isEmpty() && ascending(lags), "lags ascend, not " + lags);
        require(
                modes >= 1 && products >= modes,
                "modes need at least as many products, not " + modes + " and " + products);
    }

    private static boolean ascending(List<Double> times) {
        for (int i = 0; i < times.size(); i++) {
            if (!(times.get(i) > (i == 0 ? 0 : times.get(i - 1)))) {
                return false;
            }
        }
        return true;
    }

    double lambdaE() {
        return eta * weightDecay;
    }

    /// Whole steps of a time in units of `1/lambda_e`.
    long steps(double time) {
        return Math.round(time / lambdaE());
    }

    List<Long> startSteps() {
        return starts.stream().map(this::steps).toList();
    }

    List<Long> lagSteps() {
        return lags.stream().map(this::steps).toList();
    }
}
