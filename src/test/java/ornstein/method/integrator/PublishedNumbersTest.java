package ornstein.method.integrator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ornstein.ensemble.ExactLaw;
import ornstein.ensemble.order.MomentMap;
import ornstein.kernel.Backend;
import ornstein.kernel.Block;
import ornstein.kernel.Driven;
import ornstein.kernel.Kernel;
import ornstein.kernel.Precision;
import ornstein.method.Methods;
import ornstein.method.Settings;
import ornstein.method.Step;
import ornstein.method.StepMethod;
import ornstein.model.Model;
import ornstein.model.SdeModel;

/// Integrators against numbers that are known of them.
class PublishedNumbersTest {
    private static Step step(Model model, String method, Settings settings) {
        return ((StepMethod) Methods.named(method)).step(model, settings);
    }

    private static ExactLaw.At moments(Model model, String method, double h, long steps) {
        return MomentMap.of(step(model, method, Settings.of(h)))
                .orElseThrow()
                .at(model.start(), List.of(steps))
                .orElseThrow()
                .getFirst();
    }

    /// Stationary variance of dx = -2 x dt + dW in steps of 0.1; s^2/(h(2 - hD)) for Euler-Maruyama, s^2/(h(2 + hD))
    /// for
    /// the implicit Euler method, s^2/(2h) where it is exact.
    @ParameterizedTest
    @CsvSource({
        "euler-maruyama, .2777777778",
        "milstein, .2777777778",
        "euler-implicit, .2272727273",
        "heun-stratonovich, .2472527473",
        "trapezoid-implicit, .25",
        "leimkuhler-matthews, .25",
        "exact-ou, .25",
    })
    void theStationaryVarianceOfAnOuProcess(String method, double variance) {
        assertEquals(variance, moments(Specs.model("ou"), method, 0.1, 400).covariance()[0][0], 1e-10);
    }

    /// Of positions, BAOAB's variance T/k is exact for a harmonic oscillator, whatever the step.
    @Test
    void theStationaryVarianceOfAnOscillator() {
        for (double h : new double[] {0.1, 0.4, 0.9}) {
            ExactLaw.At late = moments(Specs.model("langevin-oscillator"), "baoab", h, 600);
            assertEquals(0.25, late.covariance()[0][0], 1e-12);
            assertEquals(0, late.mean()[0], 1e-12);
        }
    }

    /// Root mean squares of X_1 - arctan(a W_1 + tan X_0), a = 0.8, X_0 = 0.3. Both sides are sampled, from
    /// errors with heavy tails; half the order would change them by a factor of 1.4.
    @ParameterizedTest
    @CsvSource({
        "srk-w1, 4, .0557",
        "srk-w1, 8, .0190",
        "srk-w1, 16, .00668",
        "srk-w1, 32, .00228",
        "milstein, 4, .0863",
        "milstein, 8, .0395",
        "milstein, 16, .0186",
        "milstein, 32, .00878",
    })
    void strongErrorsOnTheArctanProblem(String method, int n, double expected) {
        int paths = 20_000;
        Step step = step(Specs.model("arctan"), method, Settings.of(1.0 / n));
        Driven driven = new Driven(step, Backend.SCALAR);
        SplittableRandom random = new SplittableRandom(7);
        double[][] rows = new double[1 + step.normals()][paths];
        double[] w = new double[paths];
        java.util.Arrays.fill(rows[0], 0.3);
        for (int k = 0; k < n; k++) {
            for (int j = 1; j < rows.length; j++) for (int i = 0; i < paths; i++) rows[j][i] = random.nextGaussian();
            for (int i = 0; i < paths; i++) w[i] += rows[1][i] / Math.sqrt(n);
            driven.step(rows, paths, k);
        }
        double square = 0;
        for (int i = 0; i < paths; i++) {
            double error = rows[0][i] - Math.atan(0.8 * w[i] + Math.tan(0.3));
            square += error * error / paths;
        }
        assertEquals(expected, Math.sqrt(square), 0.08 * expected);
    }

    /// Errors of E X_1^2 for geometric Brownian motion with mu = 1.5, sigma = 0.8, X_0 = 1.
    @ParameterizedTest
    @CsvSource({"4, 2.816", "8, .8626", "16, .2380", "32, .0624"})
    void weakErrorsOfDri1(int n, double expected) {
        Model gbm = Specs.model("geometric-brownian-motion", Map.of("sigma", 0.8));
        ExactLaw.At end = moments(gbm, "dri1", 1.0 / n, n);
        double second = end.covariance()[0][0] + end.mean()[0] * end.mean()[0];
        assertEquals(expected, Math.exp(3.64) - second, 6e-4 * (1 + expected));
    }

    /// Errors of E X_1 for geometric Brownian motion with mu = 1.5, which Talay and Tubaro's extrapolation takes to
    /// .04681 and .01335.
    @Test
    void weakErrorsOfEulerMaruyama() {
        double[] expected = {.52740, .28710, .15023};
        double[] error = new double[3];
        for (int k = 0; k < 3; k++) {
            int n = 8 << k;
            ExactLaw.At end = moments(Specs.model("geometric-brownian-motion"), "euler-maruyama", 1.0 / n, n);
            error[k] = Math.exp(1.5) - end.mean()[0];
            assertEquals(expected[k], error[k], 5e-6);
            assertEquals(Math.exp(1.5) - Math.pow(1 + 1.5 / n, n), error[k], 1e-12);
        }
        assertEquals(.04681, 2 * error[1] - error[0], 1e-5);
        assertEquals(.01335, 2 * error[2] - error[1], 1e-5);
    }

    /// E|z|^2 of the Kubo oscillator, which the equation keeps, grows at each step by |1 + (ia - s^2/2) h|^2 + s^2 h.
    @Test
    void eulerMaruyamaInflatesTheKuboOscillator() {
        double h = 0.05;
        ExactLaw.At end = moments(Specs.model("kubo"), "euler-maruyama", h, 20);
        double square = 0;
        for (int i = 0; i < 2; i++) square += end.covariance()[i][i] + end.mean()[i] * end.mean()[i];
        double factor = Math.pow(1 - 0.125 * h, 2) + 4 * h * h + 0.25 * h;
        assertEquals(Math.pow(factor, 20), square, 1e-12);
    }

    /// The closed forms of the catalog's linear equations, by the law that orders are measured against.
    @Test
    void linearModelsHaveTheMomentsTheyState() {
        ExactLaw.At general = law("linear-general", 0.7);
        double square = 0;
        for (int i = 0; i < 2; i++) square += general.covariance()[i][i] + general.mean()[i] * general.mean()[i];
        assertEquals(0.89 * Math.exp(-(2 - 0.64) * 0.7), square, 1e-12);
        ExactLaw.At complex = law("linear-commutative", 0.7);
        double modulus = 0;
        for (int i = 0; i < 2; i++) modulus += complex.covariance()[i][i] + complex.mean()[i] * complex.mean()[i];
        assertEquals(0.89 * Math.exp((-0.6 + 0.16 + 0.25) * 0.7), modulus, 1e-12);
        double decay = Math.exp(-0.21);
        assertEquals(decay * (0.8 * Math.cos(0.7) - 0.5 * Math.sin(0.7)), complex.mean()[0], 1e-12);
        ExactLaw.At oscillator = ExactLaw.of(
                        Methods.named("baoab").equation((SdeModel) Specs.model("langevin-oscillator")), 40)
                .orElseThrow()
                .at(1);
        assertEquals(0.25, oscillator.covariance()[0][0], 1e-8);
        assertEquals(0.5, oscillator.covariance()[1][1], 1e-8);
    }

    private static ExactLaw.At law(String model, double time) {
        return ExactLaw.of((SdeModel) Specs.model(model), time).orElseThrow().at(1);
    }

    /// dx = -x^3 dt + dW from 1 in steps of 0.6: Euler-Maruyama's paths explode, those of methods for such drifts do
    /// not.
    @ParameterizedTest
    @CsvSource({"euler-maruyama, true", "tamed-euler, false", "euler-implicit, false", "trapezoid-implicit, false"})
    void driftsThatGrowFast(String method, boolean explodes) {
        Block block = run(step(Specs.model("cubic"), method, Settings.of(0.6)));
        assertEquals(explodes, block.failures() > 0, block.failures() + " failures");
        if (explodes) return;
        double square = 0;
        for (int i = 0; i < block.paths(); i++) square += Math.pow(block.get(0, i), 2) / block.paths();
        assertTrue(square < 2, "second moment " + square);
    }

    /// Newton rounds that do not reach the solution are a failure of the path, not a wrong number.
    @Test
    void tooFewNewtonRoundsAreSeen() {
        Step one = step(Specs.model("cubic"), "euler-implicit", Settings.of(0.6).with("newton", 1));
        assertTrue(run(one).failures() > 1000);
    }

    private static Block run(Step step) {
        Kernel kernel = Kernel.of(step, Precision.F64, Backend.SCALAR);
        Block block = kernel.newBlock(2048);
        block.reset(3, 0, 2048);
        kernel.start(block, Specs.model("cubic").start());
        kernel.advance(block, 0, 30);
        return block;
    }
}
