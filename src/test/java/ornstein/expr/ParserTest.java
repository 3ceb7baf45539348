package ornstein.expr;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ornstein.spec.UserError;

class ParserTest {
    private static final List<String> NAMES = List.of("x", "y", "sigma", "t");
    private static final Map<String, Double> POINT = Map.of("x", 2.0, "y", 3.0, "sigma", 0.5, "t", 10.0);

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "-x^2; -4",
                "(-x)^2; 4",
                "2^x^y; 256",
                "(2^x)^y; 64",
                "2^-x; 0.25",
                "x^-y; 0.125",
                "-x^-2; -0.25",
                "x - y - t; -11",
                "t/x/y; 1.6666666666666667",
                "t/x*y; 15",
                "x*-y; -6",
                "--x; 2",
                "+x; 2",
                "1e-3*x; 0.002",
                ".5*x; 1",
                "5.*x; 10",
                "1E+2; 100",
                "0.1 + 0.2; 0.3",
                "sqrt(x^2 + 5); 3",
                "min(x, y)*max(x, y); 6",
                "cos(pi*x); 1",
                "abs(x - y) + sign(x - y); 0",
                "select(x - y, 1, 2) + floor(7/2); 5",
            })
    void valuesAreThoseOfMathematics(String text, double value) {
        assertEquals(value, Eval.of(parse(text), POINT), 1e-15);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "x + ; expected a number, a name, a function or '(', found the end (column 4",
                "x + * y; expected a number, a name, a function or '(', found '*' (column 5",
                "(x + y; expected ')', found the end (column 7",
                "x + y); expected an operator or the end, found ')' (column 6",
                "2x; a name follows a number; multiplication is written with '*' (column 2",
                "x y; expected an operator or the end, found 'y' (column 3",
                "x ** 2; '**' is not an operator; powers are written with '^' (column 4",
                "x + sgima; unknown name 'sgima'; did you mean \"sigma\"?",
                "sine(x); unknown function 'sine'; did you mean \"sin\"?",
                "x(2); unknown function 'x'",
                "sin x; the function sin needs an argument in parentheses (column 1",
                "sin(x, y); sin takes 1 argument, not 2 (column 1",
                "min(x); min takes 2 arguments, not 1 (column 1",
                "sin(); expected a number, a name, a function or '(', found ')' (column 5",
                "1e999; the number '1e999' is too large for double precision (column 1",
                "1e-999; the number '1e-999' is too small for double precision (column 1",
                "1e; a number ends with 'e' without an exponent",
                "x/0; division by zero in a constant (column 3",
                "x/(2 - 2); division by zero in a constant (column 3",
                "1e300*1e300; a constant overflows the range of double precision (column 1",
                "x ? y; found '?' (column 3",
                "; expected a number",
            })
    void errorsSayWhereAndWhat(String text, String message) {

        String said = error(text == null ? "" : text);
        assertTrue(said.contains(message), said);
    }

    @Test
    void blanksDoNotMatter() {
        assertEquals(parse("(x+y)^2"), parse(" ( x\n +\ty\r\n)^ 2 "));
    }

    @Test
    void errorsPointAtTheCharacter() {
        String message = error("x +\n  y*sgima + 1");
        assertTrue(message.startsWith("drift: unknown name 'sgima'; did you mean \"sigma\"?"), message);
        assertTrue(message.contains("(line 2, column 5 of the expression)\n    y*sgima + 1\n      ^"), message);
    }

    @Test
    void hostileTextIsRefusedAtOnce() {
        refused("(".repeat(30_000) + "x" + ")".repeat(30_000), "nested more than 256 deep");
        refused("-".repeat(60_000) + "x", "nested more than 256 deep");
        refused("x^".repeat(30_000) + "x", "nested more than 256 deep");
        refused("sin(".repeat(16_000), "nested more than 256 deep");
        refused("x".repeat(Parser.MAX_LENGTH + 1), "at most 65536");
        refused("x".repeat(Parser.MAX_LENGTH), "unknown name");
        refused("9".repeat(60_000), "too large");
        refused("x + \u0000", "found 'U+0000'");
        refused("x\u00a0+ 1", "found 'U+00A0'");
        refused("\u03c3*x", "found 'U+03C3'");
        refused("x + \ud83d\ude00", "found 'U+D83D'");
        refused("\u0661 + x", "found 'U+0661'");
        refused("x + 1e", "without an exponent");
        refused("(".repeat(100_000), "at most 65536");
    }

    @Test
    void longTextIsReadAndDifferentiated() {
        assertTimeoutPreemptively(ofSeconds(60), () -> {
            assertEquals(32_000.0, Eval.of(parse("x+".repeat(31_999) + "x"), Map.of("x", 1.0)));
            parse("x*y+".repeat(16_000) + "x");
            Expr towers = parse("((".repeat(60) + "x" + "+1)^2+y)^3".repeat(60));
            assertTrue(towers.depth() < 300);
            Expr.Sym x = Expr.sym("x");
            Derivative.of(Derivative.of(towers, x), x);
            StringBuilder factors = new StringBuilder("1");
            for (int i = 0; i < 4_000; i++) {
                factors.append("*(x+").append(i).append(')');
            }
            Expr product = parse(factors.toString());
            assertThrows(ExprException.class, () -> Derivative.of(product, x));
        });
    }

    /// Whatever the text: an expression or a message, never anything else.
    @Property(tries = 5000, seed = "2")
    void everyTextGivesAnExpressionOrAMessage(@ForAll String text) {
        try {
            parse(text);
        } catch (UserError e) {
            assertTrue(e.getMessage().startsWith("drift: "));
        }
    }

    private static void refused(String text, String because) {
        String message = assertTimeoutPreemptively(ofSeconds(60), () -> error(text));
        assertTrue(message.contains(because), message);
        assertTrue(message.length() < 400, message);
    }

    private static Expr parse(String text) {
        return Parser.parse(text, NAMES, "drift");
    }

    private static String error(String text) {
        return assertThrows(UserError.class, () -> parse(text)).getMessage();
    }
}
