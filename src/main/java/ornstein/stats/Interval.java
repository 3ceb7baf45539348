package ornstein.stats;

/// A closed interval `[lo, hi]`, in the unit of the quantity it is about; `lo` and `hi` may be infinite, never NaN.
public record Interval(double lo, double hi) {

    public Interval {
        if (!(lo <= hi)) {
            throw new IllegalArgumentException("an interval needs lo <= hi, not [" + lo + ", " + hi + "]");
        }
    }

    /// The interval `estimate ± reach`.
    public static Interval around(double estimate, double reach) {
        return new Interval(estimate - reach, estimate + reach);
    }

    /// Whether all of this interval lies within `other`: with a 90 % interval, the two one-sided 5 % tests of
    /// equivalence.
    public boolean within(Interval other) {
        return other.lo <= lo && hi <= other.hi;
    }

    /// Whether this interval and `other` have no point in common.
    public boolean apartFrom(Interval other) {
        return hi < other.lo || other.hi < lo;
    }
}
