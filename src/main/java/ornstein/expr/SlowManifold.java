package ornstein.expr;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ornstein.expr.Derivative.Leaves;
import ornstein.expr.Expr.Sym;

/// Removes the extra state of a step whose extra state forgets fast: momentum, Adam's moments. With the next state
/// x' = F(x, z, h), where F(x, z, 0) = x, and the next extra state z' = G(x, z, h), the step has an invariant
/// manifold z = Z_0(x) + h Z_1(x) + ..., attracting if z' contracts. On it the step is a map of x alone, near the
/// identity. At h = 0, G must be affine in z with a matrix M that does not depend on x; then (I - M) Z_k is what
/// the invariance Z(x') = G(x, Z(x)) leaves at h^k.
///
/// Source: Kovachki and Stuart, Continuous time analysis of momentum methods, JMLR 22 (2021), for heavy ball.
public final class SlowManifold {
    private final List<Sym> state;
    private final List<Sym> extra;
    private final Sym h;
    private final Leaves leaves;

    /// @param leaves the derivatives of symbols that depend on the state
    public SlowManifold(List<Sym> state, List<Sym> extra, Sym stepSize, Leaves leaves) {
        this.state = List.copyOf(state);
        this.extra = List.copyOf(extra);
        this.h = stepSize;
        this.leaves = leaves;
    }

    /// The map of the state on the manifold.
    /// @param next F, in the state, the extra state and the step size
    /// @param nextExtra G, likewise
    /// @param order the highest power of h
    /// @throws ExprException if F is not the identity at step size 0, or G not affine there
    public MapSeries reduce(List<Expr> next, List<Expr> nextExtra, int order) {
        if (!Substitution.of(next, Map.of(h, Expr.ZERO)).equals(state)) {
            throw new ExprException("the step is not the identity at step size 0");
        }
        List<List<Expr>> z = new ArrayList<>();
        List<List<Expr>> matrix = matrix(nextExtra);
        for (int k = 0; k < order; k++) {
            List<Expr> rest = MapSeries.taylor(on(z, nextExtra), h, k, leaves).get(k);
            if (k > 0) {
                MapSeries map = MapSeries.of(on(z, next), state, h, k, leaves);
                for (int j = 0; j < k; j++) {
                    List<Expr> moved = map.after(z.get(j), k - j).get(k - j);
                    rest = MapSeries.plus(rest, MapSeries.scaled(moved, Expr.num(-1)));
                }
            }
            z.add(LinearSolve.of(matrix, rest).stream().map(Expand::ifShorter).toList());
        }
        return MapSeries.of(on(z, next), state, h, order, leaves);
    }

    /// Expressions with the extra state on the manifold as far as it is known.
    private List<Expr> on(List<List<Expr>> z, List<Expr> expressions) {
        Map<Sym, Expr> known = new HashMap<>();
        for (int i = 0; i < extra.size(); i++) {
            Expr value = Expr.ZERO;
            for (int k = 0; k < z.size(); k++) {
                value = value.plus(h.pow(k).times(z.get(k).get(i)));
            }
            known.put(extra.get(i), value);
        }
        return Substitution.of(expressions, known);
    }

    /// I - M.
    private List<List<Expr>> matrix(List<Expr> nextExtra) {
        List<Expr> atZero = Substitution.of(nextExtra, Map.of(h, Expr.ZERO));
        List<List<Expr>> rows = new ArrayList<>();
        for (int i = 0; i < extra.size(); i++) {
            List<Expr> row = new ArrayList<>(Collections.nCopies(extra.size(), Expr.ZERO));
            for (int j = 0; j < extra.size(); j++) {
                Expr m = Derivative.of(atZero.get(i), extra.get(j), leaves);
                if (dependsOn(m, state) || dependsOn(m, extra)) {
                    throw new ExprException("the extra state " + extra.get(i).name()
                            + " does not relax at a rate that is independent of the state");
                }
                row.set(j, (i == j ? Expr.ONE : Expr.ZERO).minus(m));
            }
            rows.add(row);
        }
        return rows;
    }

    private boolean dependsOn(Expr e, List<Sym> symbols) {
        return symbols.stream().anyMatch(s -> !Derivative.of(e, s, leaves).equals(Expr.ZERO));
    }
}
