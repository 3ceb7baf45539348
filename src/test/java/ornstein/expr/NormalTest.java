package ornstein.expr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "x + y; y + x",
                "x - x; 0",
                "2*x + 3*x; 5*x",
                "x*y*x; x^2*y",
                "x/x; 1",
                "x^2/x; x",
                "sqrt(x)*sqrt(x); x",
                "sqrt(x)^3; x*sqrt(x)",
                "(x*y)^2; x^2*y^2",
                "(x^y)^2; x^(2*y)",
                "x^y*x; x^(y + 1)",
                "0*exp(x); 0",
                "x^0; 1",
                "1^x; 1",
                "x - (y - x); 2*x - y",
                "exp(log(x)); x",
                "log(exp(x)); x",
                "min(x, x); x",
                "sqrt(9/4); 3/2",
                "4^(-1/2); 1/2",
                "8^(5/3 - 2/3); 8",
                "1/3 + 1/6; 1/2",
                "0.1 + 0.2; 0.3",
                "sin(0) + cos(0); 1",
                "abs(-2) + sign(-3) + floor(-1/2); 0",
                "select(1, x, y) + select(0, x, y); x + y",
                "max(2, 3) - min(2, 3); 1",
                "sqrt(2)*sqrt(2); 2",
            })
    void equalExpressionsAreOneObject(String a, String b) {
        assertSame(parse(b), parse(a));
    }

    /// What would change a value where the written expression has one.
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"sqrt(x^2); x", "(x^2)^0.5; x", "(x^2)^1.5; x^3", "log(x*y); log(x) + log(y)", "abs(x); x"})
    void unsafeRulesAreNotApplied(String a, String b) {
        assertNotEquals(parse(b), parse(a));
    }

    @Test
    void constantsStayExactWhileTheyFit() {
        assertSame(Expr.ratio(1, 12), Expr.ratio(1, 3).times(Expr.ratio(1, 4)));
        assertSame(Expr.num(0.1), Expr.ratio(1, 10));
        assertEquals(0.1, Expr.num(0.1).value());
        Expr sum = Expr.ZERO;
        for (int i = 1; i <= 20; i++) {
            sum = sum.plus(Expr.ratio(1, i));
        }
        assertSame(Expr.ratio(55835135, 15519504), sum);
        // 1/53 + 1/59 + ...: past 53 bits, to double rounding
        double rounded = 0;
        Expr large = Expr.ZERO;
        for (int p : List.of(999983, 999979, 999961, 999959, 999953)) {
            large = large.plus(Expr.ratio(1, p));
            rounded += 1.0 / p;
        }
        assertEquals(rounded, ((Expr.Num) large).value(), 1e-20);
        assertEquals(Math.pow(3, 200), ((Expr.Num) Expr.num(3).pow(200)).value(), 1e80);
        assertThrows(ExprException.class, () -> Expr.num(10).pow(400));
        assertThrows(ExprException.class, () -> Expr.num(Double.NaN));
        assertSame(Expr.ZERO, Expr.num(-0.0));
    }

    /// A number does not multiply into a sum, so that x - y stays exact for x near y.
    @Test
    void cancellationInsideBracketsIsKept() {
        double x = 1 + 0x1p-40;
        assertEquals(0x1p-40 * 0.1, Eval.of(parse("0.1*(x - y)"), Map.of("x", x, "y", 1.0)), 1e-28);
    }

    @Test
    void depthIsLimited() {
        Expr e = Expr.sym("x");
        for (int i = 0; i < Expr.MAX_DEPTH - 1; i++) {
            e = Expr.call(Function.SIN, e);
        }
        Expr deep = e;
        assertTrue(Double.isFinite(Eval.of(deep, Map.of("x", 1.0))));
        assertThrows(ExprException.class, () -> Expr.call(Function.SIN, deep));
    }

    /// Nodes are unique across threads, too.
    @Test
    void threadsShareNodes() {
        List<Expr> made = java.util.stream.IntStream.range(0, 64)
                .parallel()
                .mapToObj(i -> parse("sin(x*y + " + (i % 4) + ")^2/(1 + exp(-x))"))
                .toList();
        for (int i = 4; i < made.size(); i++) {
            assertSame(made.get(i % 4), made.get(i));
        }
    }

    private static Expr parse(String text) {
        return Parser.parse(text, List.of("x", "y"), "test");
    }
}
