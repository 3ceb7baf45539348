package ornstein.expr;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import ornstein.expr.Expr.Add;
import ornstein.expr.Expr.Mul;
import ornstein.expr.Expr.Num;
import ornstein.expr.Expr.Pow;
import ornstein.expr.Expr.Sym;

/// Whether expressions are polynomials, by their form. `abs(x)` is none, although its second derivative is 0 wherever
/// it exists.
public final class Polynomial {
    private Polynomial() {}

    /// Whether an expression is a sum of products of powers of the variables, of at most a degree. Its coefficients may
    /// be any expressions without them.
    public static boolean isIn(Expr e, Collection<Sym> variables, int degree) {
        if (!isIn(e, new HashSet<>(variables), new HashSet<>())) return false;
        Set<Expr> level = new HashSet<>(List.of(e));
        for (int k = 0; k <= degree; k++) {
            Set<Expr> next = new HashSet<>();
            for (Expr p : level) for (Sym x : variables) next.add(Derivative.of(p, x));
            next.remove(Expr.ZERO);
            level = next;
        }
        return level.isEmpty();
    }

    private static boolean isIn(Expr e, Set<Sym> variables, Set<Expr> known) {
        if (!known.add(e)) return true;
        return switch (e) {
            case Num n -> true;
            case Sym s -> true;
            case Add a -> a.terms().stream().allMatch(x -> isIn(x, variables, known));
            case Mul m -> m.factors().stream().allMatch(x -> isIn(x, variables, known));
            case Pow p
            when p.exponent() instanceof Num n && n.isInteger() && n.value() >= 0 -> isIn(p.base(), variables, known);
            default -> Substitution.symbols(List.of(e)).stream().noneMatch(variables::contains);
        };
    }
}
