package ornstein.method.algorithm;

import ornstein.expr.Expr;
import ornstein.method.Option;
import ornstein.method.Settings;

/// An adaptive algorithm with its noise amplified, SVAG's analogue for it: the gradient of two batches with
/// the weights (1 +- sqrt(2 l^2 - 1))/2, which has l times the noise, eta/l, (1 - beta)/l^2 and l eps. With
/// growing l it tends to the algorithm's equation, of which l^2 steps make up one step of the algorithm.
///
/// Source: Malladi, Lyu, Panigrahi and Arora, arXiv:2205.10287.
record Amplified(Weight w, Settings settings) {
    static final Option AMPLIFICATION = new Option(
            "amplification",
            1,
            1,
            1e3,
            "l: l^2 steps with l times the noise make up one step (the analogue of svag); 1 for the algorithm itself");

    static double clockSteps(Settings settings) {
        double l = settings.number(AMPLIFICATION);
        return 1 / (l * l);
    }

    private boolean isPlain() {
        return settings.number(AMPLIFICATION) == 1;
    }

    private Expr l() {
        return w.parameter(AMPLIFICATION);
    }

    Expr gradient() {
        if (isPlain()) return w.gradient();
        Expr root = l().pow(2).times(2).minus(Expr.ONE).sqrt();
        Expr more = Expr.ONE.plus(root).times(w.gradient(0, Weight.VALUE));
        Expr less = Expr.ONE.minus(root).times(w.gradient(1, Weight.VALUE));
        return more.plus(less).times(Expr.ratio(1, 2));
    }

    /// The learning rate.
    Expr h() {
        return isPlain() ? w.h() : w.h().over(l());
    }

    /// The decay of a moving average.
    Expr decay(Option beta) {
        Expr given = w.parameter(beta);
        return isPlain() ? given : Expr.ONE.minus(Expr.ONE.minus(given).over(l().pow(2)));
    }

    /// The number at the root of a second moment, which is a square where it stands inside.
    Expr eps() {
        Expr given = w.parameter(Root.EPS);
        return isPlain() ? given : given.times(l().pow(settings.whole(Root.INSIDE) == 1 ? 2 : 1));
    }

    /// What is left of a weight that shrinks beside the update.
    Expr kept() {
        Expr share = isPlain() ? w.h() : w.h().over(l().pow(2));
        return Expr.ONE.minus(share.times(w.lambda())).times(Weight.VALUE);
    }
}
