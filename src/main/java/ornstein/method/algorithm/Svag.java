package ornstein.method.algorithm;

import ornstein.expr.Expr;
import ornstein.method.About;
import ornstein.method.Option;
import ornstein.method.Settings;

/// w' = (1 - eta lambda/l) w - (eta/l) (c1 g1 + c2 g2) with two batches, c1 and c2 = (1 +- sqrt(2 l - 1))/2. The
/// noise of l such steps is that of one step of SGD; with growing l they tend to the SDE of SGD at the rate eta.
final class Svag implements Algorithm {
    static final Option AMPLIFICATION =
            new Option("amplification", 4, 1, 1e6, "l: the steps that make up one step of SGD");

    @Override
    public About about() {
        return About.algorithm(
                        "svag",
                        "Stochastic variance amplified gradient: l steps of size eta/l with the noise of one SGD step.",
                        "Li, Malladi, Arora: On the validity of modeling SGD with stochastic differential equations,"
                                + " NeurIPS 2021, arXiv:2102.12470")
                .takes(Option.BATCH, Option.LAMBDA, AMPLIFICATION)
                .evaluates("2 B gradients, for 1/l step of SGD");
    }

    /// l steps are one step of SGD.
    @Override
    public double clockSteps(Settings settings) {
        return 1 / settings.number(AMPLIFICATION);
    }

    @Override
    public Expr update(Weight w, Settings settings) {
        Expr l = w.parameter(AMPLIFICATION);
        Expr root = l.times(2).minus(Expr.ONE).sqrt();
        Expr more = Expr.ONE.plus(root).times(Expr.ratio(1, 2)).times(w.gradient(0, Weight.VALUE));
        Expr less = Expr.ONE.minus(root).times(Expr.ratio(1, 2)).times(w.gradient(1, Weight.VALUE));
        Expr h = w.h().over(l);
        Expr keep = Expr.ONE.minus(h.times(w.lambda()));
        return keep.times(Weight.VALUE).minus(h.times(more.plus(less)));
    }
}
