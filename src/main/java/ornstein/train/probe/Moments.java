package ornstein.train.probe;

import ornstein.stats.Estimate;

/// First and second moment of the random gradient of some parameters at a point.
///
/// @param gradient2 |grad L|^2, the squared mean
/// @param trace Tr Sigma, the trace of the covariance
public record Moments(Estimate gradient2, Estimate trace) {
    /// On the unit sphere, for scale-invariant parameters of squared length `norm2`: the gradient at w/|w| is
    /// |w| times that at w.
    public Moments onSphere(double norm2) {
        return new Moments(times(gradient2, norm2), times(trace, norm2));
    }

    /// For batches of `batch` examples drawn with replacement, from the moments of one example's gradient.
    public Moments ofBatch(int batch) {
        return new Moments(gradient2, times(trace, 1.0 / batch));
    }

    /// For batches of `batch` different examples out of `count`, from the moments of one example's gradient:
    /// the covariance is smaller by (count - batch) / (count - 1).
    public Moments ofBatch(int batch, int count) {
        return new Moments(gradient2, times(trace, (double) (count - batch) / (count - 1) / batch));
    }

    static Estimate times(Estimate e, double c) {
        return new Estimate(c * e.value(), Math.abs(c) * e.standardError(), e.freedom());
    }
}
