package ornstein.expr;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import ornstein.expr.Derivative.Leaves;
import ornstein.expr.Expr.Sym;

/// A map near the identity, x' = x + h a_1(x) + h^2 a_2(x) + ... + h^K a_K(x) + O(h^(K+1)), by its coefficients:
/// vector fields in d variables. One step of a method in its step size h is such a map, and so is the flow of a
/// vector field for a time h. Maps compose, have means, and are the flow of a modified field.
///
/// @param state the variables x
/// @param coefficients a_1 to a_K, each d expressions
/// @param leaves the derivatives of symbols that depend on the state
public record MapSeries(List<Sym> state, List<List<Expr>> coefficients, Leaves leaves) {
    public MapSeries {
        state = List.copyOf(state);
        coefficients = coefficients.stream().map(List::copyOf).toList();
        for (List<Expr> a : coefficients) {
            if (a.size() != state.size()) {
                throw new IllegalArgumentException(
                        "a coefficient has " + a.size() + " components, not " + state.size());
            }
        }
    }

    /// Expands a step at step size 0.
    /// @param step the next state, d expressions in the state and the step size
    /// @param order K
    /// @throws ExprException if the step is not smooth there, or not the identity
    public static MapSeries of(List<Expr> step, List<Sym> state, Sym stepSize, int order, Leaves leaves) {
        List<List<Expr>> coefficients = taylor(step, stepSize, order, leaves);
        if (!coefficients.getFirst().equals(state)) {
            throw new ExprException("the step is not the identity at step size 0");
        }
        return new MapSeries(state, coefficients.subList(1, order + 1), leaves);
    }

    /// The coefficients of h^0 to h^order of expressions.
    static List<List<Expr>> taylor(List<Expr> expressions, Sym h, int order, Leaves leaves) {
        Map<Sym, Expr> atZero = Map.of(h, Expr.ZERO);
        List<List<Expr>> coefficients = new ArrayList<>();
        List<Expr> derivative = expressions;
        Expr factorial = Expr.ONE;
        for (int k = 0; k <= order; k++) {
            coefficients.add(scaled(Substitution.of(derivative, atZero), Expr.ONE.over(factorial)));
            derivative =
                    derivative.stream().map(e -> Derivative.of(e, h, leaves)).toList();
            factorial = factorial.times(k + 1);
        }
        return coefficients;
    }

    /// The flow for a time h of the field f_0 + h f_1 + h^2 f_2 + ...
    /// @param field f_0 to f_(K-1)
    public static MapSeries flow(List<List<Expr>> field, List<Sym> state, Leaves leaves) {
        List<List<Expr>> coefficients = new ArrayList<>();
        for (int k = 1; k <= field.size(); k++) {
            coefficients.add(flowCoefficient(field, k, state, leaves));
        }
        return new MapSeries(state, coefficients, leaves);
    }

    public int order() {
        return coefficients.size();
    }

    /// The field f_0 + h f_1 + ... + h^(K-1) f_(K-1) whose flow for a time h is this map up to O(h^(K+1)): the
    /// modified equation of backward error analysis (Hairer, Lubich and Wanner, Geometric Numerical Integration,
    /// section IX.1).
    public List<List<Expr>> modifiedField() {
        List<List<Expr>> field = new ArrayList<>();
        for (int k = 1; k <= order(); k++) {
            // f_(k-1) enters the coefficient of h^k of its flow as it is
            field.add(Collections.nCopies(state.size(), Expr.ZERO));
            List<Expr> known = flowCoefficient(field, k, state, leaves);
            List<Expr> f = plus(coefficients.get(k - 1), scaled(known, Expr.num(-1)));
            field.set(k - 1, f.stream().map(Expand::ifShorter).toList());
        }
        return field;
    }

    /// The map that does this one first and then another.
    public MapSeries then(MapSeries next) {
        int order = Math.min(order(), next.order());
        List<List<Expr>> result = new ArrayList<>(coefficients.subList(0, order));
        for (int j = 1; j <= order; j++) {
            List<List<Expr>> shifted = after(next.coefficients.get(j - 1), order - j);
            for (int k = j; k <= order; k++) {
                result.set(k - 1, plus(result.get(k - 1), shifted.get(k - j)));
            }
        }
        return new MapSeries(state, result, leaves);
    }

    /// The coefficients of h^0 to h^order of b(x'), where x' is this map: the sum over n and i_1..i_n of (1/n!)
    /// b^(n)(a_i1, ..., a_in) h^(i_1 + ... + i_n).
    List<List<Expr>> after(List<Expr> b, int order) {
        List<Expr> zero = Collections.nCopies(b.size(), Expr.ZERO);
        List<List<Expr>> result = new ArrayList<>(Collections.nCopies(order + 1, zero));
        addTerms(b, 0, Expr.ONE, new ArrayList<>(), result);
        return result;
    }

    private void addTerms(List<Expr> b, int power, Expr factor, List<List<Expr>> directions, List<List<Expr>> result) {
        List<Expr> term = scaled(Derivative.along(b, state, directions, leaves), factor);
        result.set(power, plus(result.get(power), term));
        Expr next = factor.over(Expr.num(directions.size() + 1));
        for (int i = 1; power + i < result.size(); i++) {
            directions.add(coefficients.get(i - 1));
            addTerms(b, power + i, next, directions, result);
            directions.removeLast();
        }
    }

    /// The mean of maps: the expected map where one of them is chosen at random.
    public static MapSeries mean(List<MapSeries> maps) {
        MapSeries first = maps.getFirst();
        List<List<Expr>> mean = new ArrayList<>();
        for (int k = 0; k < first.order(); k++) {
            List<Expr> sum = first.coefficients.get(k);
            for (MapSeries m : maps.subList(1, maps.size())) {
                sum = plus(sum, m.coefficients.get(k));
            }
            mean.add(scaled(sum, Expr.ratio(1, maps.size())));
        }
        return new MapSeries(first.state, mean, first.leaves);
    }

    /// The coefficient of h^k in the flow: the sum over n of (1/n!) [h^(k-n)] D^(n-1) f, where D g = g' f.
    private static List<Expr> flowCoefficient(List<List<Expr>> field, int k, List<Sym> state, Leaves leaves) {
        List<List<Expr>> iterate = field;
        List<Expr> sum = field.get(k - 1);
        Expr factorial = Expr.ONE;
        for (int n = 2; n <= k; n++) {
            iterate = lie(iterate, field, k - n + 1, state, leaves);
            factorial = factorial.times(n);
            sum = plus(sum, scaled(iterate.get(k - n), Expr.ONE.over(factorial)));
        }
        return sum;
    }

    /// The first `terms` coefficients of g' f, where g and f are series in h.
    private static List<List<Expr>> lie(
            List<List<Expr>> g, List<List<Expr>> f, int terms, List<Sym> state, Leaves leaves) {
        List<List<Expr>> result = new ArrayList<>();
        for (int m = 0; m < terms; m++) {
            List<Expr> sum = Derivative.along(g.get(m), state, List.of(f.get(0)), leaves);
            for (int j = 1; j <= m; j++) {
                sum = plus(sum, Derivative.along(g.get(m - j), state, List.of(f.get(j)), leaves));
            }
            result.add(sum);
        }
        return result;
    }

    static List<Expr> plus(List<Expr> a, List<Expr> b) {
        List<Expr> sum = new ArrayList<>();
        for (int i = 0; i < a.size(); i++) {
            sum.add(a.get(i).plus(b.get(i)));
        }
        return sum;
    }

    static List<Expr> scaled(List<Expr> a, Expr factor) {
        return a.stream().map(e -> e.times(factor)).toList();
    }
}
