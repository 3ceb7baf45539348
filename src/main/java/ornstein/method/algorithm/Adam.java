package ornstein.method.algorithm;

import ornstein.expr.Expr;
import ornstein.expr.Expr.Sym;
import ornstein.method.About;
import ornstein.method.Option;
import ornstein.method.Settings;
import ornstein.method.Symbols;

/// m' = beta1 m + (1 - beta1) g, v' = beta2 v + (1 - beta2) g^2, w' = w - eta m^/(sqrt(v^) + eps) with the
/// moments divided by 1 - beta^(k+1), as PyTorch has it. Weight decay joins the gradient (Adam) or shrinks the
/// weight beside the update (AdamW).
///
/// @param decoupled AdamW
record Adam(boolean decoupled) implements Algorithm {
    static final Option BETA1 = new Option("beta1", 0.9, 0, 1 - 0x1p-53, "decay of the first moment");
    static final Option BETA2 = new Option("beta2", 0.999, 0, 1 - 0x1p-53, "decay of the second moment");

    @Override
    public About about() {
        About about = decoupled
                ? About.algorithm(
                        "adamw",
                        "Adam with decoupled weight decay, PyTorch's.",
                        "Loshchilov, Hutter: Decoupled weight decay regularization, ICLR 2019, arXiv:1711.05101")
                : About.algorithm(
                        "adam",
                        "Adam, PyTorch's, with bias correction; weight decay joins the gradient.",
                        "Kingma, Ba: Adam: a method for stochastic optimization, ICLR 2015, arXiv:1412.6980");
        return about.takes(Option.BATCH, Option.LAMBDA, BETA1, BETA2, Root.EPS, Root.INSIDE, Amplified.AMPLIFICATION)
                .evaluates("B gradients");
    }

    @Override
    public double clockSteps(Settings settings) {
        return Amplified.clockSteps(settings);
    }

    @Override
    public Expr update(Weight w, Settings settings) {
        Amplified a = new Amplified(w, settings);
        Expr g = new Decay(w, decoupled).gradient(a.gradient());
        Expr beta1 = a.decay(BETA1);
        Expr beta2 = a.decay(BETA2);
        Expr first = corrected(moment(w, "m", beta1, g), beta1);
        Expr second = corrected(moment(w, "v", beta2, g.pow(2)), beta2);
        Expr moved = a.h().times(first).over(Root.of(a.eps(), settings, second));
        return (decoupled ? a.kept() : Weight.VALUE).minus(moved);
    }

    /// The next value of the moving average beta m + (1 - beta) x, from 0.
    static Expr moment(Weight w, String name, Expr beta, Expr x) {
        Sym m = w.remembered(name);
        return w.becomes(m, beta.times(m).plus(Expr.ONE.minus(beta).times(x)));
    }

    private static Expr corrected(Expr moment, Expr beta) {
        return beta.equals(Expr.ZERO) ? moment : moment.over(Expr.ONE.minus(beta.pow(Symbols.STEP.plus(Expr.ONE))));
    }
}
