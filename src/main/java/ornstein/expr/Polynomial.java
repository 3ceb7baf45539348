package ornstein.expr;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ornstein.expr.Expr.Add;
import ornstein.expr.Expr.Mul;
import ornstein.expr.Expr.Num;
import ornstein.expr.Expr.Pow;
import ornstein.expr.Expr.Sym;

/// Whether expressions are polynomials, by their form. `abs(x)` is none, although its second derivative is 0 wherever
/// it exists.
public final class Polynomial {
    private static final int MOST = 8;

    private Polynomial() {}

    /// Whether an expression is a sum of products of powers of the variables, of at most a degree. Its
    /// coefficients may be any expressions without them. Where higher powers are written and cancel, that is
    /// seen up to [#MOST].
    public static boolean isIn(Expr e, Collection<Sym> variables, int degree) {
        double written = new Degree(new HashSet<>(variables)).of(e);
        if (written <= degree || written > MOST) return written <= degree;
        Set<Expr> level = new HashSet<>(List.of(e));
        for (int k = 0; k <= degree; k++) {
            Set<Expr> next = new HashSet<>();
            for (Expr p : level) for (Sym x : variables) next.add(Expand.of(Derivative.of(p, x)));
            next.remove(Expr.ZERO);
            level = next;
        }
        return level.isEmpty();
    }

    /// The degree as it is written; infinite for what is no polynomial.
    private record Degree(Set<Sym> variables, Map<Expr, Double> known) {
        Degree(Set<Sym> variables) {
            this(variables, new HashMap<>());
        }

        double of(Expr e) {
            Double degree = known.get(e);
            if (degree == null) {
                degree = compute(e);
                known.put(e, degree);
            }
            return degree;
        }

        private double compute(Expr e) {
            return switch (e) {
                case Num n -> 0;
                case Sym s -> variables.contains(s) ? 1 : 0;
                case Add a -> a.terms().stream().mapToDouble(this::of).max().orElse(0);
                case Mul m -> m.factors().stream().mapToDouble(this::of).sum();
                case Pow p
                when p.exponent() instanceof Num n && n.isInteger() && n.value() >= 0 -> of(p.base()) * n.value();
                default -> e.operands().stream().allMatch(x -> of(x) == 0) ? 0 : Double.POSITIVE_INFINITY;
            };
        }
    }
}
