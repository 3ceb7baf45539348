package ornstein.expr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {
    private static final List<String> XYZ = List.of("x", "y", "z");

    @Provide
    Arbitrary<Tree> trees() {
        return Tree.arbitrary(4, XYZ);
    }

    /// The same object, so the same value everywhere; also for derivatives, whose forms nobody typed.
    @Property(tries = 3000, seed = "3")
    void textReadsBackAsTheSameExpression(@ForAll("trees") Tree tree) {
        Expr e = parseOrSkip(tree.text());
        assertSame(e, parse(Text.of(e)));
        Expr d = Derivative.of(e, Expr.sym("x"));
        assertSame(d, parse(Text.of(d)));
    }

    @Property(tries = 1000, seed = "4")
    void withoutCommonSubexpressionsTheValueIsTheSame(@ForAll("trees") Tree tree) {
        Expr e = parseOrSkip(tree.text());
        List<Expr> outputs = new ArrayList<>(List.of(e, e.plus(Expr.ONE)));
        outputs.addAll(Derivative.gradient(e, XYZ.stream().map(Expr::sym).toList()));
        Map<String, Double> point = new HashMap<>(Map.of("x", 0.37, "y", 1.3, "z", 0.71));
        double[] want = Eval.of(outputs, point);
        Cse cse = Cse.of(outputs, "tmp");
        for (Cse.Temporary t : cse.temporaries()) {
            point.put(t.name().name(), Eval.of(t.value(), point));
        }
        double[] got = Eval.of(cse.outputs(), point);
        for (int i = 0; i < want.length; i++) {
            if (Double.isFinite(want[i])) {
                assertEquals(want[i], got[i], 1e-9 * (1 + Math.abs(want[i])));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "4*x - 4*x^3; -4*x^3 + 4*x; -4 x^{3} + 4 x",
                "x/3 + 0.1; x/3 + 0.1; \\frac{x}{3} + 0.1",
                "-(x + y); -(x + y); -\\left(x + y\\right)",
                "sqrt(2*x)/y; sqrt(2*x)/y; \\frac{\\sqrt{2 x}}{y}",
                "2*x/(3*y*z); 2*x/(3*y*z); \\frac{2 x}{3 y z}",
                "1/(x^2 + y^2); 1/(x^2 + y^2); \\frac{1}{x^{2} + y^{2}}",
                "tanh(x)^2; tanh(x)^2; \\left(\\tanh\\left(x\\right)\\right)^{2}",
                "abs(x)*pi; pi*abs(x); \\pi \\left|x\\right|",
                "x^(y - 1); x^(y - 1); x^{y - 1}",
                "(x^y)^z; (x^y)^z; \\left(x^{y}\\right)^{z}",
                "1e-30*x; 1e-30*x; 10^{-30} x",
                "-2.5e40*x; -2.5e40*x; -2.5 \\cdot 10^{40} x",
                "exp(-x); exp(-x); \\exp\\left(-x\\right)",
                "0.25 - x; -x + 1/4; -x + \\frac{1}{4}",
            })
    void textAndLatex(String given, String text, String latex) {
        assertEquals(text, Text.of(parse(given)));
        assertEquals(latex, Latex.of(parse(given)));
    }

    @Test
    void namesInLatex() {
        assertEquals("\\sigma", Latex.name("sigma"));
        assertEquals("\\sigma_{1}", Latex.name("sigma1"));
        assertEquals("x_{12}", Latex.name("x12"));
        assertEquals("\\Gamma_{0}", Latex.name("Gamma_0"));
        assertEquals("k_{\\mathrm{on}}", Latex.name("k_on"));
        assertEquals("\\mathrm{rate}", Latex.name("rate"));
        assertEquals("\\eta", Latex.name("eta"));
    }

    @Test
    void aGraphThatIsTooLongToWriteIsRefused() {
        Expr e = Expr.sym("x");
        for (int i = 0; i < 60; i++) {
            e = Expr.call(Function.SIN, e).plus(Expr.call(Function.COS, e));
        }
        Expr big = e;
        assertThrows(ExprException.class, () -> Text.of(big));
        assertThrows(ExprException.class, () -> Latex.of(big));
        assertTrue(big.toString().startsWith("(an expression of depth"));
    }

    private static Expr parse(String text) {
        return Parser.parse(text, XYZ, "test");
    }

    private static Expr parseOrSkip(String text) {
        try {
            return parse(text);
        } catch (ornstein.spec.UserError e) {
            Assume.that(false);
            throw e;
        }
    }
}
