package ornstein.claim;

import org.jspecify.annotations.Nullable;
import ornstein.stats.Estimate;
import ornstein.stats.Interval;

/// One prediction of a claim beside its measurement.
///
/// @param name short and unique within the claim, such as `H2`
/// @param statement what is predicted, in words, with its threshold
/// @param predicted the predicted value or bound
/// @param measured the estimate; null where there is none
/// @param ci two-sided 90 % interval of the quantity measured: each end is a one-sided 95 % bound; null where there is
/// none
/// @param holds null: undecided
/// @param runsNeeded runs per group that would decide an undecided prediction, from the standard error observed; 0
/// where it
///     is decided or more runs would not decide it
public record Prediction(
        String name,
        String statement,
        @Nullable Double predicted,
        @Nullable Double measured,
        @Nullable Interval ci,
        @Nullable Boolean holds,
        long runsNeeded) {

    public Prediction {
        refuseNonFinite(name, predicted);
        refuseNonFinite(name, measured);
        if (holds != null && runsNeeded != 0) {
            throw new IllegalArgumentException("prediction " + name + " is decided: it needs no more runs");
        }
    }

    private static void refuseNonFinite(String name, @Nullable Double value) {
        if (value != null && !Double.isFinite(value)) {
            throw new IllegalArgumentException(
                    "prediction " + name + " has the value " + value + ": use null for none");
        }
    }

    /// A prediction that is decided by its interval or not at all.
    public static Prediction of(
            String name, String statement, double predicted, double measured, Interval ci, @Nullable Boolean holds) {
        return new Prediction(name, statement, predicted, measured, ci, holds, 0);
    }

    /// A prediction judged by an estimate: it holds, it is refuted, or neither for certain.
    ///
    /// @param runs runs per group that would decide it, should it be open
    public static Prediction decided(
            String name, String statement, double predicted, Estimate e, boolean yes, boolean no, long runs) {
        Boolean holds = yes ? Boolean.TRUE : no ? Boolean.FALSE : null;
        return new Prediction(name, statement, predicted, e.value(), e.interval(), holds, holds == null ? runs : 0);
    }

    /// The test of equivalence: holds where the whole interval lies within `range`, refuted where it lies outside.
    ///
    /// @param runs independent runs behind the estimate
    public static Prediction within(
            String name, String statement, double predicted, Interval range, Estimate e, long runs) {
        Interval ci = e.interval();
        double nearest = Math.abs(e.value() - range.lo()) < Math.abs(e.value() - range.hi()) ? range.lo() : range.hi();
        return decided(
                name, statement, predicted, e, ci.within(range), ci.apartFrom(range), e.runsToClear(nearest, runs));
    }
}
