package ornstein.expr;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ornstein.expr.Expr.Add;
import ornstein.expr.Expr.Call;
import ornstein.expr.Expr.Mul;
import ornstein.expr.Expr.Num;
import ornstein.expr.Expr.Pow;
import ornstein.expr.Expr.Sym;

/// Exact derivatives, of any order by repetition. A shared part is differentiated once.
///
/// Where a function has a kink the derivative is the mean of the one-sided ones: |u|' is `sign(u) u'`, which is 0
/// at 0, and max(u, v)' at u = v is (u' + v')/2. `sign` and `floor` have derivative 0 and `select(c, a, b)` has
/// `select(c, a', b')`, jumps ignored.
public final class Derivative {
    /// The most operands that one derivative may create; passed only by products of thousands of different factors.
    static final long MAX_WORK = 1_000_000;

    /// What a symbol's derivative is. By default 1 for the variable itself, else 0; a symbol that stands for
    /// something else (a mean over data, an inner variable) can have its own.
    @FunctionalInterface
    public interface Leaves {
        Expr derivative(Sym symbol, Sym variable);

        Leaves INDEPENDENT = (symbol, variable) -> symbol.equals(variable) ? Expr.ONE : Expr.ZERO;
    }

    private static final Expr TWO = Expr.num(2);

    private final Sym variable;
    private final Leaves leaves;
    private final Map<Expr, Expr> known = new HashMap<>();
    private long work;

    private Derivative(Sym variable, Leaves leaves) {
        this.variable = variable;
        this.leaves = leaves;
    }

    /// The partial derivative of an expression.
    public static Expr of(Expr e, Sym variable) {
        return of(e, variable, Leaves.INDEPENDENT);
    }

    public static Expr of(Expr e, Sym variable, Leaves leaves) {
        return new Derivative(variable, leaves).derivative(e);
    }

    /// The partial derivatives in the variables.
    public static List<Expr> gradient(Expr e, List<Sym> variables) {
        Set<Sym> present = Substitution.symbols(List.of(e));
        return variables.stream()
                .map(x -> present.contains(x) ? of(e, x) : Expr.ZERO)
                .toList();
    }

    /// Row i, column j: the derivative of f_i in x_j.
    public static List<List<Expr>> jacobian(List<Expr> f, List<Sym> variables) {
        return f.stream().map(e -> gradient(e, variables)).toList();
    }

    /// The symmetric matrix of second derivatives.
    public static List<List<Expr>> hessian(Expr e, List<Sym> variables) {
        return jacobian(gradient(e, variables), variables);
    }

    /// The multilinear form f^(k)(v_1, ..., v_k) of the k-th derivative of a field, with the directions held fixed:
    /// component i is the sum over j_1..j_k of d^k f_i / dx_j1..dx_jk v_1,j1 .. v_k,jk. Without directions it is f.
    public static List<Expr> along(List<Expr> f, List<Sym> variables, List<List<Expr>> directions) {
        return along(f, variables, directions, Leaves.INDEPENDENT);
    }

    /// The same, with the derivatives of symbols that depend on the variables.
    public static List<Expr> along(List<Expr> f, List<Sym> variables, List<List<Expr>> directions, Leaves leaves) {
        List<Expr> result = f;
        // the directions may contain the variables: they are added as symbols of their own, and put in at the end
        Map<Sym, Expr> directionOf = new HashMap<>();
        for (int k = 0; k < directions.size(); k++) {
            List<Sym> fixed = new ArrayList<>();
            for (int j = 0; j < variables.size(); j++) {
                Sym s = Expr.sym("direction " + k + " " + j);
                fixed.add(s);
                directionOf.put(s, directions.get(k).get(j));
            }
            result = result.stream()
                    .map(e -> directional(e, variables, fixed, leaves))
                    .toList();
        }
        return Substitution.of(result, directionOf);
    }

    private static Expr directional(Expr e, List<Sym> variables, List<Sym> direction, Leaves leaves) {
        List<Expr> terms = new ArrayList<>();
        for (int j = 0; j < variables.size(); j++) {
            terms.add(of(e, variables.get(j), leaves).times(direction.get(j)));
        }
        return Expr.sum(terms);
    }

    private Expr derivative(Expr e) {
        Expr d = known.get(e);
        if (d == null) {
            d = compute(e);
            known.put(e, d);
        }
        return d;
    }

    private Expr compute(Expr e) {
        return switch (e) {
            case Num n -> Expr.ZERO;
            case Sym s -> leaves.derivative(s, variable);
            case Add a -> a.map(this::derivative);
            case Mul m -> product(m.factors());
            case Pow p -> power(p);
            case Call c -> call(c, c.arguments());
        };
    }

    private Expr product(List<Expr> factors) {
        List<Expr> terms = new ArrayList<>();
        for (int i = 0; i < factors.size(); i++) {
            Expr d = derivative(factors.get(i));
            if (isZero(d)) {
                continue;
            }
            work += factors.size();
            if (work > MAX_WORK) {
                throw new ExprException("the derivative of a product of " + factors.size() + " factors is too large");
            }
            List<Expr> term = new ArrayList<>(factors);
            term.set(i, d);
            terms.add(Expr.product(term));
        }
        return Expr.sum(terms);
    }

    /// (u^v)' = v u^(v-1) u' + u^v log(u) v'
    private Expr power(Pow p) {
        Expr u = p.base();
        Expr v = p.exponent();
        Expr du = derivative(u);
        Expr dv = derivative(v);
        List<Expr> terms = new ArrayList<>();
        if (!isZero(du)) {
            terms.add(Expr.product(List.of(v, u.pow(v.minus(Expr.ONE)), du)));
        }
        if (!isZero(dv)) {
            terms.add(Expr.product(List.of(p, Expr.call(Function.LOG, u), dv)));
        }
        return Expr.sum(terms);
    }

    private Expr call(Call c, List<Expr> x) {
        boolean constant = true;
        for (Expr u : x) {
            constant &= isZero(derivative(u));
        }
        if (constant) {
            return Expr.ZERO;
        }
        Expr u = x.get(0);
        Expr du = derivative(u);
        return switch (c.function()) {
            case PI, SIGN, FLOOR -> Expr.ZERO;
            case EXP -> c.times(du);
            case LOG -> du.over(u);
            case SIN -> Expr.call(Function.COS, u).times(du);
            case COS -> Expr.call(Function.SIN, u).times(du).negate();
            case TAN -> Expr.ONE.plus(c.pow(2)).times(du);
            case TANH -> Expr.ONE.minus(c.pow(2)).times(du);
            case SINH -> Expr.call(Function.COSH, u).times(du);
            case COSH -> Expr.call(Function.SINH, u).times(du);
            case ATAN -> du.over(Expr.ONE.plus(u.pow(2)));
            case ABS -> Expr.call(Function.SIGN, u).times(du);
            case MAX -> largest(u.minus(x.get(1)), du, derivative(x.get(1)));
            case MIN -> largest(x.get(1).minus(u), du, derivative(x.get(1)));
            case SELECT -> Expr.call(Function.SELECT, u, derivative(x.get(1)), derivative(x.get(2)));
        };
    }

    /// `a` where `lead` > 0, `b` where it is negative, their mean where it is 0.
    private static Expr largest(Expr lead, Expr a, Expr b) {
        Expr mean = a.plus(b).over(TWO);
        return Expr.call(Function.SELECT, lead, a, Expr.call(Function.SELECT, lead.negate(), b, mean));
    }

    private static boolean isZero(Expr e) {
        return e.equals(Expr.ZERO);
    }
}
