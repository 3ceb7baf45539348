package ornstein.claim.mixing;

import org.jspecify.annotations.Nullable;
import ornstein.stats.Estimate;
import ornstein.stats.Jackknife;
import ornstein.stats.MixingCurve;

/// What is left of the distance late in a curve, and what a doubled horizon makes of it.
///
/// @param squared the mean of Q over the late window
/// @param doubled the mean of Q over twice the late window; null where the curve ends before
/// @param ratio doubled over squared; null where there is no doubled window or nothing is left
public record Late(
        double lambdaE,
        int runs,
        Estimate squared,
        @Nullable Estimate doubled,
        @Nullable Estimate ratio) {

    /// What becomes of a distance that is left.
    public enum Fate {
        /// It falls as the horizon doubles: the upper bound of the ratio is below 1.
        SLOW,
        /// It stays: it does not fall for certain, and the lower bound of the ratio is at least 1/2.
        PLATEAU,
        /// The runs do not tell, or the horizon was not doubled.
        OPEN
    }

    /// @throws IllegalArgumentException where the curve has no time in the window
    static Late of(MixingCurve curve, double from, double to) {
        Estimate squared = estimate(curve, (stratum, block) -> curve.late(curve.row(stratum, block), from, to));
        if (squared == null) {
            throw new IllegalArgumentException(
                    "no time in the late window [" + from + ", " + to + "] at lambda_e = " + curve.lambdaE());
        }
        Estimate doubled = estimate(curve, (stratum, block) -> curve.late(curve.row(stratum, block), 2 * from, 2 * to));
        Estimate ratio = estimate(curve, (stratum, block) -> {
            MixingCurve.Row row = curve.row(stratum, block);
            return curve.late(row, 2 * from, 2 * to) / curve.late(row, from, to);
        });
        return new Late(curve.lambdaE(), curve.runs(), squared, doubled, squared.lower() > 0 ? ratio : null);
    }

    private static @Nullable Estimate estimate(MixingCurve curve, Jackknife.Statistic statistic) {
        return Jackknife.estimate(curve.strata(), curve.blocks(), statistic);
    }

    Fate fate() {
        if (ratio == null) {
            return Fate.OPEN;
        }
        if (ratio.upper() < 1) {
            return Fate.SLOW;
        }
        return ratio.lower() >= .5 ? Fate.PLATEAU : Fate.OPEN;
    }

    /// Whether more than `limit` is left for certain, also at the doubled horizon, and does not fall.
    boolean plateauAbove(double limit) {
        return squared.lower() > limit && doubled != null && doubled.lower() > limit && fate() == Fate.PLATEAU;
    }
}
