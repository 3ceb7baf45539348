package ornstein.expr;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import ornstein.spec.Nearest;
import ornstein.spec.UserError;

/// Text to expression: `+ - * / ^`, parentheses, finite numbers, names, and the functions of [Function] and `sqrt`.
/// As in mathematics `^` binds to the right and before a minus sign: `-x^2` is `-(x^2)`, `a^b^c` is `a^(b^c)`, and
/// `2^-x` is allowed. Multiplication is always written.
///
/// A text has at most 65,536 characters and nests at most 256 deep. Errors name the place, the position in the
/// text, and what was expected or the nearest known name.
public final class Parser {
    public static final int MAX_LENGTH = 65_536;
    public static final int MAX_DEPTH = 256;

    private final Cursor text;
    private final Set<String> names;
    private int depth;

    private Parser(Cursor text, Collection<String> names) {
        this.text = text;
        this.names = new LinkedHashSet<>(names);
    }

    /// @param names the symbols that the text may use
    /// @param place where the text stands (file, line, key), the start of every error message
    /// @throws UserError if the text is not an expression in these names, or passes a limit
    public static Expr parse(String text, Collection<String> names, String place) {
        if (text.length() > MAX_LENGTH) {
            throw new UserError(place + ": the expression has " + text.length() + " characters; at most " + MAX_LENGTH
                    + " are allowed");
        }
        Cursor cursor = new Cursor(text, place);
        Expr e = new Parser(cursor, names).sum();
        if (!cursor.atEnd()) {
            throw cursor.unexpected("an operator or the end");
        }
        return e;
    }

    private Expr sum() {
        int start = text.position();
        List<Expr> terms = new ArrayList<>();
        terms.add(product());
        while (true) {
            if (text.take('+')) {
                terms.add(product());
            } else if (text.take('-')) {
                terms.add(product().negate());
            } else {
                return terms.size() == 1 ? terms.get(0) : built(start, () -> Expr.sum(terms));
            }
        }
    }

    private Expr product() {
        int start = text.position();
        List<Expr> factors = new ArrayList<>();
        factors.add(signed());
        while (true) {
            if (text.take('*')) {
                if (text.peek() == '*') {
                    throw text.error(text.position(), "'**' is not an operator; powers are written with '^'");
                }
                factors.add(signed());
            } else if (text.take('/')) {
                int divisor = text.position();
                Expr e = signed();
                factors.add(built(divisor, () -> e.pow(-1)));
            } else {
                return factors.size() == 1 ? factors.get(0) : built(start, () -> Expr.product(factors));
            }
        }
    }

    private Expr signed() {
        int start = text.position();
        if (++depth > MAX_DEPTH) {
            throw text.error(start, "the expression is nested more than " + MAX_DEPTH + " deep");
        }
        Expr e;
        if (text.take('-')) {
            e = signed().negate();
        } else if (text.take('+')) {
            e = signed();
        } else {
            Expr base = atom();
            if (text.take('^')) {
                Expr exponent = signed();
                e = built(start, () -> base.pow(exponent));
            } else {
                e = base;
            }
        }
        depth--;
        return e;
    }

    private Expr atom() {
        if (text.take('(')) {
            Expr e = sum();
            text.expect(')');
            return e;
        }
        if (text.atNumber()) {
            return Expr.num(text.number());
        }
        if (text.atName()) {
            return named();
        }
        throw text.unexpected("a number, a name, a function or '('");
    }

    private Expr named() {
        int start = text.position();
        String name = text.name();
        boolean call = text.peek() == '(';
        if (!call && names.contains(name)) {
            return Expr.sym(name);
        }
        if (name.equals("pi") && !call) {
            return Expr.PI;
        }
        if (name.equals("sqrt")) {
            Expr e = arguments(start, name, 1).get(0);
            return built(start, e::sqrt);
        }
        Function f = Function.named(name).orElse(Function.PI);
        if (f == Function.PI) {
            throw unknown(start, name, call);
        }
        List<Expr> x = arguments(start, name, f.arity());
        return built(start, () -> Normal.call(f, x));
    }

    private List<Expr> arguments(int start, String name, int arity) {
        if (!text.take('(')) {
            throw text.error(start, "the function " + name + " needs an argument in parentheses");
        }
        List<Expr> x = new ArrayList<>();
        do {
            x.add(sum());
        } while (text.take(','));
        text.expect(')');
        if (x.size() != arity) {
            throw text.error(
                    start, name + " takes " + arity + (arity == 1 ? " argument" : " arguments") + ", not " + x.size());
        }
        return x;
    }

    private UserError unknown(int start, String name, boolean call) {
        Set<String> known = new LinkedHashSet<>(call ? Set.of("sqrt") : names);
        for (Function f : Function.values()) {
            if (call == (f != Function.PI)) {
                known.add(f.text());
            }
        }
        return text.error(
                start, "unknown " + (call ? "function " : "name ") + Cursor.shown(name) + Nearest.hint(name, known));
    }

    private <T> T built(int start, Supplier<T> build) {
        try {
            return build.get();
        } catch (ExprException e) {
            throw text.error(start, String.valueOf(e.getMessage()));
        }
    }
}
