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
    /// The most terms of all commutators; a model with more counts as not commutative.
    private static final long MAX_TERMS = 200_000;

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
        int d = state.size();
        int m = diffusion.get(0).size();
        if ((long) d * d * m * m > MAX_TERMS) {
            return false;
        }
        // slope.get(i).get(k): the gradient of entry (i, k)
        List<List<List<Expr>>> slope =
                diffusion.stream().map(row -> Derivative.jacobian(row, state)).toList();
        List<Expr> commutators = new ArrayList<>();
        for (int j = 0; j < m; j++) {
            for (int k = 0; k < j; k++) {
                for (int i = 0; i < d; i++) {
                    List<Expr> terms = new ArrayList<>();
                    for (int l = 0; l < d; l++) {
                        Expr bj = diffusion.get(l).get(j);
                        Expr bk = diffusion.get(l).get(k);
                        terms.add(slope.get(i).get(j).get(l).times(bk));
                        terms.add(slope.get(i).get(k).get(l).times(bj).negate());
                    }
                    Expr c = Expand.of(Expr.sum(terms));
                    if (!c.equals(Expr.ZERO)) {
                        commutators.add(c);
                    }
                }
            }
        }
        return commutators.isEmpty() || vanish(commutators);
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
