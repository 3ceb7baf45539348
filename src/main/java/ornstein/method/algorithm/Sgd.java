package ornstein.method.algorithm;

import ornstein.expr.Expr;
import ornstein.method.About;
import ornstein.method.Option;
import ornstein.method.Settings;

/// w' = (1 - eta lambda) w - eta g, with g the mean gradient over a batch.
final class Sgd implements Algorithm {
    @Override
    public About about() {
        return About.algorithm(
                        "sgd",
                        "Stochastic gradient descent with weight decay, on any sampling.",
                        "Robbins, Monro: A stochastic approximation method, Annals of Mathematical Statistics 22, 1951")
                .takes(Option.BATCH, Option.LAMBDA)
                .evaluates("B gradients");
    }

    @Override
    public Expr update(Weight w, Settings settings) {
        return w.decayed().minus(w.h().times(w.gradient()));
    }
}
