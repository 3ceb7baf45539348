package ornstein.claim.norm;

import java.util.List;
import java.util.Locale;
import ornstein.claim.Prediction;
import ornstein.claim.Verdict;
import ornstein.claim.Written;
import ornstein.stats.Estimate;
import ornstein.stats.Interval;
import ornstein.stats.NormEquilibrium;

/// What theory predicts for norms and rotations of scale-invariant groups, judged by equivalence tests.
public final class NormPredictions {
    private NormPredictions() {}

    /// The mean ratio of the groups is 1 within `tolerance`.
    ///
    /// @param quantity what the ratio is of, in words
    /// @param replicas replicas behind the estimate
    public static Prediction equal(String name, String quantity, Estimate ratio, double tolerance, int replicas) {
        String statement = String.format(Locale.ROOT, "%s over its prediction within 1 +- %s", quantity, tolerance);
        return Prediction.within(name, statement, 1, Interval.around(1, tolerance), ratio, replicas);
    }

    /// An identity, with the largest relative error found.
    public static Prediction identity(String name, String statement, double error, double limit) {
        return Prediction.of(
                name,
                String.format(Locale.ROOT, "%s, relative error below %s", statement, Written.of(limit)),
                limit,
                error,
                new Interval(error, error),
                error < limit);
    }

    /// Reproduced if all predictions hold; the first is the main one.
    public static Verdict verdict(List<Prediction> predictions) {
        return Verdict.of(predictions.subList(0, 1), predictions.subList(1, predictions.size()));
    }

    /// The three ratios of a window: norm, rotation and LARS rate.
    public static List<Prediction> window(String prefix, NormWindow window, NormEquilibrium theory, double tolerance) {
        int replicas = window.replicas().size();
        return List.of(
                equal(prefix + " ratio", "rms |w|/|g|", window.ratio(theory), tolerance, replicas),
                equal(prefix + " rotation", "rms rotation", window.rotation(theory), tolerance, replicas),
                equal(prefix + " lars", "rms eta |g|/|w|", window.lars(theory), tolerance, replicas));
    }
}
