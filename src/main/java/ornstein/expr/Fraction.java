package ornstein.expr;

import java.util.ArrayList;
import java.util.List;
import ornstein.expr.Expr.Add;
import ornstein.expr.Expr.Mul;
import ornstein.expr.Expr.Num;
import ornstein.expr.Expr.Pow;

/// A product as it is written: sign, numerator and denominator; the numbers of either come first and are positive.
record Fraction(boolean negative, List<Expr> numerator, List<Expr> denominator) {
    static Fraction of(Expr e) {
        List<Expr> above = new ArrayList<>();
        List<Expr> below = new ArrayList<>();
        boolean negative = false;
        for (Expr f : e instanceof Mul m ? m.factors() : List.of(e)) {
            if (f instanceof Num n) {
                Rational r = n.rational();
                negative = r.signum() < 0;
                Rational size = negative ? r.negate() : r;
                if (writtenAsQuotient(size)) {
                    if (size.numerator() != 1) {
                        above.add(Expr.ratio(size.numerator(), 1));
                    }
                    below.add(Expr.ratio(size.denominator(), 1));
                } else if (!size.equals(Rational.ONE)) {
                    above.add(Expr.number(size));
                }
            } else if (f instanceof Pow p
                    && p.exponent() instanceof Num n
                    && n.rational().signum() < 0) {
                below.add(p.base().pow(Expr.number(n.rational().negate())));
            } else {
                above.add(f);
            }
        }
        if (above.isEmpty()) {
            above.add(Expr.ONE);
        }
        return new Fraction(negative, above, below);
    }

    /// The terms of a sum in parentheses, as they are written: one with a plus first, if there is one.
    static List<Expr> inParentheses(Add sum) {
        List<Expr> terms = new ArrayList<>(sum.terms());
        for (int i = 1; i < terms.size() && isNegative(terms.getFirst()); i++) {
            if (!isNegative(terms.get(i))) terms.addFirst(terms.remove(i));
        }
        return terms;
    }

    private static boolean isNegative(Expr term) {
        return (term instanceof Num n ? n.rational() : Normal.coefficient(term)).signum() < 0;
    }

    /// Halves, thirds and the like are written as quotients, tenths as decimals.
    static boolean writtenAsQuotient(Rational r) {
        if (!r.isExact() || r.isInteger()) {
            return false;
        }
        boolean decimal = Rational.of(r.toDouble()).equals(r);
        return !decimal || (r.denominator() % 5 != 0 && r.denominator() <= 1 << 20);
    }
}
