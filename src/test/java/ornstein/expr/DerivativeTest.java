package ornstein.expr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.hipparchus.analysis.differentiation.DerivativeStructure;
import org.junit.jupiter.api.Test;

class DerivativeTest {
    private static final List<String> XYZ = List.of("x", "y", "z");
    private static final double LARGE = 1e3;

    @Provide
    Arbitrary<Tree> trees() {
        return Tree.arbitrary(4, XYZ);
    }

    @Provide
    Arbitrary<double[]> points() {
        return Arbitraries.doubles()
                .between(-2, 2)
                .ofScale(3)
                .array(double[].class)
                .ofSize(3);
    }

    /// Every partial derivative through order 3 in three variables, against Hipparchus.
    @Property(tries = 3000, seed = "1")
    void derivativesThroughOrderThreeAgreeWithAutomaticDifferentiation(
            @ForAll("trees") Tree tree, @ForAll("points") double[] x) {
        Point point = new Point(XYZ, x, 3);
        DerivativeStructure expected = tree.value(point);
        boolean tame = point.largest() < LARGE && !nearKink(tree, x);
        Statistics.label("finite").collect(tame).coverage(c -> c.check(true).percentage(p -> p > 25));
        if (!tame) {
            return;
        }
        Expr e = Parser.parse(tree.text(), XYZ, "test");
        for (int i = 0; i <= 3; i++) {
            Expr ei = nth(e, "x", i);
            for (int j = 0; i + j <= 3; j++) {
                Expr eij = nth(ei, "y", j);
                for (int k = 0; i + j + k <= 3; k++) {
                    double value = Eval.of(nth(eij, "z", k), point.values());
                    double want = expected.getPartialDerivative(i, j, k);
                    assertEquals(want, value, 1e-12 * point.largest() * point.largest(), () -> tree.text() + " = " + e);
                }
            }
        }
    }

    private static Expr nth(Expr e, String x, int n) {
        Expr d = e;
        for (int i = 0; i < n; i++) {
            d = Derivative.of(d, Expr.sym(x));
        }
        return d;
    }

    /// Whether an argument of abs, or a difference in min or max, a divisor, or the base of a power is near 0.
    private static boolean nearKink(Tree t, double[] x) {
        boolean here = switch (t.op()) {
            case "abs", "sqrt", "log", "^" -> near(t.args().get(0), x, 0);
            case "/" -> near(t.args().get(1), x, 0);
            case "min", "max" -> near(new Tree("-", t.args()), x, 0);
            default -> false;
        };
        return here || t.args().stream().anyMatch(a -> nearKink(a, x));
    }

    private static boolean near(Tree t, double[] x, double kink) {
        return Math.abs(t.value(new Point(XYZ, x, 0)).getValue() - kink) < 0.05;
    }

    @Test
    void kinksHaveTheMeanOfTheOneSidedDerivatives() {
        assertEquals(0, slope("abs(x)", 0));
        assertEquals(-1, slope("abs(x)", -2));
        assertEquals(0.5, slope("max(x, 0)", 0));
        assertEquals(0.5, slope("max(0, x)", 0));
        assertEquals(1, slope("max(x, 0)", 1));
        assertEquals(0, slope("max(x, 0)", -1));
        assertEquals(2, slope("min(3*x, x)", 0));
        assertEquals(3, slope("min(3*x, x)", -1));
        assertEquals(0, slope("sign(x)", 1));
        assertEquals(12, slope("select(x - 1, x^3, -x)", 2));
        assertEquals(-1, slope("select(x - 1, x^3, -x)", 0));
    }

    /// The branch that is not taken may be infinite.
    @Test
    void anInactiveBranchDoesNotMatter() {
        assertEquals(1, slope("max(x, log(x))", 0));
        assertEquals(0, slope("min(exp(1e3*x), 1)", 1));
    }

    private static double slope(String text, double x) {
        Expr e = Parser.parse(text, List.of("x"), "test");
        return Eval.of(Derivative.of(e, Expr.sym("x")), java.util.Map.of("x", x));
    }

    @Test
    void hessianIsSymmetricAndDirectionalDerivativesContractIt() {
        List<Expr.Sym> x = XYZ.stream().map(Expr::sym).toList();
        Expr e = Parser.parse("exp(x*y)*sin(z) + x^3*y^2*z + log(1 + x^2)/z", XYZ, "test");
        List<List<Expr>> h = Derivative.hessian(e, x);
        List<Expr> v = List.of(Parser.parse("y*z", XYZ, "test"), Expr.num(2), Parser.parse("x^2", XYZ, "test"));
        List<Expr> g = Derivative.gradient(e, x);
        var point = java.util.Map.of("x", 0.3, "y", -0.7, "z", 1.1);
        List<Expr> hv = Derivative.along(g, x, List.of(v));
        List<Expr> tvv = Derivative.along(g, x, List.of(v, v));
        double[] vn = Eval.of(v, point);
        for (int i = 0; i < 3; i++) {
            double hvi = 0;
            double tvvi = 0;
            for (int j = 0; j < 3; j++) {
                double hij = Eval.of(h.get(i).get(j), point);
                assertEquals(hij, Eval.of(h.get(j).get(i), point), 1e-14);
                hvi += hij * vn[j];
                for (int k = 0; k < 3; k++) {
                    tvvi += Eval.of(Derivative.of(h.get(i).get(j), x.get(k)), point) * vn[j] * vn[k];
                }
            }
            assertEquals(hvi, Eval.of(hv.get(i), point), 1e-12);
            assertEquals(tvvi, Eval.of(tvv.get(i), point), 1e-12);
        }
    }

    /// f(f(f(...x))) with f = u*exp(u): as a tree 2^200 nodes, as a graph 400.
    @Test
    void sharedPartsStayShared() {
        Expr e = Expr.sym("x");
        for (int i = 0; i < 200; i++) {
            e = e.plus(Expr.num(0.5)).times(Expr.call(Function.TANH, e));
        }
        Expr third = nth(e, "x", 3);
        assertTrue(Double.isFinite(Eval.of(third, java.util.Map.of("x", 0.3))));
        assertTrue(Cse.of(List.of(third), "c").temporaries().size() < 20_000);
    }

    @Test
    void aSymbolCanHaveADerivativeOfItsOwn() {
        Expr e = Parser.parse("m^2*x", List.of("m", "x"), "test");
        Expr d = Derivative.of(
                e, Expr.sym("x"), (s, x) -> s.name().equals("m") ? Expr.sym("dm") : s.equals(x) ? Expr.ONE : Expr.ZERO);
        assertEquals(Parser.parse("m^2 + 2*m*x*dm", List.of("m", "x", "dm"), "test"), d);
    }
}
