package ornstein.method.algorithm;

import ornstein.expr.Expr;
import ornstein.expr.Expr.Sym;
import ornstein.expr.Function;
import ornstein.method.About;
import ornstein.method.Option;
import ornstein.method.Settings;

/// v' = beta v + r (g + lambda w), w' = w - eta v', with r = |w| / (|g| + lambda |w|) over the weights of a layer, and
/// r = 1 where one of the two is 0. Decoupled, r = |w|/|g|, v' = beta v + r g and w' = (1 - eta lambda) w - eta v'.
final class Lars implements Algorithm {
    static final Option BETA = new Option("beta", 0, 0, 1 - 0x1p-53, "momentum");

    @Override
    public About about() {
        return About.algorithm(
                        "lars",
                        "Steps of a length in proportion to that of a layer's weights; a loss model is one layer.",
                        "You, Gitman, Ginsburg: Large batch training of convolutional networks, 2017, arXiv:1708.03888")
                .takes(Option.BATCH, Option.LAMBDA, BETA, Decay.DECOUPLED)
                .evaluates("B gradients");
    }

    @Override
    public Expr update(Weight w, Settings settings) {
        Decay decay = Decay.of(w, settings);
        Expr g = w.gradient();
        Expr weights = w.length(Weight.VALUE);
        Expr push = w.length(g);
        if (!decay.decoupled()) push = push.plus(w.lambda().times(weights));
        Expr ratio = Expr.call(Function.SELECT, Expr.call(Function.MIN, weights, push), weights.over(push), Expr.ONE);
        Sym v = w.remembered("v");
        Expr velocity = w.becomes(v, w.parameter(BETA).times(v).plus(ratio.times(decay.gradient(g))));
        return decay.weight().minus(w.h().times(velocity));
    }
}
