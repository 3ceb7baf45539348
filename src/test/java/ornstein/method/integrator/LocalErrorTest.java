package ornstein.method.integrator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.opentest4j.AssertionFailedError;
import ornstein.ensemble.order.NoiseNodes;
import ornstein.expr.Eval;
import ornstein.expr.Expr;
import ornstein.method.Method;
import ornstein.method.OneStep;
import ornstein.method.Order;
import ornstein.method.Settings;
import ornstein.method.Step;
import ornstein.method.StepMethod;
import ornstein.method.Symbols;
import ornstein.model.Model;
import ornstein.model.Noise;
import ornstein.model.SdeModel;

/// One step of every integrator against the expansion of the solution, for nonlinear equations that depend on
/// the time: all moments of the step to the fourth, exactly over its noise, and the distance to the
/// Ito-Taylor path.
class LocalErrorTest {
    private static final double[] SIZES = {0x1p-7, 0x1p-8};
    private static final double TIME = 0.25;

    private static final Map<Noise, String> MODELS = Map.of(
            Noise.ADDITIVE, """
            state: [x, y]
            drift: ["sin(x) - x*y/2 + t*x", "x^2/3 - y + t/2"]
            diffusion: [["0.4 + t/2", "0.3"], ["-0.2", "0.5 - t/3"]]
            """,
            Noise.DIAGONAL, """
            state: [x, y]
            drift: ["y - x^2/2 + t", "sin(x) - y"]
            diffusion: ["0.3 + x^2/4 + t/5", "0.5*cos(y)"]
            """,
            Noise.SCALAR, """
            state: [x, y]
            drift: ["y - x^2/2 + t", "sin(x) - y"]
            diffusion: [["0.3 + x*y/4 + t/5"], ["0.5*cos(x) - y/3"]]
            """,
            Noise.COMMUTATIVE, """
            state: [x, y]
            drift: ["y - x/2", "sin(x) - y"]
            diffusion: [["0.3*x*y", "0.2*x*y"], ["-0.2*y^2", "-0.2*y^2*2/3"]]
            """,
            Noise.GENERAL, """
            state: [x, y]
            drift: ["y - x^2/2 + t", "sin(x) - x*y"]
            diffusion: [["0.3 + x*y/4", "0.5*y + t/5"], ["0.4*x", "0.2 - x^2/3"]]
            """);

    record Case(StepMethod method, Order order, Noise problem) {
        @Override
        public String toString() {
            return method.name() + " " + order.noise() + " on " + problem;
        }

        SdeModel model() {
            return (SdeModel) Specs.of("kind: sde\nname: p\n" + MODELS.get(problem) + "start: [0.7, 0.4]\n");
        }

        Step step(double h) {
            return method.step(model(), Settings.of(h));
        }
    }

    /// Every kind of noise of which a method claims an order, on every problem that has this noise.
    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (Method m : Integrators.ALL) {
            for (Order order : m.orders()) {
                for (Noise problem : Noise.values()) {
                    Case c = new Case((StepMethod) m, order, problem);
                    if (m.suits(c.model()) && c.model().noise().contains(order.noise())) cases.add(c);
                }
            }
        }
        return cases.stream();
    }

    static Stream<Case> weak() {
        return cases().filter(c -> c.order().weak().isPresent());
    }

    static Stream<Case> strong() {
        return cases().filter(c -> c.order().strong().isPresent());
    }

    /// |E phi(x') - sum_(j <= p) h^j L^j phi/j!| = O(h^(p+1)) for all monomials phi to degree 4.
    @ParameterizedTest
    @MethodSource("weak")
    void momentsAreThoseOfTheEquation(Case c) {
        int order = (int) c.order().weak().getAsDouble();
        List<Expr> phis = new ArrayList<>();
        Expr x = c.model().state().get(0);
        Expr y = c.model().state().get(1);
        for (int p = 0; p <= 4; p++)
            for (int q = p == 0 ? 1 : 0; p + q <= 4; q++) phis.add(x.pow(p).times(y.pow(q)));
        double[][] errors = new double[SIZES.length][phis.size()];
        for (int s = 0; s < SIZES.length; s++) {
            Map<String, Double> at = at(SIZES[s]);
            ItoTaylor taylor = new ItoTaylor(c.model());
            for (Outcome o : outcomes(c.step(SIZES[s]), c.model())) {
                Map<String, Double> there = Map.of("x", o.x()[0], "y", o.x()[1]);
                for (int k = 0; k < phis.size(); k++) errors[s][k] += o.weight() * Eval.of(phis.get(k), there);
            }
            for (int k = 0; k < phis.size(); k++) {
                errors[s][k] -= Eval.of(taylor.mean(phis.get(k), order, Symbols.STEP_SIZE), at);
            }
        }
        check(errors, order + 1, c.toString());
    }

    /// The root mean square of x' minus the expansion of strong order p is O(h^(p+1/2)), its mean O(h^(p+1)).
    @ParameterizedTest
    @MethodSource("strong")
    void pathsAreThoseOfTheEquation(Case c) {
        double order = c.order().strong().getAsDouble();
        double[][] mean = new double[SIZES.length][2];
        double[] square = new double[SIZES.length];
        for (int s = 0; s < SIZES.length; s++) {
            Step step = c.step(SIZES[s]);
            Map<String, Double> at = at(SIZES[s]);
            int m = step.path().processes();
            assertEquals(c.model().noises(), m);
            List<Expr> z = new ArrayList<>();
            List<Expr> y = new ArrayList<>();
            for (int k = 0; k < m; k++) {
                z.add(Symbols.normal(k));
                y.add(Symbols.normal(m + k));
            }
            ItoTaylor taylor = new ItoTaylor(c.model());
            Expr h = Symbols.STEP_SIZE;
            List<Expr> paths = List.of(taylor.path(0, order, h, z, y), taylor.path(1, order, h, z, y));
            for (Outcome o : outcomes(step, c.model())) {
                for (int k = 0; k < step.normals(); k++)
                    at.put(Symbols.normal(k).name(), o.normals().get(k));
                double[] expected = Eval.of(paths, at);
                for (int i = 0; i < 2; i++) {
                    double d = o.x()[i] - expected[i];
                    mean[s][i] += o.weight() * d;
                    square[s] += o.weight() * d * d;
                }
            }
        }
        double[][] root = {{Math.sqrt(square[0])}, {Math.sqrt(square[1])}};
        check(root, order + 0.5, c + ", root mean square");
        check(mean, order + 1, c + ", mean");
    }

    @Test
    void anOrderThatIsNotThereIsNoticed() {
        Case euler = new Case(new EulerMaruyama(), Order.of(Noise.GENERAL, 1, 2), Noise.GENERAL);
        assertThrows(AssertionFailedError.class, () -> momentsAreThoseOfTheEquation(euler));
        assertThrows(AssertionFailedError.class, () -> pathsAreThoseOfTheEquation(euler));
        Case milstein = new Case(new Milstein(), Order.of(Noise.SCALAR, 1.5, 2), Noise.SCALAR);
        assertThrows(AssertionFailedError.class, () -> momentsAreThoseOfTheEquation(milstein));
    }

    /// With steps of half the size, no error over h^power grows by more than the next order can make it, a
    /// tenth of its own size and a fiftieth of the largest; an order less would double it.
    private static void check(double[][] errors, double power, String what) {
        double[] wide = Arrays.stream(errors[0])
                .map(e -> Math.abs(e) / Math.pow(SIZES[0], power))
                .toArray();
        double largest = Arrays.stream(wide).max().orElseThrow();
        double rounding = 1e-14 / Math.pow(SIZES[1], power);
        for (int k = 0; k < wide.length; k++) {
            double narrow = Math.abs(errors[1][k]) / Math.pow(SIZES[1], power);
            assertTrue(
                    narrow <= 1.1 * wide[k] + 0.02 * largest + rounding,
                    what + ", number " + k + ": " + wide[k] + " grows to " + narrow);
        }
    }

    private record Outcome(double weight, double[] x, List<Double> normals) {}

    private static List<Outcome> outcomes(Step step, Model model) {
        OneStep one = new OneStep(step);
        double[] x = model.start().mean().stream().mapToDouble(v -> v).toArray();
        long k = Math.round(TIME / step.stepSize());
        List<Outcome> all = new ArrayList<>();
        for (NoiseNodes.Node node : NoiseNodes.of(step).orElseThrow()) {
            all.add(new Outcome(
                    node.weight(), one.next(x, k, node.noise()), node.noise().normals()));
        }
        return all;
    }

    private static Map<String, Double> at(double h) {
        Map<String, Double> at = new HashMap<>(Map.of("x", 0.7, "y", 0.4, "t", TIME));
        at.put(Symbols.STEP_SIZE.name(), h);
        return at;
    }
}
