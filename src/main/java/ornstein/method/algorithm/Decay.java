package ornstein.method.algorithm;

import ornstein.expr.Expr;
import ornstein.method.Option;
import ornstein.method.Settings;

/// Weight decay where the two ways of it differ (Loshchilov, Hutter: Decoupled weight decay regularization, ICLR 2019,
/// arXiv:1711.05101).
///
/// @param decoupled whether the weight shrinks by eta lambda beside the update; else lambda w is part of the gradient
record Decay(Weight w, boolean decoupled) {
    static final Option DECOUPLED = new Option(
            "decoupled",
            0,
            0,
            1,
            "1: the weight shrinks by eta lambda beside the update; 0: lambda w joins the gradient");

    static Decay of(Weight w, Settings settings) {
        return new Decay(w, settings.whole(DECOUPLED) == 1);
    }

    Expr gradient(Expr g) {
        return decoupled ? g : g.plus(w.lambda().times(Weight.VALUE));
    }

    Expr weight() {
        return decoupled ? w.decayed() : Weight.VALUE;
    }
}
