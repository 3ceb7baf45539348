package ornstein.method.algorithm;

import ornstein.expr.Expr;
import ornstein.method.Option;
import ornstein.method.Settings;

/// The root of a second moment with the number that keeps it from 0: sqrt(v) + eps, or sqrt(v + eps).
final class Root {
    static final Option EPS = new Option("eps", 1e-8, 0, Double.MAX_VALUE, "what is added to the root, or below it");
    static final Option INSIDE =
            new Option("inside", 0, 0, 1, "1: sqrt(v + eps), as analyses have it; 0: sqrt(v) + eps, as PyTorch has it");

    private Root() {}

    static Expr of(Expr eps, Settings settings, Expr v) {
        return settings.whole(INSIDE) == 1 ? v.plus(eps).sqrt() : v.sqrt().plus(eps);
    }
}
