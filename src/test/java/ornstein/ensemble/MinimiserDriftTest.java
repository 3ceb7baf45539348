package ornstein.ensemble;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ornstein.method.Methods;
import ornstein.method.OneStep;
import ornstein.method.Settings;
import ornstein.method.StepMethod;
import ornstein.model.Model;

/// Algorithms along the minimisers of (uv - 1)^2/2, a curve on which u^2 + v^2 = sqrt(D^2 + 4), D = u^2 - v^2
/// (sections 7 and 8 of the theory).
class MinimiserDriftTest {
    private static final double D0 = 2.25 - 4.0 / 9;

    /// Section 8.2: a step with the residual r multiplies D by 1 - eta^2 r^2, exactly.
    @Test
    void aStepMovesTheConservedQuantityByItsResidual() {
        double eta = 0.07;
        OneStep one =
                new OneStep(((StepMethod) Methods.named("sgd")).step(Runs.model("uv", Map.of()), Settings.of(eta)));
        double[] x = {1.3, -0.4};
        for (int example = 0; example < 2; example++) {
            double r = x[0] * x[1] - 1 - (example == 0 ? -1 : 1);
            double[] next = one.next(x, 0, new OneStep.Noise(List.of(), List.of(), List.of(List.of(example))));
            double d = x[0] * x[0] - x[1] * x[1];
            assertEquals((1 - eta * eta * r * r) * d, next[0] * next[0] - next[1] * next[1], 1e-15);
        }
    }

    /// Section 8.2: SGD under label noise, D_k/D_0 as measured and as dD/dtau = -2/(2 - eta S) D, S = sqrt(D^2 +
    /// 4), says; exp(-tau) is what is left of it without the factor.
    @ParameterizedTest
    @CsvSource({"500, .8145, .8144, .8187", "1500, .5407, .5407, .5488", "2500, .3592, .3593, .3679"})
    void sgdDriftsUnderLabelNoise(int k, double measured, double slow, double leading) {
        double eta = 0.02;
        int paths = 1000;
        double[] ratio = ratio(new Ran(Runs.model("uv", Map.of()), "sgd", Settings.of(eta), paths).to(k), paths);
        double d = D0;
        int steps = 20_000;
        for (int i = 0; i < steps; i++) {
            d -= eta * eta * k / steps * 2 / (2 - eta * Math.sqrt(d * d + 4)) * d;
        }
        assertEquals(measured, ratio[0], 4 * ratio[1] + 5e-5);
        assertEquals(slow, d / D0, 1e-4);
        assertEquals(leading, Math.exp(-eta * eta * k), 5e-5);
        assertEquals(slow, ratio[0], 2.5e-4);
    }

    /// Section 8.2: SGD under noise N(0, I) of the gradient, from D = 0 to eta^2 k = .3: E D^2 = 2.69 and E|D| =
    /// 1.263, which were measured by paths too; and by other paths here.
    @Test
    void sgdDiffusesUnderIsotropicNoise() {
        double eta = 0.02;
        int steps = 750;
        Model model = Runs.text("""
                kind: loss
                name: isotropic
                state: [u, v]
                data: {p: [1, -1, 0, 0], q: [0, 0, 1, -1]}
                loss: (u*v - 1)^2/2 + sqrt(2)*(p*u + q*v)
                start: [1, 1]
                """);
        int paths = 40_000;
        Ran ran = new Ran(model, "sgd", Settings.of(eta), paths).to(steps);
        double[] ours = new double[paths];
        for (int i = 0; i < paths; i++) ours[i] = ran.get(0, i) * ran.get(0, i) - ran.get(1, i) * ran.get(1, i);
        double[] other = new double[paths];
        Random random = new Random(4);
        for (int i = 0; i < paths; i++) {
            double u = 1;
            double v = 1;
            for (int k = 0; k < steps; k++) {
                double r = u * v - 1;
                double du = r * v + random.nextGaussian();
                v -= eta * (r * u + random.nextGaussian());
                u -= eta * du;
            }
            other[i] = u * u - v * v;
        }
        double[] published = {1.263, 2.69};
        for (int power = 1; power <= 2; power++) {
            double[] a = moment(ours, power);
            double[] b = moment(other, power);
            assertEquals(b[0], a[0], 4 * Math.hypot(a[1], b[1]), "power " + power);
            assertEquals(published[power - 1], a[0], 4 * a[1] + 5e-3, "power " + power);
            assertTrue(a[1] < 0.01 * a[0]);
        }
    }

    /// Mean of |x|^p with its standard error.
    private static double[] moment(double[] x, int power) {
        double sum = 0;
        double squares = 0;
        for (double v : x) {
            sum += Math.pow(Math.abs(v), power) / x.length;
            squares += Math.pow(Math.abs(v), 2 * power) / x.length;
        }
        return new double[] {sum, Math.sqrt((squares - sum * sum) / x.length)};
    }

    /// D = u^2 - v^2 under label noise, relative to its start, by paths.
    private static double[] ratio(Ran ran, int paths) {
        double sum = 0;
        double square = 0;
        for (int i = 0; i < paths; i++) {
            double u = ran.get(0, i);
            double v = ran.get(1, i);
            double d = (u * u - v * v) / D0;
            sum += d / paths;
            square += d * d / paths;
        }
        return new double[] {sum, Math.sqrt((square - sum * sum) / paths)};
    }

    /// Section 7: along the minimisers of (uv - 1)^2/2, label noise moves momentum, as a moving average, as it moves
    /// SGD: D_k/D_0 = exp(-eta^2 k), to the published values.
    @Test
    void momentumDriftsAlongMinimisersAsSgdDoes() {
        int paths = 1000;
        Settings settings = Settings.of(0.02).with("beta", 0.9).with("dampening", 0.9);
        Ran ran = new Ran(Runs.model("uv", Map.of()), "momentum", settings, paths);
        double[] early = ratio(ran.to(1000), paths);
        assertEquals(0.6733, early[0], 4 * early[1] + 0.002);
        assertEquals(Math.exp(-0.4), early[0], 4 * early[1] + 0.01);
        double[] late = ratio(ran.to(2500), paths);
        assertEquals(0.3686, late[0], 4 * late[1] + 0.002);
        assertEquals(Math.exp(-1), late[0], 4 * late[1] + 0.01);
    }

    /// Section 8.3: local SGD with four workers drifts faster by 1 + 3 psi_H(q), with psi_H(q) = 1 - (1 - q^H)/(H
    /// (1 - q)) and q = (1 - eta S)^2, S = sqrt(D^2 + 4): the published values and the slow equation.
    @ParameterizedTest
    @CsvSource({"1, 1.6293", "10, 1.4630", "50, 1.2753", "200, 1.2175"})
    void localSgdDriftsFaster(int local, double published) {
        int paths = 1000;
        Settings settings = Settings.of(0.02).with("workers", 4).with("local", local);
        Ran ran = new Ran(Runs.model("uv", Map.of()), "local-sgd", settings, paths).to(1000);
        double[] d = ratio(ran, paths);
        assertEquals(published, d[0] * D0, 4 * d[1] * D0 + 0.003);
        assertEquals(slow(D0, local), d[0] * D0, 4 * d[1] * D0 + 0.004);
    }

    /// dD/dtau = -(1/4) (1 + 3 psi_H) 2/(2 - eta S) D over a slow time of 0.4.
    private static double slow(double start, int local) {
        double eta = 0.02;
        double d = start;
        int steps = 4000;
        for (int k = 0; k < steps; k++) {
            double s = Math.sqrt(d * d + 4);
            double q = (1 - eta * s) * (1 - eta * s);
            double psi = 1 - (1 - Math.pow(q, local)) / (local * (1 - q));
            d -= 0.4 / steps / 4 * (1 + 3 * psi) * 2 / (2 - eta * s) * d;
        }
        return d;
    }
}
