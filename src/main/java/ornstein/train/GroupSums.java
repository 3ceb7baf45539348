package ornstein.train;

/// Sums over the steps since the last probe (since step 0 for the first), per replica and scale-invariant
/// group. At step k, w is the state before the update and g the gradient of the step's first batch (without
/// weight decay).
public interface GroupSums {
    /// Number of steps summed over.
    long steps();

    /// |w|^2 now, at the probe: with the value at the last probe it gives the telescoping remainder.
    double norm2(int replica, int group);

    /// Sum of |w|^2.
    double sumNorm2(int replica, int group);

    /// Sum of |g|^2.
    double sumGradient2(int replica, int group);

    /// Sum of eta^2 |g|^2 / |w|^2 (twice the group's own clock), see [Probe#clock].
    double sumStep2(int replica, int group);

    /// Sum of |w|^2 / |g|^2 over the steps with g not 0.
    double sumRatio2(int replica, int group);

    /// Number of steps with g exactly 0 (dead units).
    long zeroGradients(int replica, int group);

    /// Sum of the squared angle between w before and after the update.
    double sumRotation2(int replica, int group);
}
