package ornstein.method.integrator;

import java.util.ArrayList;
import java.util.List;
import ornstein.expr.Expr;
import ornstein.method.StepBuilder;

/// Discrete variables with the moments of Wiener increments and of their iterated integrals, to weak order 2: three
/// points for each process, two for all but the last (Kloeden, Platen: Numerical Solution of Stochastic Differential
/// Equations, 1992, section 14.2). All are of step size 1.
record WeakVariables(List<Expr> singles, List<Expr> signs) {
    static WeakVariables of(StepBuilder step, int processes) {
        List<Expr> singles = new ArrayList<>();
        List<Expr> signs = new ArrayList<>();
        for (int k = 0; k < processes; k++) singles.add(step.threePoint());
        for (int k = 0; k < processes - 1; k++) signs.add(step.twoPoint());
        return new WeakVariables(singles, signs);
    }

    /// I_k.
    Expr single(int k) {
        return singles.get(k);
    }

    /// I_kl.
    Expr pair(int k, int l) {
        Expr product = single(k).times(single(l));
        Expr rest = k == l ? Expr.num(-1) : k < l ? signs.get(k).negate() : signs.get(l);
        return product.plus(rest).times(Expr.ratio(1, 2));
    }
}
