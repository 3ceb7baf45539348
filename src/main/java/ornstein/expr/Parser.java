package ornstein.expr;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import ornstein.spec.Nearest;
import ornstein.spec.UserError;

/// Text to expression: `+ - * / ^`, parentheses, finite numbers, names, and the functions of [Function] and `sqrt`. As
/// in
/// mathematics `^` binds to the right and before a minus sign: `-x^2` is `-(x^2)`, `a^b^c` is `a^(b^c)`, and `2^-x` is
/// allowed. Multiplication is always written.
///
/// A text has at most 65,536 characters and nests at most 256 deep. Errors name the place, the position in the text,
/// and
/// what was expected or the nearest known name.
public final class Parser {
    public static final int MAX_LENGTH = 65_536;
    public static final int MAX_DEPTH = 256;

    private final String text;
    private final String place;
    private final Set<String> names;
    private int at;
    private int depth;

    private Parser(String text, Collection<String> names, String place) {
        this.text = text;
        this.names = new LinkedHashSet<>(names);
        this.place = place;
    }

    /// @param names the symbols that the text may use
    /// @param place where the text stands (file, line, key), the start of every error message
    /// @throws UserError if the text is not an expression in these names, or passes a limit
    public static Expr parse(String text, Collection<String> names, String place) {
        if (text.length() > MAX_LENGTH) {
            throw new UserError(place + ": the expression has " + text.length() + " characters; at most " + MAX_LENGTH
                    + " are allowed");
        }
        Parser p = new Parser(text, names, place);
        Expr e = p.sum();
        p.skipBlanks();
        if (p.at < text.length()) {
            throw p.unexpected("an operator or the end");
        }
        return e;
    }

    private Expr sum() {
        int start = position();
        List<Expr> terms = new ArrayList<>();
        terms.add(product());
        while (true) {
            if (take('+')) {
                terms.add(product());
            } else if (take('-')) {
                terms.add(product().negate());
            } else {
                return terms.size() == 1 ? terms.get(0) : built(start, () -> Expr.sum(terms));
            }
        }
    }

    private Expr product() {
        int start = position();
        List<Expr> factors = new ArrayList<>();
        factors.add(signed());
        while (true) {
            if (take('*')) {
                if (peek() == '*') {
                    throw error(at, "'**' is not an operator; powers are written with '^'");
                }
                factors.add(signed());
            } else if (take('/')) {
                int divisor = position();
                Expr e = signed();
                factors.add(built(divisor, () -> e.pow(-1)));
            } else {
                return factors.size() == 1 ? factors.get(0) : built(start, () -> Expr.product(factors));
            }
        }
    }

    private Expr signed() {
        int start = position();
        if (++depth > MAX_DEPTH) {
            throw error(at, "the expression is nested more than " + MAX_DEPTH + " deep");
        }
        Expr e;
        if (take('-')) {
            e = signed().negate();
        } else if (take('+')) {
            e = signed();
        } else {
            Expr base = atom();
            if (take('^')) {
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
        char c = peek();
        if (take('(')) {
            Expr e = sum();
            expect(')');
            return e;
        }
        if (isDigit(c) || c == '.') {
            return number();
        }
        if (isLetter(c)) {
            return name();
        }
        throw unexpected("a number, a name, a function or '('");
    }

    private Expr number() {
        int start = at;
        digits();
        if (current() == '.') {
            at++;
            digits();
        }
        if (current() == 'e' || current() == 'E') {
            at++;
            if (current() == '+' || current() == '-') {
                at++;
            }
            if (!isDigit(current())) {
                throw error(at, "a number ends with 'e' without an exponent");
            }
            digits();
        }
        if (isLetter(current())) {
            throw error(at, "a name follows a number; multiplication is written with '*'");
        }
        String literal = text.substring(start, at);
        if (literal.equals(".")) {
            throw error(start, "expected a number, found '.'");
        }
        double value = Double.parseDouble(literal);
        if (!Double.isFinite(value)) {
            throw error(start, "the number " + shown(literal) + " is too large for double precision");
        }
        if (value == 0 && !literal.matches("[0.]+([eE].*)?")) {
            throw error(start, "the number " + shown(literal) + " is too small for double precision");
        }
        return Expr.num(value);
    }

    private void digits() {
        while (isDigit(current())) {
            at++;
        }
    }

    private Expr name() {
        int start = at;
        while (isLetter(current()) || isDigit(current())) {
            at++;
        }
        String name = text.substring(start, at);
        boolean call = peek() == '(';
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
        if (!take('(')) {
            throw error(start, "the function " + name + " needs an argument in parentheses");
        }
        List<Expr> x = new ArrayList<>();
        do {
            x.add(sum());
        } while (take(','));
        expect(')');
        if (x.size() != arity) {
            throw error(
                    start, name + " takes " + arity + (arity == 1 ? " argument" : " arguments") + ", not " + x.size());
        }
        return x;
    }

    private UserError unknown(int start, String name, boolean call) {
        Set<String> known = new LinkedHashSet<>(call ? Set.of() : names);
        for (Function f : Function.values()) {
            if (call == (f != Function.PI)) {
                known.add(f.text());
            }
        }
        if (call) {
            known.add("sqrt");
        }
        return error(start, "unknown " + (call ? "function " : "name ") + shown(name) + Nearest.hint(name, known));
    }

    // ---- characters ----

    private int position() {
        skipBlanks();
        return at;
    }

    private void skipBlanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    /// The character here, 0 at the end.
    private char current() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private char peek() {
        skipBlanks();
        return current();
    }

    private boolean take(char c) {
        if (peek() != c || at == text.length()) {
            return false;
        }
        at++;
        return true;
    }

    private void expect(char c) {
        if (!take(c)) {
            throw unexpected("'" + c + "'");
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    // ---- errors ----

    private <T> T built(int start, Supplier<T> build) {
        try {
            return build.get();
        } catch (ExprException e) {
            throw error(start, e.getMessage() == null ? "impossible" : e.getMessage());
        }
    }

    private UserError unexpected(String expected) {
        skipBlanks();
        String found = at == text.length() ? "the end" : shown(text.substring(at, at + 1));
        return error(at, "expected " + expected + ", found " + found);
    }

    private UserError error(int position, String message) {
        int lineStart = text.lastIndexOf('\n', position - 1) + 1;
        int lineEnd = text.indexOf('\n', position) < 0 ? text.length() : text.indexOf('\n', position);
        long line =
                1 + text.substring(0, lineStart).chars().filter(c -> c == '\n').count();
        int from = Math.max(lineStart, position - 40);
        int to = Math.max(from, Math.min(lineEnd, position + 30));
        String where = (line > 1 ? "line " + line + ", " : "") + "column " + (position - lineStart + 1);
        return new UserError(place + ": " + message + " (" + where + " of the expression)\n  "
                + printable(text.substring(from, to)) + "\n  " + " ".repeat(position - from) + "^");
    }

    private static String shown(String s) {
        return "'" + printable(s.length() > 40 ? s.substring(0, 40) + "..." : s) + "'";
    }

    /// Printable ASCII as it is, everything else as '?', or as its code where it stands alone.
    private static String printable(String s) {
        if (s.length() == 1 && (s.charAt(0) < ' ' || s.charAt(0) > '~')) {
            return "U+%04X".formatted((int) s.charAt(0));
        }
        return s.chars()
                .map(c -> c < ' ' || c > '~' ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
