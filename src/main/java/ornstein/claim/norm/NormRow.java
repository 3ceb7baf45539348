package ornstein.claim.norm;

/// One scale-invariant group of one replica over a window of steps; at each step `w` is the state before the update
/// and `g` its minibatch gradient without weight decay.
///
/// @param start `|w|^2` before the first step
/// @param end `|w|^2` after the last
/// @param norm2 sum of `|w|^2`
/// @param gradient2 sum of `|g|^2`
/// @param lars2 sum of `eta^2 |g|^2/|w|^2`
/// @param rotation2 sum of the squared angle of each update
/// @param zeros number of steps with `g = 0`
/// @param dead whether the group had no gradient in too many steps before or during the window
///     ([#DEAD]): a ReLU unit that hardly any input activates shrinks and is not in equilibrium
public record NormRow(
        double start,
        double end,
        double norm2,
        double gradient2,
        double lars2,
        double rotation2,
        long zeros,
        boolean dead) {
    /// Largest share of steps without a gradient of a group that is not dead.
    public static final double DEAD = 0.1;

    /// What keeps `|w|^2/|g|^2` from its equilibrium value in plain SGD: summing the exact recursion over the
    /// window, `eta^2 sum |g|^2 = lambda_e (2 - lambda_e) sum |w|^2 (1 + remainder)`. Goes to 0 as the window
    /// grows.
    public double remainder(double lambdaE) {
        return (end - start) / (lambdaE * (2 - lambdaE) * norm2);
    }

    /// This window followed by `next`.
    public NormRow then(NormRow next) {
        return new NormRow(
                start,
                next.end,
                norm2 + next.norm2,
                gradient2 + next.gradient2,
                lars2 + next.lars2,
                rotation2 + next.rotation2,
                zeros + next.zeros,
                dead || next.dead);
    }
}
