package ornstein.method.derive;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ornstein.expr.Derivative;
import ornstein.expr.Eval;
import ornstein.expr.Expr;
import ornstein.expr.Expr.Pow;
import ornstein.expr.Expr.Sym;
import ornstein.expr.Substitution;
import ornstein.method.Symbols;

/// Expressions for late steps: a power that falls to 0 as the step number grows, such as beta^(k+1) of a bias
/// correction, is 0.
final class AfterTransients {
    private final Map<String, Double> values = new HashMap<>();
    private final Map<Expr, Expr> known = new HashMap<>();

    private AfterTransients(Map<Sym, Double> values) {
        values.forEach((symbol, value) -> this.values.put(symbol.name(), value));
    }

    /// @param values numbers for constants
    static List<Expr> of(List<Expr> expressions, Map<Sym, Double> values) {
        AfterTransients a = new AfterTransients(values);
        return expressions.stream().map(a::late).toList();
    }

    private Expr late(Expr e) {
        if (e.operands().isEmpty()) return e;
        Expr late = known.get(e);
        if (late == null) {
            if (e instanceof Pow p && falls(p)) {
                late = Expr.ZERO;
            } else {
                List<Expr> operands = new ArrayList<>();
                for (Expr x : e.operands()) operands.add(late(x));
                late = e.with(operands);
            }
            known.put(e, late);
        }
        return late;
    }

    private boolean falls(Pow p) {
        Expr rate = Derivative.of(p.exponent(), Symbols.STEP);
        return isConstant(p.base())
                && isConstant(rate)
                && !rate.equals(Expr.ZERO)
                && Eval.of(rate, values) > 0
                && Math.abs(Eval.of(p.base(), values)) < 1;
    }

    private boolean isConstant(Expr e) {
        Set<Sym> symbols = Substitution.symbols(List.of(e));
        return symbols.stream().allMatch(s -> values.containsKey(s.name()));
    }
}
