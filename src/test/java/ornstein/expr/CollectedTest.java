package ornstein.expr;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CollectedTest {
    private static final List<String> NAMES = List.of("a", "b", "x", "y", "z");
    private static final List<Expr.Sym> CONSTANTS = List.of(Expr.sym("a"), Expr.sym("b"));

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "x/(1 - a) + a*x/(1 - a)^2; x/(1 - a)^2",
                "a^2*x/(2*(1 - a)^2) + a^2*x/(1 - a)^3 + a*x/(1 - a) + a*x/(1 - a)^2 + x/2; x*(a + 1)/(2*(1 - a)^3)",
                "(1 - a)*x + (1 + a)*x; 2*x",
                "a*x/4 + a*y/6 + a/2; a*(3*x + 2*y + 6)/12",
                "x/(1 - a) - a*x/(1 - a) - x; 0",
                "a*b*x/(1 - b) + a*x + y; y + a*x/(1 - b)",
                "(1 + 4*a + a^2)*x*sin(a); x*sin(a)*(a^2 + 4*a + 1)",
                "a*x/(1 - a)^2 - x/(1 - a)^2; -x/(1 - a)",
                "x*a^-2 + y*a^-2; (x + y)/a^2",
                "0.3*a*x + a*y/4; 0.05*a*(6*x + 5*y)",
            })
    void coefficientsAreWrittenInFactors(String given, String text) {
        Expr e = Parser.parse(given, NAMES, "test");
        assertEquals(text, Text.of(Collected.of(e, CONSTANTS)));
    }

    @Provide
    Arbitrary<Tree> trees() {
        return Tree.arbitrary(4, NAMES);
    }

    @Property(tries = 2000, seed = "6")
    void theValueIsTheSame(@ForAll("trees") Tree tree) {
        Expr e;
        try {
            e = Parser.parse(tree.text(), NAMES, "test");
        } catch (ornstein.spec.UserError | ExprException skipped) {
            return;
        }
        Map<String, Double> at = Map.of("a", 0.37, "b", 0.61, "x", 1.3, "y", 0.71, "z", 0.4);
        double value = Eval.of(e, at);
        double collected = Eval.of(Collected.of(Expand.of(e), CONSTANTS), at);
        if (Double.isFinite(value)) assertEquals(value, collected, 1e-8 * (1 + Math.abs(value)));
    }
}
