package ornstein.expr;

import java.util.List;
import ornstein.expr.Expr.Add;
import ornstein.expr.Expr.Call;
import ornstein.expr.Expr.Mul;
import ornstein.expr.Expr.Num;
import ornstein.expr.Expr.Pow;
import ornstein.expr.Expr.Sym;
import ornstein.spec.Decimal;

/// Expressions as text that [Parser] reads back as the same expression.
public final class Text {
    /// The longest text: shared parts are written out, which can make a text far larger than its expression.
    public static final int MAX_LENGTH = 1 << 20;

    private final StringBuilder out = new StringBuilder();

    private Text() {}

    /// @throws ExprException if the text is longer than [#MAX_LENGTH]
    public static String of(Expr e) {
        Text t = new Text();
        t.sum(e);
        return t.out.toString();
    }

    private void sum(Expr e) {
        if (!(e instanceof Add a)) {
            product(e, false);
            return;
        }
        terms(a.terms());
    }

    private void terms(List<Expr> terms) {
        for (int i = 0; i < terms.size(); i++) product(terms.get(i), i > 0);
    }

    /// @param further whether terms stand before this one
    private void product(Expr e, boolean further) {
        Fraction f = Fraction.of(e);
        put(f.negative() ? (further ? " - " : "-") : (further ? " + " : ""));
        factors(f.numerator());
        if (f.denominator().size() == 1) {
            put("/");
            power(f.denominator().get(0));
        } else if (!f.denominator().isEmpty()) {
            put("/(");
            factors(f.denominator());
            put(")");
        }
    }

    private void factors(List<Expr> factors) {
        for (int i = 0; i < factors.size(); i++) {
            put(i == 0 ? "" : "*");
            power(factors.get(i));
        }
    }

    private void power(Expr e) {
        if (!(e instanceof Pow p)) {
            atom(e);
        } else if (p.exponent().equals(Expr.ratio(1, 2))) {
            put("sqrt(");
            sum(p.base());
            put(")");
        } else {
            atom(p.base());
            put("^");
            atom(p.exponent());
        }
    }

    private void atom(Expr e) {
        switch (e) {
            case Num n
            when n.rational().signum() >= 0 && !Fraction.writtenAsQuotient(n.rational()) -> put(number(n.rational()));
            case Sym s -> put(s.name());
            case Call c -> {
                put(c.function().text());
                for (int i = 0; i < c.arguments().size(); i++) {
                    put(i == 0 ? "(" : ", ");
                    sum(c.arguments().get(i));
                }
                put(c.arguments().isEmpty() ? "" : ")");
            }
            case Num n -> parenthesised(n);
            case Add a -> parenthesised(a);
            case Mul m -> parenthesised(m);
            case Pow p -> parenthesised(p);
        }
    }

    private void parenthesised(Expr e) {
        put("(");
        if (e instanceof Add a) terms(Fraction.inParentheses(a));
        else sum(e);
        put(")");
    }

    static String number(Rational r) {
        return r.isInteger() ? Long.toString(r.numerator()) : Decimal.text(r.toDouble());
    }

    private void put(String s) {
        out.append(s);
        if (out.length() > MAX_LENGTH) {
            throw new ExprException("the expression is longer than " + MAX_LENGTH + " characters when written out");
        }
    }
}
