package ornstein.expr;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import ornstein.expr.Expr.Add;
import ornstein.expr.Expr.Mul;
import ornstein.expr.Expr.Num;
import ornstein.expr.Expr.Sym;

/// Sums with terms grouped by their coefficients, where these are quotients of polynomials in a constant c and powers
/// of 1 - c: terms of one remainder get one coefficient, which is written in factors as (1 + c)/(1 - c)^3 is, and
/// remainders of one coefficient stand together.
public final class Collected {
    /// Numbers with larger denominators are measured, not rational.
    private static final long MOST = 1 << 16;

    private Collected() {}

    /// The same value, grouped by the coefficients in each of the constants.
    public static Expr of(Expr e, List<Sym> constants) {
        return of(terms(e), constants);
    }

    private static Expr of(List<Expr> terms, List<Sym> constants) {
        if (constants.isEmpty()) return Expr.sum(terms);
        Sym c = constants.getFirst();
        Map<Expr, Quotient> byRest = new LinkedHashMap<>();
        for (Expr term : terms) {
            Quotient quotient = Quotient.ONE;
            List<Expr> rest = new ArrayList<>();
            for (Expr f : factors(term)) {
                Quotient q = f instanceof Num n ? Quotient.of(n.rational()) : Quotient.of(f, c);
                if (q == null) rest.add(f);
                else quotient = quotient.times(q);
            }
            byRest.merge(Expr.product(rest), quotient, Quotient::plus);
        }
        Map<Expr, List<Expr>> byCoefficient = new LinkedHashMap<>();
        byRest.forEach((rest, quotient) -> {
            if (quotient.isZero()) return;
            Quotient.Factors f = quotient.factors(c);
            byCoefficient
                    .computeIfAbsent(f.product(), _ -> new ArrayList<>())
                    .add(Expr.number(f.content()).times(rest));
        });
        List<Expr> sum = new ArrayList<>();
        byCoefficient.forEach((coefficient, rests) -> {
            Expr rest = of(rests, constants.subList(1, constants.size()));
            sum.add(coefficient.equals(Expr.ONE) ? rest : coefficient.times(withoutContent(rest)));
        });
        return Expr.sum(sum);
    }

    /// A sum as a number times a sum of integers without a common factor, the first of them positive.
    private static Expr withoutContent(Expr e) {
        if (!(e instanceof Add a)) return e;
        long above = 0;
        long below = 1;
        for (Expr term : a.terms()) {
            Rational r = term instanceof Num n ? n.rational() : Normal.coefficient(term);
            if (!r.isExact() || r.denominator() > MOST || below > MOST) return e;
            above = gcd(above, Math.abs(r.numerator()));
            below = below / gcd(below, r.denominator()) * r.denominator();
        }
        Expr first = a.terms().getFirst();
        int sign = first instanceof Num n
                ? n.rational().signum()
                : Normal.coefficient(first).signum();
        Expr content = Expr.ratio(sign * above, below);
        List<Expr> terms = new ArrayList<>();
        for (Expr term : a.terms()) terms.add(term.over(content));
        return content.times(Expr.sum(terms));
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    private static List<Expr> terms(Expr e) {
        return e instanceof Add a ? a.terms() : List.of(e);
    }

    private static List<Expr> factors(Expr e) {
        return e instanceof Mul m ? m.factors() : List.of(e);
    }

    /// A polynomial in c, with negative powers too, over a power of 1 - c.
    ///
    /// @param above coefficients by powers of c, without zeros
    private record Quotient(TreeMap<Integer, Rational> above, int below) {
        static final Quotient ONE = of(Rational.ONE);

        static Quotient of(Rational number) {
            return new Quotient(new TreeMap<>(Map.of(0, number)), 0);
        }

        /// Null for what is no such quotient, or does not depend on c.
        static @Nullable Quotient of(Expr factor, Sym c) {
            if (!(Order.exponent(factor) instanceof Num n) || !n.isInteger()) return null;
            int power = (int) n.value();
            Expr base = Order.base(factor);
            if (base.equals(c)) return new Quotient(new TreeMap<>(Map.of(power, Rational.ONE)), 0);
            if (base.equals(Expr.ONE.minus(c))) return new Quotient(ONE.above(), -power);
            Quotient polynomial = polynomial(base, c);
            if (polynomial == null || power < 1) return null;
            Quotient all = ONE;
            for (int i = 0; i < power; i++) all = all.times(polynomial);
            return all;
        }

        private static @Nullable Quotient polynomial(Expr sum, Sym c) {
            if (!(sum instanceof Add a)) return null;
            TreeMap<Integer, Rational> above = new TreeMap<>();
            for (Expr term : a.terms()) {
                if (term instanceof Num n) {
                    above.merge(0, n.rational(), Rational::plus);
                } else {
                    Expr power = Normal.unscaled(term);
                    if (!Order.base(power).equals(c) || !(Order.exponent(power) instanceof Num n) || !n.isInteger())
                        return null;
                    above.merge((int) n.value(), Normal.coefficient(term), Rational::plus);
                }
            }
            return new Quotient(above, 0);
        }

        boolean isZero() {
            return above.isEmpty();
        }

        Quotient times(Quotient o) {
            TreeMap<Integer, Rational> product = new TreeMap<>();
            above.forEach((i, a) -> o.above.forEach((j, b) -> product.merge(i + j, a.times(b), Rational::plus)));
            product.values().removeIf(r -> r.signum() == 0);
            return new Quotient(product, below + o.below);
        }

        Quotient plus(Quotient o) {
            int most = Math.max(below, o.below);
            TreeMap<Integer, Rational> sum = new TreeMap<>(over(most).above);
            o.over(most).above.forEach((i, a) -> sum.merge(i, a, Rational::plus));
            sum.values().removeIf(r -> r.signum() == 0);
            return new Quotient(sum, most);
        }

        /// The same over a higher power of 1 - c.
        private Quotient over(int power) {
            TreeMap<Integer, Rational> linear = new TreeMap<>(Map.of(0, Rational.ONE, 1, Rational.ONE.negate()));
            Quotient all = this;
            for (int i = below; i < power; i++) all = all.times(new Quotient(linear, 1));
            return all;
        }

        /// A number and the rest: powers of c, 1 + c and 1 - c, and a polynomial of integers without a common factor.
        record Factors(Rational content, Expr product) {}

        Factors factors(Sym c) {
            List<Expr> product = new ArrayList<>();
            int lowest = above.firstKey();
            product.add(c.pow(lowest));
            List<Rational> rest = new ArrayList<>();
            for (int i = lowest; i <= above.lastKey(); i++) rest.add(above.getOrDefault(i, Rational.ZERO));
            int power = -below;
            for (Rational root : List.of(Rational.ONE, Rational.ONE.negate())) {
                Expr linear = root.signum() > 0 ? Expr.ONE.minus(c) : Expr.ONE.plus(c);
                int times = 0;
                while (rest.size() > 1 && at(rest, root).signum() == 0) {
                    rest = divided(rest, root);
                    times++;
                }
                product.add(linear.pow(root.signum() > 0 ? times + power : times));
            }
            if (rest.size() == 1) return new Factors(rest.getFirst(), Expr.product(product));
            List<Expr> terms = new ArrayList<>();
            for (int i = 0; i < rest.size(); i++) terms.add(c.pow(i).times(Expr.number(rest.get(i))));
            Expr polynomial = withoutContent(Expr.sum(terms));
            product.add(Normal.unscaled(polynomial));
            return new Factors(Normal.coefficient(polynomial), Expr.product(product));
        }

        private static Rational at(List<Rational> polynomial, Rational x) {
            Rational value = Rational.ZERO;
            for (Rational a : polynomial.reversed()) value = value.times(x).plus(a);
            return value;
        }

        /// The quotient by 1 - r c, for r of 1 or -1 a root.
        private static List<Rational> divided(List<Rational> polynomial, Rational root) {
            List<Rational> quotient = new ArrayList<>();
            Rational carry = Rational.ZERO;
            for (Rational a : polynomial.subList(0, polynomial.size() - 1)) {
                carry = carry.times(root).plus(a);
                quotient.add(carry);
            }
            return quotient;
        }
    }
}
