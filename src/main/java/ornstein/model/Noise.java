package ornstein.model;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import ornstein.expr.Derivative;
import ornstein.expr.Eval;
import ornstein.expr.Expand;
import ornstein.expr.Expr;
import ornstein.expr.Substitution;

/// The kinds of noise that integrators distinguish, from the most special to the most general. A model has several:
/// one equation with a constant diffusion has all.
public enum Noise {
    /// The diffusion does not depend on the state.
    ADDITIVE,
    /// Noise k acts on coordinate k alone, with an amplitude that depends on that coordinate alone.
    DIAGONAL,
    /// One Wiener process.
    SCALAR,
    /// The vector fields of the noises commute: b_j'(x) b_k = b_k'(x) b_j, so that Milstein's method needs no Levy
    /// areas.
    COMMUTATIVE,
    /// Any.
    GENERAL;

    private static final int POINTS = 12;

    /// All kinds that a d x m diffusion has. Whether noises commute is decided by the normal form of the commutator
    /// and, where that is not zero, by its values at fixed random points.
    static Set<Noise> of(List<Expr.Sym> state, List<List<Expr>> diffusion) {
        Set<Noise> kinds = EnumSet.of(GENERAL);
        if (isAdditive(state, diffusion)) {
            kinds.add(ADDITIVE);
        }
        if (isDiagonal(state, diffusion)) {
            kinds.add(DIAGONAL);
        }
        if (diffusion.get(0).size() == 1) {
            kinds.add(SCALAR);
        }
        if (kinds.size() > 1 || commutes(state, diffusion)) {
            kinds.add(COMMUTATIVE);
        }
        return kinds;
    }

    private static boolean isAdditive(List<Expr.Sym> state, List<List<Expr>> diffusion) {
        Set<Expr.Sym> symbols =
                Substitution.symbols(diffusion.stream().flatMap(List::stream).toList());
        return state.stream().noneMatch(symbols::contains);
    }

    private static boolean isDiagonal(List<Expr.Sym> state, List<List<Expr>> diffusion) {
        if (diffusion.get(0).size() != state.size()) {
            return false;
        }
        for (int i = 0; i < state.size(); i++) {
            for (int k = 0; k < state.size(); k++) {
                Expr b = diffusion.get(i).get(k);
                if (i != k && !b.equals(Expr.ZERO)) {
                    return false;
                }
                Set<Expr.Sym> others = Substitution.symbols(List.of(b));
                others.retainAll(state);
                others.remove(state.get(i));
                if (!others.isEmpty()) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean commutes(List<Expr.Sym> state, List<List<Expr>> diffusion) {
        List<Expr> commutators = new ArrayList<>();
        int m = diffusion.get(0).size();
        for (int j = 0; j < m; j++) {
            for (int k = 0; k < j; k++) {
                List<Expr> bj = column(diffusion, j);
                List<Expr> bk = column(diffusion, k);
                List<Expr> jk = Derivative.along(bj, state, List.of(bk));
                List<Expr> kj = Derivative.along(bk, state, List.of(bj));
                for (int i = 0; i < state.size(); i++) {
                    Expr c = Expand.of(jk.get(i).minus(kj.get(i)));
                    if (!c.equals(Expr.ZERO)) {
                        commutators.add(c);
                    }
                }
            }
        }
        return commutators.isEmpty() || vanish(commutators);
    }

    private static List<Expr> column(List<List<Expr>> diffusion, int k) {
        return diffusion.stream().map(row -> row.get(k)).toList();
    }

    /// Whether the expressions are 0, to rounding, wherever they have a value among a few points.
    private static boolean vanish(List<Expr> expressions) {
        SplittableRandom random = new SplittableRandom(20_250_101);
        int defined = 0;
        for (int p = 0; p < POINTS; p++) {
            Map<String, Double> point = new HashMap<>();
            Substitution.symbols(expressions).forEach(s -> point.put(s.name(), 0.2 + random.nextDouble()));
            for (double v : Eval.of(expressions, point)) {
                if (Math.abs(v) > 1e-9) {
                    return false;
                }
                defined += Double.isFinite(v) ? 1 : 0;
            }
        }
        return defined > 0;
    }
}
