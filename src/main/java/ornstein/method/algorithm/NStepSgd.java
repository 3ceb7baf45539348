package ornstein.method.algorithm;

import ornstein.expr.Expr;
import ornstein.method.About;
import ornstein.method.Option;
import ornstein.method.Settings;

/// SGD that takes each batch for n steps in a row; eta is the bare learning rate, of one step.
final class NStepSgd implements Algorithm {
    static final Option REPEAT = new Option("repeat", 2, 1, 1_000_000, "steps on each batch, n");

    @Override
    public About about() {
        return About.algorithm(
                        "n-step-sgd",
                        "SGD that takes n steps on each batch, each with the bare learning rate eta.",
                        "Smith, Dherin, Barrett, De: On the origin of implicit regularization in stochastic gradient"
                                + " descent, ICLR 2021, arXiv:2101.12176")
                .takes(Option.BATCH, Option.LAMBDA, REPEAT)
                .evaluates("B gradients");
    }

    @Override
    public Expr update(Weight w, Settings settings) {
        w.holdsBatches(settings.whole(REPEAT));
        return w.decayed().minus(w.h().times(w.gradient()));
    }
}
