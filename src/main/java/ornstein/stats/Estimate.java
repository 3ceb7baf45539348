package ornstein.stats;

import org.apache.commons.math3.distribution.TDistribution;

/// An estimate with its standard error, and the degrees of freedom that the standard error was estimated with.
public record Estimate(double value, double standardError, double freedom) {

    public Estimate {
        if (!Double.isFinite(value) || !(standardError >= 0) || !(freedom > 0)) {
            throw new IllegalArgumentException(
                    "no estimate: value " + value + ", standard error " + standardError + ", freedom " + freedom);
        }
    }

    /// The two-sided 90 % interval (Student's t). Its ends are one-sided 95 % bounds, so that lying within a range
    /// is an equivalence test at 5 % (Schuirmann 1987), and lying above a limit a test at 5 %.
    public Interval interval() {
        return Interval.around(value, reach());
    }

    /// The one-sided 95 % upper bound.
    public double upper() {
        return value + reach();
    }

    /// The one-sided 95 % lower bound.
    public double lower() {
        return value - reach();
    }

    private double reach() {
        return standardError == 0
                ? 0
                : standardError * new TDistribution(null, freedom).inverseCumulativeProbability(.95);
    }

    /// How many of the independent runs behind this estimate (`runs` now) would bring its interval clear of
    /// `limit`, were the value to stay: the reach falls as the square root of the number.
    public long runsToClear(double limit, long runs) {
        double times = reach() / Math.abs(value - limit);
        double needed = Math.ceil(runs * times * times);
        return needed < 1e12 ? (long) needed : (long) 1e12;
    }
}
