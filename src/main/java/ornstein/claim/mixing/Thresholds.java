package ornstein.claim.mixing;

import static ornstein.spec.Require.require;

import java.util.List;
import ornstein.stats.Interval;

/// The numbers that the predictions of fast equilibrium are judged by.
///
/// @param deltas distances R at which the mixing time is taken (H1)
/// @param exponentLimit what the upper bound of the exponent must not exceed (H1)
/// @param scaleDelta the distance at which the exponent must be 1 (H2)
/// @param scaleRange where its interval must lie (H2)
/// @param lateFrom,lateTo the window of lambda_e t over which the late squared distance is averaged (H3)
/// @param plateau the largest late squared distance Q that counts as none (H3)
public record Thresholds(
        List<Double> deltas,
        double exponentLimit,
        double scaleDelta,
        List<Double> scaleRange,
        double lateFrom,
        double lateTo,
        double plateau) {

    public Thresholds {
        deltas = List.copyOf(deltas);
        scaleRange = List.copyOf(scaleRange);
        require(
                scaleRange.size() == 2 && scaleRange.get(0) < scaleRange.get(1),
                "scaleRange is [low, high], not " + scaleRange);
        require(0 < lateFrom && lateFrom < lateTo, "the late window needs 0 < lateFrom < lateTo");
        require(deltas.contains(scaleDelta), "scaleDelta " + scaleDelta + " is not one of the deltas " + deltas);
    }

    Interval scale() {
        return new Interval(scaleRange.get(0), scaleRange.get(1));
    }
}
