package ornstein.method.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ornstein.ensemble.EnsembleResult;
import ornstein.model.LossModel;

/// The slow motion on curves of minimisers against closed forms and algorithms.
class ManifoldTest {
    private static final double D0 = 2.25 - 4.0 / 9;

    /// Label noise on (uv - 1)^2/2: D = u^2 - v^2 falls as exp(-tau), to leading order in eta.
    @ParameterizedTest
    @CsvSource({"500, 0.8187", "1500, 0.5488", "2500, 0.3679"})
    void labelNoise(int k, double expected) {
        double eta = 0.02;
        int steps = k / 25;
        EnsembleResult result =
                Cases.run(Cases.model("uv", Map.of()), "slow-sde", "sgd", eta, 25 * eta, steps, 60, Map.of());
        double se = result.observableError(1, 0) / D0;
        assertEquals(Math.exp(-eta * eta * k), expected, 5e-5);
        assertEquals(expected, result.observable(1, 0) / D0, 4 * se + 1e-3);
        assertTrue(se < 0.02, "standard error " + se);
    }

    /// Local SGD, K = 4, at tau = .4: the values of the slow equation, from its closed form dD/dtau = -(1/4)
    /// (1 + 3 psi(2 eta H sqrt(D^2 + 4))) D by small steps, and as published.
    @ParameterizedTest
    @CsvSource({"1, 1.6090", "10, 1.4594", "50, 1.2841", "200, 1.2286"})
    void localSgd(int local, double expected) {
        double eta = 0.02;
        double d = D0;
        for (int k = 0; k < 40_000; k++) {
            d -= 1e-5 / 4 * (1 + 3 * SlowSde.psi(2 * eta * local * Math.sqrt(d * d + 4))) * d;
        }
        assertEquals(expected, d, 1e-4);
        EnsembleResult result = slow(Map.of("local", (double) local, "workers", 4.0));
        double se = result.observableError(1, 0);
        assertEquals(expected, result.observable(1, 0), 4 * se + 1e-3);
        assertTrue(se < 0.02, "standard error " + se);
    }

    /// At the finite learning rate, with psi_H and the factor 2/(2 - eta S), within 0.1 % of local SGD itself
    /// (section 8.3 of the theory); and with psi_H alone.
    @ParameterizedTest
    @CsvSource({
        "1, 1.6294, 1.6293, 1.6337",
        "10, 1.4630, 1.4630, 1.4708",
        "50, 1.2750, 1.2753, 1.2861",
        "200, 1.2171, 1.2175, 1.2290"
    })
    void localSgdAtAFiniteRate(int local, double expected, double measured, double withoutFactor) {
        double eta = 0.02;
        double[] d = {D0, D0};
        for (int k = 0; k < 40_000; k++) {
            for (int i = 0; i < 2; i++) {
                double s = Math.sqrt(d[i] * d[i] + 4);
                double psi = SlowSde.psi((1 - eta * s) * (1 - eta * s), local);
                d[i] -= 1e-5 / 4 * (1 + 3 * psi) * (i == 0 ? 2 / (2 - eta * s) : 1) * d[i];
            }
        }
        assertEquals(expected, d[0], 1e-4);
        assertEquals(withoutFactor, d[1], 1e-4);
        EnsembleResult result = slow(Map.of("local", (double) local, "workers", 4.0, "discrete", 1.0));
        double se = result.observableError(1, 0);
        assertEquals(expected, result.observable(1, 0), 4 * se + 1e-3);
        assertEquals(measured, expected, 1e-3 * expected);
    }

    /// The slow equation of local SGD on (uv - 1)^2/2 at eta = .02, until tau = .4.
    private static EnsembleResult slow(Map<String, Double> options) {
        return Cases.run(Cases.model("uv", Map.of()), "slow-sde", "local-sgd", 0.02, 0.5, 40, 60, options);
    }

    /// psi_H is psi where steps are small and many, and 0 for one step.
    @Test
    void psiOfStepsTendsToPsi() {
        assertEquals(0, SlowSde.psi(0));
        assertEquals(1, SlowSde.psi(1e9), 2e-9);
        assertEquals(0, SlowSde.psi(0.3, 1), 1e-15);
        for (double x : new double[] {0.5, 3, 20}) {
            double eta = 1e-6;
            assertEquals(SlowSde.psi(x), SlowSde.psi(1 - eta * x, 1 / eta), 1e-4);
        }
        double sum = 0;
        double q = 0.8;
        for (int a = 0; a < 5; a++) sum += 1 - Math.pow(q, a);
        assertEquals(sum / 5, SlowSde.psi(q, 5), 1e-14);
    }

    /// With the finite-eta factor the slow motion of SGD under label noise has the measured values.
    @ParameterizedTest
    @CsvSource({"500, .8144, .8145", "1500, .5407, .5407", "2500, .3593, .3592"})
    void labelNoiseAtAFiniteRate(int k, double expected, double measured) {
        double eta = 0.02;
        double d = D0;
        for (int i = 0; i < 20_000; i++) {
            d -= eta * eta * k / 20_000 * 2 / (2 - eta * Math.sqrt(d * d + 4)) * d;
        }
        assertEquals(expected, d / D0, 1e-4);
        EnsembleResult result = Cases.run(
                Cases.model("uv", Map.of()), "slow-sde", "sgd", eta, 25 * eta, k / 25, 60, Map.of("discrete", 1.0));
        assertEquals(expected, result.observable(1, 0) / D0, 4 * result.observableError(1, 0) / D0 + 1e-3);
        assertEquals(measured, expected, 1.5e-4);
    }

    /// Isotropic noise: dD = 2 (D^2 + 4)^(1/4) dW from 0. At tau = .3 the second moment is 2.74 and E|D|
    /// 1.272; here that equation by Euler's method is the second way.
    @Test
    void isotropicNoise(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("m.yaml"), """
                kind: loss
                name: m
                state: [u, v]
                data: {p: [1, -1, 0, 0], q: [0, 0, 1, -1]}
                loss: (u*v - 1)^2/2 + sqrt(2)*(p*u + q*v)
                start: [1, 1]
                observables: {second: (u^2 - v^2)^2, size: abs(u^2 - v^2)}
                """);
        EnsembleResult slow =
                Cases.run(Cases.model(file.toString(), Map.of()), "slow-sde", "sgd", 0.02, 0.75, 20, 600, Map.of());
        SplittableRandom random = new SplittableRandom(3);
        double second = 0;
        double size = 0;
        int paths = 100_000;
        for (int i = 0; i < paths; i++) {
            double d = 0;
            for (int k = 0; k < 60; k++) {
                d += 2 * Math.pow(d * d + 4, 0.25) * Math.sqrt(0.005) * random.nextGaussian();
            }
            second += d * d / paths;
            size += Math.abs(d) / paths;
        }
        assertEquals(2.74, second, 0.06);
        assertEquals(1.272, size, 0.015);
        assertEquals(2.74, slow.observable(1, 0), 4 * slow.observableError(1, 0));
        assertEquals(1.272, slow.observable(1, 1), 4 * slow.observableError(1, 1));
        assertTrue(slow.observableError(1, 0) < 0.25);
    }

    /// On the minimisers of (uv - 1)^2/2 the Hessian has the eigenvalues u^2 + v^2 = sqrt(D^2 + 4) and 0.
    @Test
    void theHessianOnTheMinimisers() {
        Surface surface = new Surface((LossModel) Cases.model("uv", Map.of()));
        for (double u : new double[] {0.4, 1, 1.7}) {
            double v = 1 / u;
            double d = u * u - v * v;
            double[] eigen = Eigen.of(surface.hessian(new double[] {u, v})).values();
            assertEquals(Math.sqrt(d * d + 4), eigen[0], 1e-13);
            assertEquals(u * u + v * v, eigen[0], 1e-13);
            assertEquals(0, eigen[1], 1e-13);
            assertEquals(u * u, (d + Math.sqrt(d * d + 4)) / 2, 1e-13);
        }
    }

    /// The host's derivatives against differences of the loss's gradient.
    @Test
    void derivativesOnTheHost() {
        LossModel model = (LossModel) Cases.model("uv", Map.of("s", 0.7));
        Surface surface = new Surface(model);
        double[] at = {1.3, 0.4};
        double h = 1e-5;
        double[] g = surface.gradient(at);
        assertEquals((1.3 * 0.4 - 1) * 0.4, g[0], 1e-15);
        SimpleMatrix covariance = surface.covariance(at);
        assertEquals(0.49 * 0.4 * 1.3, covariance.get(0, 1), 1e-15);
        SimpleMatrix m = new SimpleMatrix(new double[][] {{0.3, 0.2}, {0.2, -1}});
        double[] third = surface.third().at(at, m);
        for (int i = 0; i < 2; i++) {
            double sum = 0;
            for (int j = 0; j < 2; j++) {
                double[] up = at.clone();
                double[] down = at.clone();
                up[j] += h;
                down[j] -= h;
                double difference = (surface.gradient(up)[i] - surface.gradient(down)[i]) / (2 * h);
                assertEquals(difference, surface.hessian(at).get(i, j), 1e-9);
                for (int k = 0; k < 2; k++) {
                    sum += (surface.hessian(up).get(i, k)
                                    - surface.hessian(down).get(i, k))
                            / (2 * h)
                            * m.get(j, k);
                }
            }
            assertEquals(sum, third[i], 1e-9);
        }
    }
}
