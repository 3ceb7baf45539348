package ornstein.expr;

import java.util.Comparator;
import java.util.List;
import ornstein.expr.Expr.Add;
import ornstein.expr.Expr.Call;
import ornstein.expr.Expr.Mul;
import ornstein.expr.Expr.Num;
import ornstein.expr.Expr.Pow;
import ornstein.expr.Expr.Sym;

/// A total order of expressions that depends on their structure alone. Powers of one base lie together, the highest
/// first. Equal parts are one object, so a comparison descends along one path.
final class Order implements Comparator<Expr> {
    static final Order INSTANCE = new Order();

    private Order() {}

    @Override
    @SuppressWarnings("ReferenceEquality") // expressions are unique objects
    public int compare(Expr a, Expr b) {
        if (a == b) {
            return 0;
        }
        if (a instanceof Pow || b instanceof Pow) {
            int c = compare(base(a), base(b));
            return c != 0 ? c : compare(exponent(b), exponent(a));
        }
        int rank = Integer.compare(rank(a), rank(b));
        if (rank != 0) {
            return rank;
        }
        return switch (a) {
            case Num n -> n.rational().compareTo(((Num) b).rational());
            case Sym s -> s.name().compareTo(((Sym) b).name());
            case Call c -> {
                int f = c.function().compareTo(((Call) b).function());
                yield f != 0 ? f : compare(c.arguments(), b.operands());
            }
            default -> compare(a.operands(), b.operands());
        };
    }

    private int compare(List<Expr> a, List<Expr> b) {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            int c = compare(a.get(i), b.get(i));
            if (c != 0) {
                return c;
            }
        }
        return Integer.compare(a.size(), b.size());
    }

    static Expr base(Expr e) {
        return e instanceof Pow p ? p.base() : e;
    }

    static Expr exponent(Expr e) {
        return e instanceof Pow p ? p.exponent() : Expr.ONE;
    }

    private static int rank(Expr e) {
        return switch (e) {
            case Num n -> 0;
            case Sym s -> 1;
            case Call c -> 2;
            case Mul m -> 3;
            case Add a -> 4;
            case Pow p -> throw new IllegalArgumentException("powers have no rank");
        };
    }
}
