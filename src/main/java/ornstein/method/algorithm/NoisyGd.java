package ornstein.method.algorithm;

import ornstein.expr.Expr;
import ornstein.method.About;
import ornstein.method.Option;
import ornstein.method.Settings;

/// w' = (1 - eta lambda) w - eta (g + xi), with g the gradient of the data and xi normal with the covariance of a
/// batch's gradient, Sigma_1/B: Euler-Maruyama with step eta on the SDE of SGD. The noise is made without its
/// covariance, by weights on the examples, see [Rule.Of#NOISY_DATA].
final class NoisyGd implements Algorithm {
    @Override
    public About about() {
        return About.algorithm(
                        "ngd",
                        "Gradient descent with Gaussian noise of the covariance of a batch's gradient.",
                        "Li, Malladi, Arora: On the validity of modeling SGD with stochastic differential equations,"
                                + " NeurIPS 2021, arXiv:2102.12470")
                .takes(Option.BATCH, Option.LAMBDA)
                .evaluates("N gradients, N normals");
    }

    @Override
    public Expr update(Weight w, Settings settings) {
        return w.decayed().minus(w.h().times(w.noisyGradient()));
    }
}
