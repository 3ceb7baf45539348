package ornstein.claim.ou;

/// Held-out losses of two points in weight space and of their average.
///
/// @param first number of the checkpoint that the one point descends from
/// @param second of the other; equal for points of one trajectory and for siblings
/// @param a mean held-out cross-entropy of the one
/// @param b of the other
/// @param average of the mean of their weights
public record PairLoss(int first, int second, double a, double b, double average) {

    /// Loss of the average over that of the better point: negative where averaging helps.
    public double overBetter() {
        return average - Math.min(a, b);
    }

    /// Loss of the average over that of the worse point: positive where the average is worse than both.
    public double overWorse() {
        return average - Math.max(a, b);
    }
}
