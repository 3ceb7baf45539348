package ornstein.expr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;
import org.junit.jupiter.api.Test;
import ornstein.expr.Derivative.Leaves;
import ornstein.expr.Expr.Sym;

class MapSeriesTest {
    private static final Sym H = Expr.sym("h");

    /// Euler's method on y' = f(y) with any f of one variable: the coefficients of f, f', f'', f'''.
    @Test
    void eulerInOneVariableHasTheKnownModifiedField() {
        Leaves chain = (s, x) -> switch (s.name()) {
            case "f" -> Expr.sym("f1");
            case "f1" -> Expr.sym("f2");
            case "f2" -> Expr.sym("f3");
            default -> s.equals(x) ? Expr.ONE : Expr.ZERO;
        };
        Sym x = Expr.sym("x");
        List<Expr> step = List.of(x.plus(H.times(Expr.sym("f"))));
        // the derivative in h must not touch f
        Leaves leaves = (s, v) -> v.equals(H) ? Leaves.INDEPENDENT.derivative(s, v) : chain.derivative(s, v);
        List<List<Expr>> field = MapSeries.of(step, List.of(x), H, 4, leaves).modifiedField();
        List<String> names = List.of("f", "f1", "f2", "f3");
        assertSame(Expr.sym("f"), field.get(0).get(0));
        assertSame(Parser.parse("-f1*f/2", names, "test"), field.get(1).get(0));
        assertSame(
                Parser.parse("f1^2*f/3 + f2*f^2/12", names, "test"),
                field.get(2).get(0));
        // f'''(f,f,f) does not occur; f''(f'f,f) and f'f''(f,f) are the same in one variable
        assertSame(
                Parser.parse("-f1^3*f/4 - f1*f2*f^2/6", names, "test"),
                field.get(3).get(0));
    }

    /// Each order in three variables against the elementary differentials (Hairer, Lubich and Wanner, section
    /// IX.1).
    @Test
    void eulerInThreeVariablesHasTheKnownModifiedField() {
        List<Sym> x = symbols("x", "y", "z");
        List<Expr> f = parse(x, "sin(y) - x^2*z", "x*y*z - exp(-x)", "cos(x*z) + y^3/5");
        List<List<Expr>> field = euler(f, x, 4).modifiedField();
        Map<String, Double> at = Map.of("x", 0.7, "y", -0.4, "z", 1.3);
        List<Expr> ff = Derivative.along(f, x, List.of(f));
        List<Expr> fff = Derivative.along(f, x, List.of(ff));
        List<Expr> ffff = Derivative.along(f, x, List.of(fff));
        List<Expr> f2 = Derivative.along(f, x, List.of(f, f));
        check(at, field.get(0), term(1, f));
        check(at, field.get(1), term(-1.0 / 2, ff));
        check(at, field.get(2), term(1.0 / 3, fff), term(1.0 / 12, f2));
        check(
                at,
                field.get(3),
                term(-1.0 / 4, ffff),
                term(-1.0 / 12, Derivative.along(f, x, List.of(ff, f))),
                term(-1.0 / 12, Derivative.along(f, x, List.of(f2))));
    }

    /// Gradient descent on x^4/4 from 1 to time 1: the published end points of the flows with 0, 1 and 2
    /// corrections.
    @Test
    void modifiedFlowsOfGradientDescentOnTheQuartic() {
        List<Sym> x = symbols("x");
        List<List<Expr>> field = euler(parse(x, "-x^3"), x, 4).modifiedField();
        double[][] errors = {
            {0.1, 1.690661e-2, 2.232921e-3, 4.095943e-4},
            {0.05, 8.176225e-3, 5.577787e-4, 5.164521e-5},
            {0.025, 4.024592e-3, 1.397688e-4, 6.486234e-6}
        };
        for (double[] row : errors) {
            double gd = 1;
            for (int k = 0; k < Math.round(1 / row[0]); k++) {
                gd -= row[0] * gd * gd * gd;
            }
            for (int corrections = 0; corrections <= 2; corrections++) {
                double end = flow(field.subList(0, corrections + 1), x, row[0], 1, new double[] {1})[0];
                assertEquals(row[corrections + 1], Math.abs(end - gd), 6e-7 * row[corrections + 1]);
            }
        }
    }

    /// One step of a map against the flow of its modified field with K terms, in three variables: the error falls
    /// as h^(K+1). The map is Heun's method, whose first correction vanishes.
    @Test
    void theFlowOfTheModifiedFieldIsTheMap() {
        List<Sym> x = symbols("x", "y", "z");
        List<Expr> f = parse(x, "-x^3 + y*z", "-y + sin(x)", "-z/2 + x*y");
        List<Expr> ahead = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ahead.add(x.get(i).plus(H.times(f.get(i))));
        }
        List<Expr> there =
                Substitution.of(f, Map.of(x.get(0), ahead.get(0), x.get(1), ahead.get(1), x.get(2), ahead.get(2)));
        List<Expr> step = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            step.add(x.get(i).plus(H.times(f.get(i).plus(there.get(i)).times(0.5))));
        }
        MapSeries map = MapSeries.of(step, x, H, 4, Leaves.INDEPENDENT);
        List<List<Expr>> field = map.modifiedField();
        assertEquals(
                List.of(Expr.ZERO, Expr.ZERO, Expr.ZERO),
                field.get(1).stream().map(Expand::of).toList());
        double[] start = {0.8, -0.5, 1.1};
        for (int terms : new int[] {1, 3, 4}) {
            double coarse = distance(step, field.subList(0, terms), x, 0.05, start);
            double fine = distance(step, field.subList(0, terms), x, 0.025, start);
            double slope = Math.log(coarse / fine) / Math.log(2);
            int expected = terms == 1 ? 3 : terms + 1;
            assertEquals(expected, slope, 0.15, "terms " + terms);
        }
    }

    @Test
    void theFlowOfTheModifiedFieldHasTheCoefficientsOfTheMap() {
        List<Sym> x = symbols("x", "y");
        MapSeries map = euler(parse(x, "x*y", "x - y^2"), x, 4);
        MapSeries flow = MapSeries.flow(map.modifiedField(), x, Leaves.INDEPENDENT);
        for (int k = 0; k < 4; k++) {
            assertEquals(
                    map.coefficients().get(k),
                    flow.coefficients().get(k).stream().map(Expand::of).toList());
        }
    }

    /// Two steps of h are the flow for a time 2h of the same modified field.
    @Test
    void mapsCompose() {
        List<Sym> x = symbols("x", "y");
        MapSeries map = euler(parse(x, "x*y - x^3", "sin(x)"), x, 4);
        List<List<Expr>> once = map.modifiedField();
        List<List<Expr>> twice = map.then(map).modifiedField();
        Map<String, Double> at = Map.of("x", 0.4, "y", -1.2);
        for (int k = 0; k < 4; k++) {
            check(at, twice.get(k), term(2, once.get(k)));
        }
    }

    /// Two batches (Smith et al., arXiv:2101.12176), epochs of m = 2 losses: the mean over random orders, n steps a
    /// batch, and an order followed by its reverse all follow the flow on L + (eta/4m) sum |grad L_k|^2, with the
    /// step size of one step.
    @Test
    void epochsHaveTheirModifiedLoss() {
        List<Sym> x = symbols("x", "y");
        List<Expr> losses = parse(x, "x^4/4 + x*y", "sin(x)*y^2");
        MapSeries a = gradientStep(losses.get(0), x);
        MapSeries b = gradientStep(losses.get(1), x);
        Expr squares = Expr.ZERO;
        for (Expr l : losses) {
            for (Expr g : Derivative.gradient(l, x)) {
                squares = squares.plus(g.pow(2));
            }
        }
        Expr sum = losses.get(0).plus(losses.get(1));
        List<MapSeries> once = List.of(a.then(b), b.then(a));
        List<MapSeries> thrice = List.of(
                a.then(a).then(a).then(b).then(b).then(b),
                b.then(b).then(b).then(a).then(a).then(a));
        List<MapSeries> reversed = List.of(a.then(b).then(b).then(a));
        follows(MapSeries.mean(once), x, 1, sum, squares);
        follows(MapSeries.mean(thrice), x, 3, sum, squares);
        follows(MapSeries.mean(reversed), x, 2, sum, squares);
    }

    /// @param steps a batch; the flow on (1/m) sum runs for the time m steps h
    private static void follows(MapSeries map, List<Sym> x, int steps, Expr sum, Expr squares) {
        Map<String, Double> at = Map.of("x", 0.4, "y", -1.2);
        List<List<Expr>> field = map.modifiedField();
        check(at, field.get(0), term(-steps, Derivative.gradient(sum, x)));
        check(at, field.get(1), term(-steps / 4.0, Derivative.gradient(squares, x)));
    }

    private static MapSeries gradientStep(Expr loss, List<Sym> x) {
        return euler(Derivative.gradient(loss, x).stream().map(Expr::negate).toList(), x, 2);
    }

    @Test
    void aStepThatIsNotNearTheIdentityIsRefused() {
        List<Sym> x = symbols("x");
        assertThrows(ExprException.class, () -> MapSeries.of(parse(x, "x/2"), x, H, 2, Leaves.INDEPENDENT));
        assertTrue(MapSeries.of(List.of(x.get(0)), x, H, 2, Leaves.INDEPENDENT).order() == 2);
    }

    private static MapSeries euler(List<Expr> f, List<Sym> x, int order) {
        List<Expr> step = new ArrayList<>();
        for (int i = 0; i < f.size(); i++) {
            step.add(x.get(i).plus(H.times(f.get(i))));
        }
        return MapSeries.of(step, x, H, order, Leaves.INDEPENDENT);
    }

    private record Term(double factor, List<Expr> field) {}

    private static Term term(double factor, List<Expr> field) {
        return new Term(factor, field);
    }

    private static void check(Map<String, Double> at, List<Expr> field, Term... terms) {
        double[] value = Eval.of(field, at);
        for (int i = 0; i < value.length; i++) {
            double sum = 0;
            for (Term t : terms) {
                sum += t.factor() * Eval.of(t.field(), at)[i];
            }
            assertEquals(sum, value[i], 1e-12 * (1 + Math.abs(sum)));
        }
    }

    private static double distance(List<Expr> step, List<List<Expr>> field, List<Sym> x, double h, double[] start) {
        double[] mapped = Eval.of(step, point(x, start, h));
        double[] flowed = flow(field, x, h, h, start);
        double d = 0;
        for (int i = 0; i < mapped.length; i++) {
            d = Math.max(d, Math.abs(mapped[i] - flowed[i]));
        }
        return d;
    }

    /// The flow of f_0 + h f_1 + ... by a Runge-Kutta method of order 8.
    private static double[] flow(List<List<Expr>> field, List<Sym> x, double h, double time, double[] start) {
        List<Expr> f = new ArrayList<>();
        for (int i = 0; i < x.size(); i++) {
            Expr sum = Expr.ZERO;
            for (int k = 0; k < field.size(); k++) {
                sum = sum.plus(H.pow(k).times(field.get(k).get(i)));
            }
            f.add(sum);
        }
        OrdinaryDifferentialEquation equation = new OrdinaryDifferentialEquation() {
            @Override
            public int getDimension() {
                return x.size();
            }

            @Override
            public double[] computeDerivatives(double t, double[] y) {
                return Eval.of(f, point(x, y, h));
            }
        };
        return new DormandPrince853Integrator(1e-10, 1, 1e-14, 1e-14)
                .integrate(equation, new ODEState(0, start), time)
                .getPrimaryState();
    }

    private static Map<String, Double> point(List<Sym> x, double[] values, double h) {
        Map<String, Double> point = new HashMap<>(Map.of("h", h));
        for (int i = 0; i < values.length; i++) {
            point.put(x.get(i).name(), values[i]);
        }
        return point;
    }

    private static List<Sym> symbols(String... names) {
        return java.util.Arrays.stream(names).map(Expr::sym).toList();
    }

    private static List<Expr> parse(List<Sym> x, String... texts) {
        List<String> names = x.stream().map(Sym::name).toList();
        return java.util.Arrays.stream(texts)
                .map(t -> Parser.parse(t, names, "test"))
                .toList();
    }
}
