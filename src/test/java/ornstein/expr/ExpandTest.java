package ornstein.expr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpandTest {
    private static final List<String> XYZ = List.of("x", "y", "z");

    @Provide
    Arbitrary<Tree> trees() {
        return Tree.arbitrary(4, XYZ);
    }

    @Property(tries = 2000, seed = "5")
    void theValueIsTheSame(@ForAll("trees") Tree tree) {
        Point point = new Point(XYZ, new double[] {0.7, 1.3, -0.4}, 0);
        double want = tree.value(point).getValue();
        Assume.that(point.largest() < 1e4);
        Expr e = Expand.of(Parser.parse(tree.text(), XYZ, "test"));
        assertEquals(want, Eval.of(e, point.values()), 1e-10 * Math.pow(point.largest(), 2), tree::text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "(x + y)^2 - x^2 - 2*x*y - y^2; 0",
                "(x + y)*(x - y); x^2 - y^2",
                "2*(x + y) + 3*(x - y); 5*x - y",
                "(x + 1)^3; x^3 + 3*x^2 + 3*x + 1",
                "sin((x + y)^2 - 2*x*y); sin(x^2 + y^2)",
                "(x + sqrt(y))*(x - sqrt(y)); x^2 - y",
                "(1 + 1/x)*x; x + 1",
            })
    void equalPolynomialsBecomeEqual(String a, String b) {
        assertSame(Parser.parse(b, XYZ, "test"), Expand.of(Parser.parse(a, XYZ, "test")));
    }

    @Test
    void whatWouldBecomeTooLongStays() {
        Expr e = Parser.parse("(x + y + z + 1)^200", XYZ, "test");
        assertSame(e, Expand.of(e));
        Expr short2 = Parser.parse("(x + y)^10", XYZ, "test");
        assertSame(short2, Expand.ifShorter(short2));
    }
}
