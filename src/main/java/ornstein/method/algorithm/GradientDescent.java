package ornstein.method.algorithm;

import ornstein.expr.Expr;
import ornstein.method.About;
import ornstein.method.Option;
import ornstein.method.Settings;

/// w' = (1 - eta lambda) w - eta g, with g the gradient of the data.
final class GradientDescent implements Algorithm {
    @Override
    public About about() {
        return About.algorithm(
                        "gd",
                        "Gradient descent on all the data, with weight decay.",
                        "Cauchy: Methode generale pour la resolution des systemes d'equations simultanees, Comptes Rendus"
                                + " 25, 1847")
                .takes(Option.LAMBDA)
                .evaluates("N gradients");
    }

    @Override
    public Expr update(Weight w, Settings settings) {
        return w.decayed().minus(w.h().times(w.fullGradient()));
    }
}
