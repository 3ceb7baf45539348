package ornstein.stats;

/// The norm of a scale-invariant group along a run of plain SGD, from sizes of gradients.
///
/// [#replay] is exact; [#fourthPower] solves the SDE of Li, Lyu and Arora (arXiv:2010.02916, section 5) from
/// gradients on the unit sphere.
public final class NormPath {
    private NormPath() {}

    /// One step: `|w'|^2 = (1 - eta lambda)^2 |w|^2 + eta^2 |g|^2`, exact because `g` is orthogonal to `w`.
    ///
    /// @param squaredNorm `|w|^2`
    /// @param squaredGradient `|g|^2` of the minibatch that the step uses
    public static double step(double squaredNorm, double squaredGradient, double eta, double lambda) {
        double keep = 1 - eta * lambda;
        return keep * keep * squaredNorm + eta * eta * squaredGradient;
    }

    /// `|w_k|^2` for `k = 0..n` from `|w_0|^2` and the logged `|g_k|^2`, `k = 0..n-1`.
    public static double[] replay(double squaredNorm, double[] squaredGradients, double eta, double lambda) {
        double[] path = new double[squaredGradients.length + 1];
        path[0] = squaredNorm;
        for (int k = 0; k < squaredGradients.length; k++) {
            path[k + 1] = step(path[k], squaredGradients[k], eta, lambda);
        }
        return path;
    }

    /// The continuous counterpart in gradient time `s`, `|w(s)|^2 = e^(-2 lambda s) |w_0|^2 + eta int_0^s e^(-2
    /// lambda (s-u)) |g(u)|^2 du`, with `|g|^2` constant over each step: Kunin et al., arXiv:2012.04728. Its
    /// relative error is of order `eta lambda`.
    public static double[] integral(double squaredNorm, double[] squaredGradients, double eta, double lambda) {
        double[] path = new double[squaredGradients.length + 1];
        path[0] = squaredNorm;
        double keep = Math.exp(-2 * eta * lambda);
        double gain = -Math.expm1(-2 * eta * lambda) / (2 * lambda) * eta;
        for (int k = 0; k < squaredGradients.length; k++) {
            path[k + 1] = keep * path[k] + gain * squaredGradients[k];
        }
        return path;
    }

    /// `r_t^4 = e^(-4 lambda_e t) r_0^4 + 2 eta^2 int_0^t e^(-4 lambda_e (t-u)) c(u) du` at the times `steps`,
    /// where `c` on the unit sphere is linear between its values there. The SDE has `c = Tr Sigma`; SGD moves by
    /// the mean gradient too, `c = |grad L|^2 + Tr Sigma`, and then this is the exact recursion of `E r^4` up to
    /// relative terms of order `lambda_e`.
    ///
    /// @param fourthPower `r_0^4` at `steps[0]`
    /// @param steps increasing times, in steps
    /// @param sphere `c` at these times
    public static double[] fourthPower(double fourthPower, long[] steps, double[] sphere, double eta, double lambda) {
        double rate = 4 * eta * lambda;
        double[] path = new double[steps.length];
        path[0] = fourthPower;
        for (int i = 1; i < steps.length; i++) {
            double x = rate * gap(steps, i);
            // weights of the two end values: int_0^1 x e^{-x(1-v)} (1-v, v) dv / rate
            double mass = -Math.expm1(-x);
            double late = 1 - mass / x;
            path[i] = Math.exp(-x) * path[i - 1]
                    + 2 * eta * eta / rate * ((mass - late) * sphere[i - 1] + late * sphere[i]);
        }
        return path;
    }

    private static long gap(long[] steps, int i) {
        long gap = steps[i] - steps[i - 1];
        if (gap <= 0) {
            throw new IllegalArgumentException("steps must increase, not go from " + steps[i - 1] + " to " + steps[i]);
        }
        return gap;
    }
}
