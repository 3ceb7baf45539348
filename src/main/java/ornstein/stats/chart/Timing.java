package ornstein.stats.chart;

/// What the x of a series counts: the clock, and the learning rate and weight decay that turn it into another clock.
public record Timing(Clock clock, double eta, double lambda) {
    public Timing {
        if (!(eta > 0) || !Double.isFinite(eta) || !(lambda >= 0) || !Double.isFinite(lambda)) {
            throw new IllegalArgumentException(
                    "eta must be positive and lambda not negative, not eta " + eta + ", lambda " + lambda);
        }
    }

    /// The factor from this clock to another; NaN where it does not exist (intrinsic time at lambda = 0).
    public double factorTo(Clock other) {
        if (other == clock) {
            return 1;
        }
        double factor = other.perStep(eta, lambda) / clock.perStep(eta, lambda);
        return Double.isFinite(factor) && factor > 0 ? factor : Double.NaN;
    }
}
