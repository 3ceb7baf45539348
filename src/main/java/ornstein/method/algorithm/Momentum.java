package ornstein.method.algorithm;

import ornstein.expr.Expr;
import ornstein.expr.Expr.Sym;
import ornstein.method.About;
import ornstein.method.Option;
import ornstein.method.Settings;

/// Heavy ball in PyTorch's form, v' = beta v + (1 - dampening) (g + lambda w), w' = w - eta v', of effective
/// learning rate eta (1 - dampening)/(1 - beta). The dampening acts from the first step on. Decoupled, lambda
/// stays out of v and w' = (1 - eta lambda) w - eta v'.
final class Momentum implements Algorithm {
    static final Option BETA = new Option("beta", 0.9, 0, 1 - 0x1p-53, "momentum");
    static final Option DAMPENING = new Option(
            "dampening",
            0,
            0,
            1,
            "what is taken off the gradient's factor 1, at the first step too; beta makes v a moving average");

    @Override
    public About about() {
        return About.algorithm(
                        "momentum",
                        "SGD with heavy-ball momentum in PyTorch's form, of effective learning rate eta/(1 - beta).",
                        "Polyak: Some methods of speeding up the convergence of iteration methods, USSR Computational"
                                + " Mathematics and Mathematical Physics 4, 1964")
                .takes(Option.BATCH, Option.LAMBDA, BETA, DAMPENING, Decay.DECOUPLED)
                .evaluates("B gradients");
    }

    @Override
    public Expr update(Weight w, Settings settings) {
        Decay decay = Decay.of(w, settings);
        Sym v = w.remembered("v");
        Expr pushed = Expr.ONE.minus(w.parameter(DAMPENING)).times(decay.gradient(w.gradient()));
        Expr velocity = w.becomes(v, w.parameter(BETA).times(v).plus(pushed));
        return decay.weight().minus(w.h().times(velocity));
    }
}
