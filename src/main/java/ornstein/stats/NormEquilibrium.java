package ornstein.stats;

/// Norm and rotation of a scale-invariant group of weights under SGD with weight decay: a loss that
/// does not change when the group is scaled has gradients orthogonal to it, so the norm follows from
/// the gradients' sizes alone.
///
/// | | SGD | momentum, `v' = rho v + g + lambda w`, `w' = w - eta v'` |
/// |---|---|---|
/// | `E\|w\|^2/E\|g\|^2` | `eta/(lambda (2 - eta lambda))` | `eta/(lambda (1-rho)(2 - eta lambda/(1+rho)))` |
/// | `E\|w'-w\|^2/E\|w\|^2` | `2 eta lambda` | `2 eta lambda/(1+rho)` |
/// | `E\|w\|^4` with `E\|gbar\|^2 = c` | `eta c/(lambda (2 - eta lambda))` | the same with the factor above |
/// | relaxation of `\|w\|^4`, steps | `1/(4 eta lambda)` | `(1-rho)/(4 eta lambda)` |
///
/// The column SGD is exact at stationarity. The column momentum is exact for the second moments when
/// gradients of different batches are uncorrelated: with `A = E|w|^2`, `B = E w.v`, `C = E|v|^2`,
/// stationarity of `|w|^2`, `w.v` and `|v|^2` gives `B = -eta C/2`, `C = 2 lambda A/(eta (1+rho))` and
/// the ratio above. For small `eta lambda` they are `sqrt(eta/(2 lambda (1-rho)))` and `sqrt(2 eta
/// lambda/(1+rho))`: Page, "How to train your ResNet 6"; Wan et al., arXiv:2006.08419; Kosson et al.,
/// arXiv:2305.17212. The norm equation is that of Li, Lyu and Arora, arXiv:2010.02916.
///
/// @param eta learning rate
/// @param lambda weight decay, coupled
/// @param momentum `rho` in [0, 1)
public record NormEquilibrium(double eta, double lambda, double momentum) {
    public NormEquilibrium {
        if (!(eta > 0) || !(lambda > 0) || !(eta * lambda < 1) || !(momentum >= 0) || !(momentum < 1)) {
            throw new IllegalArgumentException(
                    "a norm equilibrium needs eta > 0, 0 < lambda < 1/eta and momentum in [0, 1)," + " not eta " + eta
                            + ", lambda " + lambda + ", momentum " + momentum);
        }
    }

    /// `E|w|^2 / E|g|^2`.
    public double squaredRatio() {
        return eta / (lambda * (1 - momentum) * (2 - eta * lambda / (1 + momentum)));
    }

    /// Root mean square `|w|/|g|`.
    public double ratio() {
        return Math.sqrt(squaredRatio());
    }

    /// Root mean square step relative to the norm, `|w' - w|/|w|`: the rotation of one step in radians
    /// up to a relative error of order `eta lambda`.
    public double rotation() {
        return Math.sqrt(2 * eta * lambda / (1 + momentum));
    }

    /// The learning rate of LARS that moves as much, `eta |g|/|w|`.
    public double larsRate() {
        return eta / ratio();
    }

    /// The total rotation that one gradient causes in the end, `sqrt(2 eta lambda/(1-rho))`.
    public double rotationOfOneGradient() {
        return Math.sqrt(2 * eta * lambda / (1 - momentum));
    }

    /// Steps in which `|w|^4` comes closer to its equilibrium by a factor e.
    public double relaxation() {
        return (1 - momentum) / (4 * eta * lambda);
    }

    /// Equilibrium `|w|`, where `gradient` is `E|g_B|^2 = |grad L|^2 + Tr Sigma` on the unit sphere.
    public double norm(double gradient) {
        return Math.pow(squaredRatio() * gradient, 0.25);
    }

    /// Equilibrium norm of AdamW with decoupled decay, `sqrt(eta d/(2 lambda))`, for a noise-dominated
    /// group of `size` parameters.
    public static double adamwNorm(double eta, double lambda, long size) {
        return Math.sqrt(eta * size / (2 * lambda));
    }

    /// Root mean square rotation of one AdamW step, `sqrt(2 eta lambda (1-beta1)/(1+beta1))`.
    public static double adamwRotation(double eta, double lambda, double beta1) {
        return Math.sqrt(2 * eta * lambda * (1 - beta1) / (1 + beta1));
    }
}
