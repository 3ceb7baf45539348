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
        return about.takes(Option.BATCH, Option.LAMBDA, BETA1, BETA2, Root.EPS, Root.INSIDE)
                .evaluates("B gradients");
    }

    @Override
    public Expr update(Weight w, Settings settings) {
        Decay decay = new Decay(w, decoupled);
        Expr g = decay.gradient(w.gradient());
        Expr first = corrected(moment(w, "m", w.parameter(BETA1), g), w.parameter(BETA1));
        Expr second = corrected(moment(w, "v", w.parameter(BETA2), g.pow(2)), w.parameter(BETA2));
        return decay.weight().minus(w.h().times(first).over(Root.of(w, settings, second)));
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
