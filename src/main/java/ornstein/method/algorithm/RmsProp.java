package ornstein.method.algorithm;

import ornstein.expr.Expr;
import ornstein.method.About;
import ornstein.method.Option;
import ornstein.method.Settings;

/// v' = beta2 v + (1 - beta2) g^2, w' = w - eta g/(sqrt(v') + eps), as PyTorch has it.
final class RmsProp implements Algorithm {
    static final Option BETA2 = new Option("beta2", 0.99, 0, 1 - 0x1p-53, "decay of the second moment");

    @Override
    public About about() {
        return About.algorithm(
                        "rmsprop",
                        "Steps divided by the root of a moving average of the squared gradient, PyTorch's.",
                        "Tieleman, Hinton: Lecture 6.5, RMSProp, COURSERA: Neural networks for machine learning, 2012")
                .takes(
                        Option.BATCH,
                        Option.LAMBDA,
                        BETA2,
                        Root.EPS,
                        Root.INSIDE,
                        Decay.DECOUPLED,
                        Amplified.AMPLIFICATION)
                .evaluates("B gradients");
    }

    @Override
    public double clockSteps(Settings settings) {
        return Amplified.clockSteps(settings);
    }

    @Override
    public Expr update(Weight w, Settings settings) {
        Decay decay = Decay.of(w, settings);
        Amplified a = new Amplified(w, settings);
        Expr g = decay.gradient(a.gradient());
        Expr second = Adam.moment(w, "v", a.decay(BETA2), g.pow(2));
        Expr moved = a.h().times(g).over(Root.of(a.eps(), settings, second));
        return (decay.decoupled() ? a.kept() : Weight.VALUE).minus(moved);
    }
}
