package ornstein.ensemble;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ornstein.method.Settings;
import ornstein.model.Model;

/// Paths of algorithms, compiled, against published values and closed forms.
class AlgorithmPathsTest {
    private static Model noisy(double start) {
        return Runs.text(
                "kind: loss\nname: noisy\nstate: [x]\ndata: {b: [1, -1]}\nloss: (x - b)^2/2\nstart: [" + start + "]\n");
    }

    /// Section 6: RMSprop on a noisy quadratic is an OU process of variance eta s/(2 h), to order eta.
    @Test
    void rmspropHasItsStationaryVariance() {
        int paths = 1000;
        int times = 40;
        Settings settings = Settings.of(0.01).with("beta2", 0.999).with("eps", 0);
        Ran ran = new Ran(noisy(0), "rmsprop", settings, paths).to(8000);
        double variance = 0;
        for (int i = 1; i <= times; i++) variance += ran.to(8000 + 400 * i).variance(0) / times;
        double error = 4 * variance * Math.sqrt(2.0 / (paths * times));
        assertEquals(0.005020, variance, error);
        assertEquals(0.005, variance, error + 0.01 * 0.005);
    }

    /// Section 6: RMSprop's mean falls by e in s/(eta h) steps once v is near s^2, to leading order in 1 - beta2.
    /// That v holds the step's own gradient slows it: (h x + s)/sqrt(v') and (h x - s)/sqrt(v') have the mean beta2
    /// h x/s.
    @Test
    void rmspropRelaxesInItsTime() {
        int paths = 40_000;
        double eta = 0.002;
        Model model = Runs.text("""
                kind: loss
                name: noisy
                state: [x]
                data: {b: [1.5, -1.5]}
                loss: 2*(x - b)^2/2
                start: [0.2]
                """);
        Settings settings = Settings.of(eta).with("beta2", 0.95).with("eps", 0);
        Ran ran = new Ran(model, "rmsprop", settings, paths).to(200);
        double before = ran.mean(0, x -> x);
        double first = ran.variance(0);
        long relaxation = Math.round(3 / (2 * eta));
        double after = ran.to(200 + relaxation).mean(0, x -> x);
        double error = Math.sqrt((first + ran.variance(0)) / paths) / before;
        assertEquals(Math.exp(-1), after / before, 0.05 * Math.exp(-1) + 4 * error);
        assertEquals(Math.exp(-0.95), after / before, 4 * error);
        assertTrue(error < 0.005);
    }

    /// Section 6: E v_k = s^2 (1 - beta2^k), and with pure noise E m_k^2 = s^2 (1 - beta1)/(1 + beta1).
    @Test
    void momentsOfAdamUnderPureNoise() {
        int paths = 50_000;
        Model model =
                Runs.text("kind: loss\nname: pure\nstate: [x]\ndata: {g: [-2, -1, 1, 2]}\nloss: g*x\nstart: [0]\n");
        Settings settings = Settings.of(0.01).with("beta1", 0.9).with("beta2", 0.97);
        Ran ran = new Ran(model, "adam", settings, paths).to(20);
        double s2 = 2.5;
        double v = s2 * (1 - Math.pow(0.97, 20));
        assertEquals(v, ran.mean(2, x -> x), 4 * 1.5 * 0.03 * Math.sqrt(20.0 / paths));
        ran.to(200);
        double m2 = s2 * 0.1 / 1.9;
        assertEquals(m2, ran.mean(1, x -> x * x), 4 * m2 * Math.sqrt(2.0 / paths));
    }

    /// Section 6: the square-root rule B -> 4 B, eta -> 2 eta, 1 - beta -> 4 (1 - beta), eps -> eps/2 leaves
    /// the law of Adam at eta^2 k as it is, to order eta; the linear rule does not.
    @Test
    void theSquareRootRuleKeepsAdamsLaw() {
        int paths = 20_000;
        double eta = 0.01;
        Settings small = adam(eta, 1, 0.02, 0.004, 0.2);
        Settings root = adam(2 * eta, 4, 0.08, 0.016, 0.1);
        Settings linear = adam(4 * eta, 4, 0.02, 0.004, 0.2);
        double[] one = law(small, paths, 1000);
        double[] four = law(root, paths, 250);
        double[] other = law(linear, paths, 250);
        double error = 4 * one[1] * Math.sqrt(4.0 / paths);
        assertEquals(one[0], four[0], 4 * Math.sqrt((one[1] + four[1]) / paths) + 3 * eta * one[0]);
        assertEquals(one[1], four[1], error + 5 * eta * one[1]);
        assertTrue(Math.abs(other[1] - one[1]) > 0.2 * one[1], other[1] + " against " + one[1]);
    }

    private static Settings adam(double eta, int batch, double rate1, double rate2, double eps) {
        return Settings.of(eta)
                .with("batch", batch)
                .with("beta1", 1 - rate1)
                .with("beta2", 1 - rate2)
                .with("eps", eps);
    }

    private static double[] law(Settings settings, int paths, long steps) {
        Ran ran = new Ran(noisy(0.5), "adam", settings, paths).to(steps);
        return new double[] {ran.mean(0, x -> x), ran.variance(0)};
    }

    /// Section 4.5: Adam with epsilon below the root against the flows with and without the bias, on x^2/2 + x^4/10
    /// from 3, over the time from 0.3 to 1.3.
    @ParameterizedTest
    @CsvSource({"4e-3, 5.37e-3, 4.93e-5", "2e-3, 2.68e-3, 1.24e-5", "1e-3, 1.34e-3, 3.13e-6"})
    void adamFollowsItsFlowWithTheBias(double h, double without, double with) {
        Model model = Runs.text("kind: loss\nname: quartic\nstate: [x]\nloss: x^2/2 + x^4/10\nstart: [3]\n");
        Settings settings = Settings.of(h)
                .with("beta1", 0.5)
                .with("beta2", 0.7)
                .with("eps", 0.5)
                .with("inside", 1);
        Ran ran = new Ran(model, "adam", settings, 1);
        double from = ran.to(Math.round(0.3 / h)).get(0);
        double to = ran.to(Math.round(1.3 / h)).get(0);
        assertEquals(without, Math.abs(adamFlow(from, 0, 0.5, 0.7, 0.5) - to), 0.01 * without);
        assertEquals(with, Math.abs(adamFlow(from, h, 0.5, 0.7, 0.5) - to), 0.02 * with);
    }

    /// dx/ds = -(E' + bias)/sqrt(E'^2 + eps) over a time of 1 by the classical Runge-Kutta method.
    private static double adamFlow(double start, double h, double beta, double rho, double eps) {
        DoubleUnaryOperator field = x -> {
            double g = x + 0.4 * x * x * x;
            double curvature = 1 + 1.2 * x * x;
            double root = Math.sqrt(g * g + eps);
            double factor =
                    (1 + beta) / (1 - beta) - (1 + rho) / (1 - rho) + (1 + rho) / (1 - rho) * eps / (g * g + eps);
            return -(g + h / 2 * factor * g * curvature / root) / root;
        };
        double x = start;
        double d = 1e-3;
        for (int k = 0; k < 1000; k++) {
            double k1 = field.applyAsDouble(x);
            double k2 = field.applyAsDouble(x + d / 2 * k1);
            double k3 = field.applyAsDouble(x + d / 2 * k2);
            double k4 = field.applyAsDouble(x + d * k3);
            x += d / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
        }
        return x;
    }
}
