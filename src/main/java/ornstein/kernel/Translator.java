package ornstein.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import ornstein.expr.Expr;
import ornstein.expr.Expr.Add;
import ornstein.expr.Expr.Call;
import ornstein.expr.Expr.Mul;
import ornstein.expr.Expr.Num;
import ornstein.expr.Expr.Pow;

/// Turns elementwise expressions into values of a graph. Sums become chains of fused multiply-adds, products with
/// negative powers become quotients, integer powers become products.
final class Translator {
    private final Graph graph;
    private final Shared shared;
    private final Function<Expr, @Nullable Value> leaves;
    private final Map<Expr, Value> known = new HashMap<>();

    /// @param leaves the value of an expression that lies in a row, or null
    Translator(Graph graph, Shared shared, Function<Expr, @Nullable Value> leaves) {
        this.graph = graph;
        this.shared = shared;
        this.leaves = leaves;
    }

    Value value(Expr e) {
        Value v = known.get(e);
        if (v != null) return v;
        if (shared.has(e)) {
            v = graph.shared(shared.slot(e));
        } else {
            v = leaves.apply(e);
            if (v == null) v = compute(e);
        }
        known.put(e, v);
        return v;
    }

    private Value compute(Expr e) {
        return switch (e) {
            case Add a -> sum(a);
            case Mul m -> product(m);
            case Pow p -> power(p);
            case Call c -> call(c);
            default -> throw new IllegalStateException("a symbol without a row: " + e);
        };
    }

    private Value sum(Add a) {
        List<Expr> constants = new ArrayList<>();
        List<Mul> products = new ArrayList<>();
        Value sum = null;
        for (Expr term : a.terms()) {
            if (shared.has(term)) constants.add(term);
            else if (term instanceof Mul m && leaves.apply(m) == null) products.add(m);
            else sum = sum == null ? value(term) : graph.add(sum, value(term));
        }
        if (!constants.isEmpty()) {
            Value constant = value(Expr.sum(constants));
            sum = sum == null ? constant : graph.add(sum, constant);
        }
        for (Mul m : products) sum = sum == null ? value(m) : plus(sum, m);
        if (sum == null) throw new IllegalStateException("an empty sum");
        return sum;
    }

    private Value plus(Value sum, Mul m) {
        Split s = split(m);
        if (s.numerator().isEmpty()
                || !s.denominator().isEmpty() && s.numerator().size() == 1 && s.coefficient() == null) {
            return graph.add(sum, value(m));
        }
        Expr c = s.coefficient();
        boolean negative = c instanceof Num n && n.value() == -1;
        if (negative && s.numerator().size() == 1 && s.denominator().isEmpty()) {
            return graph.sub(sum, s.numerator().get(0));
        }
        if (c != null && !negative) {
            return graph.fma(value(c), quotient(s.numerator(), s.denominator()), sum);
        }
        if (!s.denominator().isEmpty()) {
            Value q = quotient(s.numerator(), s.denominator());
            return negative ? graph.sub(sum, q) : graph.add(sum, q);
        }
        Value first = s.numerator().get(0);
        Value rest = multiply(s.numerator().subList(1, s.numerator().size()));
        return graph.fma(negative ? graph.neg(first) : first, rest, sum);
    }

    /// A product as shared coefficient (or null), factors, and factors of the denominator.
    private record Split(@Nullable Expr coefficient, List<Value> numerator, List<Value> denominator) {}

    private Split split(Mul m) {
        List<Expr> constants = new ArrayList<>();
        List<Value> numerator = new ArrayList<>();
        List<Value> denominator = new ArrayList<>();
        for (Expr f : m.factors()) {
            if (shared.has(f)) constants.add(f);
            else if (leaves.apply(f) == null && f instanceof Pow p && p.exponent() instanceof Num n && n.value() < 0) {
                denominator.add(value(p.base().pow(n.negate())));
            } else numerator.add(value(f));
        }
        return new Split(constants.isEmpty() ? null : Expr.product(constants), numerator, denominator);
    }

    private Value product(Mul m) {
        Split s = split(m);
        Expr c = s.coefficient();
        if (s.numerator().isEmpty()) {
            return graph.div(value(c == null ? Expr.ONE : c), multiply(s.denominator()));
        }
        Value q = quotient(s.numerator(), s.denominator());
        if (c == null) return q;
        return c instanceof Num n && n.value() == -1 ? graph.neg(q) : graph.mul(value(c), q);
    }

    private Value quotient(List<Value> numerator, List<Value> denominator) {
        Value v = multiply(numerator);
        return denominator.isEmpty() ? v : graph.div(v, multiply(denominator));
    }

    private Value multiply(List<Value> factors) {
        Value v = factors.get(0);
        for (Value f : factors.subList(1, factors.size())) v = graph.mul(v, f);
        return v;
    }

    private Value power(Pow p) {
        if (!(p.exponent() instanceof Num n)) throw new IllegalStateException("a power that is no product");
        double exponent = n.value();
        if (exponent < 0)
            return graph.div(graph.shared(shared.slot(Expr.ONE)), value(p.base().pow(n.negate())));
        Value base = value(p.base());
        if (exponent == 0.5) return graph.sqrt(base);
        int whole = (int) exponent;
        Value v = whole == 0 ? null : integerPower(base, whole);
        if (exponent == whole && v != null) return v;
        if (exponent - whole != 0.5 || v == null) throw new IllegalStateException("a power that is no product");
        return graph.mul(v, graph.sqrt(base));
    }

    private Value integerPower(Value base, int n) {
        if (n == 1) return base;
        Value half = integerPower(base, n / 2);
        Value square = graph.mul(half, half);
        return n % 2 == 0 ? square : graph.mul(square, base);
    }

    private Value call(Call c) {
        List<Expr> x = c.arguments();
        return switch (c.function()) {
            case ABS -> graph.abs(value(x.get(0)));
            case MIN -> graph.apply(Op.MIN, value(x.get(0)), value(x.get(1)));
            case MAX -> graph.apply(Op.MAX, value(x.get(0)), value(x.get(1)));
            case SIGN -> {
                Value v = value(x.get(0));
                Value zero = graph.constant(0);
                Value negative = graph.select(graph.lt(v, zero), graph.constant(-1), v);
                yield graph.select(graph.lt(zero, v), graph.constant(1), negative);
            }
            case SELECT -> graph.select(graph.lt(graph.constant(0), value(x.get(0))), value(x.get(1)), value(x.get(2)));
            case FLOOR -> floor(value(x.get(0)));
            default -> throw new IllegalStateException("not elementwise: " + c.function());
        };
    }

    /// Adding and taking away 2^52 (2^23) rounds to the nearest integer.
    private Value floor(Value x) {
        double large = graph.precision() == Precision.F32 ? 0x1p23 : 0x1p52;
        Value a = graph.abs(x);
        Value nearest = graph.sub(graph.add(a, graph.constant(large)), graph.constant(large));
        Value signed = graph.select(graph.lt(x, graph.constant(0)), graph.neg(nearest), nearest);
        Value below = graph.select(graph.lt(x, signed), graph.sub(signed, graph.constant(1)), signed);
        return graph.select(graph.lt(a, graph.constant(large)), below, x);
    }

    /// About how many operations an expression takes beyond its operands.
    static int weight(Expr e) {
        return switch (e) {
            case Add a -> a.terms().size() - 1;
            case Mul m -> m.factors().size() - 1;
            case Pow p -> p.exponent() instanceof Num n ? 2 + (int) (Math.log1p(Math.abs(n.value())) * 3) : 2;
            case Call c ->
                switch (c.function()) {
                    case FLOOR -> 10;
                    case SIGN -> 4;
                    case SELECT -> 2;
                    default -> 1;
                };
            default -> 0;
        };
    }
}
