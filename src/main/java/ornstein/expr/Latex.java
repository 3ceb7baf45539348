package ornstein.expr;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ornstein.expr.Expr.Add;
import ornstein.expr.Expr.Call;
import ornstein.expr.Expr.Mul;
import ornstein.expr.Expr.Num;
import ornstein.expr.Expr.Pow;
import ornstein.expr.Expr.Sym;

/// Expressions in LaTeX's mathematics: fractions, roots, powers, Greek letters by name, digits at the end of a name
/// and parts after `_` as subscripts.
public final class Latex {
    private static final Set<String> GREEK = Set.of(
            "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu",
            "xi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega", "Gamma", "Delta", "Theta", "Lambda",
            "Xi", "Sigma", "Upsilon", "Phi", "Psi", "Omega");
    private static final Pattern NAME = Pattern.compile("([A-Za-z]+)_?(.*)");

    private final StringBuilder out = new StringBuilder();

    private Latex() {}

    /// @throws ExprException if the text is longer than [Text#MAX_LENGTH]
    public static String of(Expr e) {
        Latex l = new Latex();
        l.sum(e);
        return l.out.toString();
    }

    /// The LaTeX of a name: `sigma1` is `\sigma_{1}`, `rate` is `\mathrm{rate}`.
    public static String name(String name) {
        Matcher m = NAME.matcher(name);
        if (!m.matches()) {
            return "\\mathrm{" + name.replaceAll("[^A-Za-z0-9]", " ") + "}";
        }
        String stem = GREEK.contains(m.group(1))
                ? "\\" + m.group(1)
                : m.group(1).length() == 1 ? m.group(1) : "\\mathrm{" + m.group(1) + "}";
        String index = m.group(2).replaceAll("[^A-Za-z0-9]", " ").strip();
        if (index.isEmpty()) {
            return stem;
        }
        return stem + "_{" + (index.length() == 1 || index.matches("[0-9]+") ? index : "\\mathrm{" + index + "}") + "}";
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

    private void product(Expr e, boolean further) {
        Fraction f = Fraction.of(e);
        put(f.negative() ? (further ? " - " : "-") : (further ? " + " : ""));
        if (f.denominator().isEmpty()) {
            factors(f.numerator());
        } else {
            put("\\frac{");
            line(f.numerator());
            put("}{");
            line(f.denominator());
            put("}");
        }
    }

    /// Above or below a line, where a sum needs no parentheses.
    private void line(List<Expr> factors) {
        if (factors.size() == 1 && factors.get(0) instanceof Add a) {
            terms(Fraction.inParentheses(a));
        } else {
            factors(factors);
        }
    }

    private void factors(List<Expr> factors) {
        for (int i = 0; i < factors.size(); i++) {
            put(i == 0 ? "" : factors.get(i) instanceof Num ? " \\cdot " : " ");
            power(factors.get(i));
        }
    }

    private void power(Expr e) {
        if (!(e instanceof Pow p)) {
            atom(e);
        } else if (p.exponent().equals(Expr.ratio(1, 2))) {
            put("\\sqrt{");
            sum(p.base());
            put("}");
        } else {
            if (p.base() instanceof Call c && c.function().arity() > 0) {
                parenthesised(c);
            } else {
                atom(p.base());
            }
            put("^{");
            sum(p.exponent());
            put("}");
        }
    }

    private void atom(Expr e) {
        switch (e) {
            case Num n
            when n.rational().signum() >= 0 && !Fraction.writtenAsQuotient(n.rational()) -> put(number(n.rational()));
            case Sym s -> put(name(s.name()));
            case Call c -> call(c);
            case Num n -> parenthesised(n);
            case Add a -> parenthesised(a);
            case Mul m -> parenthesised(m);
            case Pow p -> parenthesised(p);
        }
    }

    private void call(Call c) {
        List<Expr> x = c.arguments();
        switch (c.function()) {
            case PI -> put("\\pi");
            case ABS -> enclosed("\\left|", x, "\\right|");
            case FLOOR -> enclosed("\\left\\lfloor ", x, "\\right\\rfloor");
            case ATAN -> enclosed("\\arctan\\left(", x, "\\right)");
            case SIGN, SELECT -> enclosed("\\operatorname{" + c.function().text() + "}\\left(", x, "\\right)");
            default -> enclosed("\\" + c.function().text() + "\\left(", x, "\\right)");
        }
    }

    private void enclosed(String open, List<Expr> x, String close) {
        put(open);
        for (int i = 0; i < x.size(); i++) {
            put(i == 0 ? "" : ", ");
            sum(x.get(i));
        }
        put(close);
    }

    private void parenthesised(Expr e) {
        put("\\left(");
        if (e instanceof Add a) terms(Fraction.inParentheses(a));
        else sum(e);
        put("\\right)");
    }

    private static String number(Rational r) {
        String s = Text.number(r);
        int e = s.indexOf('e');
        if (e < 0) return s;
        String power = "10^{" + s.substring(e + 1) + "}";
        return e == 1 && s.charAt(0) == '1' ? power : s.substring(0, e) + " \\cdot " + power;
    }

    private void put(String s) {
        out.append(s);
        if (out.length() > Text.MAX_LENGTH) {
            throw new ExprException("the expression is longer than " + Text.MAX_LENGTH + " characters in LaTeX");
        }
    }
}
