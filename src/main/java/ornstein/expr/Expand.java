package ornstein.expr;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ornstein.expr.Expr.Add;
import ornstein.expr.Expr.Mul;
import ornstein.expr.Expr.Num;
import ornstein.expr.Expr.Pow;

/// Products multiplied out: products of sums and positive integer powers of sums become sums of products, so that
/// equal polynomials (in symbols, functions and other powers) are equal expressions.
public final class Expand {
    /// The most terms of a sum that multiplying out may give; a part that would give more stays as it is.
    static final int MAX_TERMS = 5_000;

    private final Map<Expr, Expr> known = new HashMap<>();

    private Expand() {}

    public static Expr of(Expr e) {
        return new Expand().expand(e);
    }

    /// The expression multiplied out if that has fewer operands, else as it is.
    public static Expr ifShorter(Expr e) {
        Expr expanded = of(e);
        return size(expanded, new HashSet<>()) < size(e, new HashSet<>()) ? expanded : e;
    }

    /// The operands of all parts, shared parts counted once.
    private static long size(Expr e, Set<Expr> seen) {
        if (!seen.add(e)) {
            return 0;
        }
        long size = e.operands().size();
        for (Expr x : e.operands()) {
            size += size(x, seen);
        }
        return size;
    }

    private Expr expand(Expr e) {
        if (e.operands().isEmpty()) {
            return e;
        }
        Expr r = known.get(e);
        if (r == null) {
            Expr inner = e.map(this::expand);
            r = switch (inner) {
                case Mul m -> product(m, m.factors());
                case Pow p -> product(p, List.of(p));
                default -> inner;
            };
            known.put(e, r);
        }
        return r;
    }

    /// The product of the factors as a sum, or the expression itself if that has too many terms.
    private static Expr product(Expr itself, List<Expr> factors) {
        List<Expr> terms = List.of(Expr.ONE);
        for (Expr f : factors) {
            boolean power = f instanceof Pow p
                    && p.base() instanceof Add
                    && p.exponent() instanceof Num n
                    && n.isInteger()
                    && n.value() > 0;
            Expr base = power ? Order.base(f) : f;
            long times = power ? Math.round(((Num) Order.exponent(f)).value()) : 1;
            for (long i = 0; i < times; i++) {
                List<Expr> of = base instanceof Add a ? a.terms() : List.of(base);
                if ((long) terms.size() * of.size() > MAX_TERMS) {
                    return itself;
                }
                List<Expr> products = new ArrayList<>(terms.size() * of.size());
                for (Expr t : terms) {
                    for (Expr u : of) {
                        products.add(t.times(u));
                    }
                }
                Expr sum = Expr.sum(products);
                terms = sum instanceof Add a ? a.terms() : List.of(sum);
            }
        }
        return Expr.sum(terms);
    }
}
