package ornstein.method;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ornstein.expr.Derivative;
import ornstein.expr.Expr;
import ornstein.expr.Expr.Sym;
import ornstein.expr.ExprException;
import ornstein.expr.Function;
import ornstein.expr.LinearSolve;
import ornstein.expr.Substitution;
import ornstein.spec.Counted;

/// Solves F(y) = 0 within a step by a fixed number of Newton rounds with the symbolic Jacobian. Where F is affine, one
/// round is exact. Otherwise the step fails where the last round still moved a coordinate by more than 1e-5 (1 + |y|):
/// convergence is quadratic, so the rest is then of the order of 1e-10, and single precision can tell.
public final class Newton {
    /// The rounds of a step.
    public static final Option ROUNDS = new Option("newton", 6, 1, 12, "Newton rounds of an implicit step");

    /// The most products that the linear systems of a step may take, all rounds together.
    private static final long MOST_PRODUCTS = 100_000;

    private static final Expr TOLERANCE = Expr.num(1e-5);

    private Newton() {}

    /// The solution, as expressions.
    /// @param unknowns y, symbols of no other meaning in the step
    /// @param residual F, in the unknowns and the symbols of the step
    /// @param guess where the rounds begin
    /// @throws ExprException if the linear systems are too large to be written down
    public static List<Expr> solve(
            StepBuilder step, List<Sym> unknowns, List<Expr> residual, List<Expr> guess, int rounds) {
        int n = unknowns.size();
        List<List<Expr>> jacobian = Derivative.jacobian(residual, unknowns);
        boolean affine = Substitution.symbols(
                        jacobian.stream().flatMap(List::stream).toList())
                .stream()
                .noneMatch(unknowns::contains);
        int needed = affine ? 1 : rounds;
        long products = needed * LinearSolve.products(jacobian);
        if (products > MOST_PRODUCTS) {
            throw new ExprException("the linear systems of its " + Counted.of(needed, "Newton round") + " in " + n
                    + " unknowns take " + products + " products, more than " + MOST_PRODUCTS);
        }
        List<Expr> y = guess;
        for (int round = 0; round < needed; round++) {
            Map<Sym, Expr> here = new HashMap<>();
            for (int i = 0; i < n; i++) here.put(unknowns.get(i), y.get(i));
            List<List<Expr>> matrix =
                    jacobian.stream().map(row -> Substitution.of(row, here)).toList();
            List<Expr> move = LinearSolve.of(matrix, Substitution.of(residual, here));
            List<Expr> next = new ArrayList<>();
            Expr worst = Expr.num(-1);
            for (int i = 0; i < n; i++) {
                next.add(y.get(i).minus(move.get(i)));
                Expr most = TOLERANCE.times(Expr.ONE.plus(Expr.call(Function.ABS, y.get(i))));
                worst = Expr.call(
                        Function.MAX,
                        worst,
                        Expr.call(Function.ABS, move.get(i)).minus(most));
            }
            y = next;
            if (!affine && round == needed - 1) step.failure(worst);
        }
        return y;
    }
}
