package ornstein.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormEquilibriumTest {
    @Test
    void knownValues() {
        NormEquilibrium heavy = new NormEquilibrium(0.05, 0.004, 0.9);
        assertEquals(7.906, heavy.ratio(), 7.906 * 2e-4);
        assertEquals(.014510, heavy.rotation(), 5e-7);
        assertEquals(1.768, NormEquilibrium.adamwNorm(0.005, 0.4, 500), 5e-4);
        assertEquals(.014510, NormEquilibrium.adamwRotation(0.005, 0.4, 0.9), 5e-7);
        assertEquals(.044721, new NormEquilibrium(0.5, 0.002, 0).rotation(), 5e-7);
        assertEquals(.089443, new NormEquilibrium(0.5, 0.008, 0).rotation(), 5e-7);
        assertEquals(.003244, new NormEquilibrium(0.1, 1e-4, 0.9).rotation(), 5e-7);
        assertEquals(62.5626, Math.pow(new NormEquilibrium(0.5, 0.004, 0).norm(1), 4), 5e-5);
        assertEquals(.063246, new NormEquilibrium(0.5, 0.004, 0).rotation(), 5e-7);
        assertEquals(
                Math.sqrt(2 * 0.5 * 0.002 / 0.1), new NormEquilibrium(0.5, 0.002, 0.9).rotationOfOneGradient(), 1e-15);
        assertEquals(Math.sqrt(2 * 1e-3), new NormEquilibrium(0.5, 0.002, 0).larsRate(), 1e-4);
        assertThrows(IllegalArgumentException.class, () -> new NormEquilibrium(0.5, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new NormEquilibrium(0.5, 0.1, 1));
    }

    /// Second method: the linear recursion of (|w|^2, w.v, |v|^2) for gradients orthogonal to w and uncorrelated
    /// with v, stepped until it stands still.
    @ParameterizedTest
    @CsvSource({"0.5, 0.004, 0", "0.5, 0.1, 0", "0.05, 0.004, 0.9", "0.3, 0.1, 0.5", "0.02, 0.5, 0.99"})
    void ratioAndRotationAgreeWithTheMomentRecursion(double eta, double lambda, double rho) {
        double a = 1;
        double b = 0;
        double c = 0;
        for (int k = 0; k < 200_000; k++) {
            double wv = rho * b + lambda * a;
            double vv = rho * rho * c + 2 * rho * lambda * b + lambda * lambda * a + 1;
            a += -2 * eta * wv + eta * eta * vv;
            b = wv - eta * vv;
            c = vv;
        }
        NormEquilibrium theory = new NormEquilibrium(eta, lambda, rho);
        assertEquals(a, theory.squaredRatio(), 1e-9 * a);
        assertEquals(Math.sqrt(eta * eta * c / a), theory.rotation(), 1e-9);
    }

    /// Third: simulated noise on the sphere.
    @ParameterizedTest
    @CsvSource({"0", "0.9"})
    void ratioAndRotationOfSimulatedNoise(double rho) {
        double eta = 0.2;
        double lambda = 0.01;
        NormEquilibrium theory = new NormEquilibrium(eta, lambda, rho);
        SphereNoise noise = new SphereNoise(3, 100, eta, lambda, rho, 2, theory.norm(2));
        noise.steps(3000);
        double ww = 0;
        double gg = 0;
        double turn = 0;
        int steps = 40_000;
        for (int k = 0; k < steps; k++) {
            double[] before = noise.w.clone();
            double r2 = SphereNoise.square(before);
            noise.step();
            ww += r2;
            gg += SphereNoise.square(noise.g);
            turn += SphereNoise.distance(before, noise.w) / r2;
        }
        assertEquals(theory.ratio(), Math.sqrt(ww / gg), 0.01 * theory.ratio());
        assertEquals(theory.rotation(), Math.sqrt(turn / steps), 0.01 * theory.rotation());
    }

    /// r^4(t) for constant noise against the values of THEORY 2.2, a simulation, and the discrete recursion.
    @Test
    void fourthPowerOfTheNormOnTheSphere() {
        double eta = 0.5;
        double lambda = 0.004;
        long[] steps = {0, 50, 100, 200, 400};
        double[] expected = {16, 31.33, 41.61, 53.11, 60.60};
        double[] sde = NormPath.fourthPower(16, steps, new double[] {1, 1, 1, 1, 1}, eta, lambda);
        double[] discrete = new double[steps.length];
        double[] measured = new double[steps.length];
        double r2 = 4;
        for (int k = 0; k <= 400; k++) {
            for (int i = 0; i < steps.length; i++) {
                discrete[i] = steps[i] == k ? r2 : discrete[i];
            }
            r2 = NormPath.step(r2, 1 / r2, eta, lambda);
        }
        int runs = 40;
        for (int run = 0; run < runs; run++) {
            SphereNoise noise = new SphereNoise(run, 200, eta, lambda, 0, 1, 2);
            for (int i = 0; i < steps.length; i++) {
                noise.steps(i == 0 ? 0 : steps[i] - steps[i - 1]);
                double square = SphereNoise.square(noise.w);
                measured[i] += square * square / runs;
            }
        }
        for (int i = 0; i < steps.length; i++) {
            assertEquals(expected[i], sde[i], 0.006);
            assertEquals(sde[i], discrete[i] * discrete[i], 0.005 * sde[i]);
            assertEquals(discrete[i] * discrete[i], measured[i], 0.012 * measured[i]);
        }
    }

    /// Second method for changing noise: the differential equation of r^4 by small Euler steps.
    @Test
    void fourthPowerWithChangingNoise() {
        long[] steps = {0, 40, 100, 300};
        double[] sphere = {3, 1, 0.5, 2};
        double eta = 0.4;
        double lambda = 0.01;
        double[] path = NormPath.fourthPower(1, steps, sphere, eta, lambda);
        double x = 1;
        int parts = 2000;
        for (int i = 1; i < steps.length; i++) {
            double dt = (double) (steps[i] - steps[i - 1]) / parts;
            for (int k = 0; k < parts; k++) {
                double c = sphere[i - 1] + (sphere[i] - sphere[i - 1]) * (k + 0.5) / parts;
                double middle = x + dt / 2 * (-4 * eta * lambda * x + 2 * eta * eta * c);
                x += dt * (-4 * eta * lambda * middle + 2 * eta * eta * c);
            }
            assertEquals(x, path[i], 1e-6 * x);
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> NormPath.fourthPower(1, new long[] {3, 3}, new double[2], eta, lambda));
    }

    /// Replay against vectors that really move, and Kunin's integral within its order.
    @Test
    void replayIsExactAndTheIntegralNearlySo() {
        double eta = 0.3;
        double lambda = 0.003;
        SphereNoise noise = new SphereNoise(9, 60, eta, lambda, 0, 1.5, 2);
        Random jumps = new Random(1);
        int n = 3000;
        double[] gradients = new double[n];
        double[] norms = new double[n + 1];
        norms[0] = SphereNoise.square(noise.w);
        for (int k = 0; k < n; k++) {
            noise.steps(1);
            gradients[k] = SphereNoise.square(noise.g);
            norms[k + 1] = SphereNoise.square(noise.w);
        }
        double[] replay = NormPath.replay(norms[0], gradients, eta, lambda);
        double[] integral = NormPath.integral(norms[0], gradients, eta, lambda);
        double worst = 0;
        for (int k = 0; k <= n; k++) {
            assertEquals(norms[k], replay[k], 1e-12 * norms[k]);
            worst = Math.max(worst, Math.abs(integral[k] / norms[k] - 1));
        }
        assertTrue(worst < eta * lambda && worst > eta * lambda / 100, "worst " + worst);
        gradients[n / 2] *= 1 + 1e-3 * (1 + jumps.nextDouble());
        double[] wrong = NormPath.replay(norms[0], gradients, eta, lambda);
        assertTrue(Math.abs(wrong[n / 2 + 1] / norms[n / 2 + 1] - 1) > 1e-8, "a wrong gradient shows");
    }

    /// Matrix form of the moment recursion: its fixed point by a linear solve.
    @Test
    void momentumRatioIsTheFixedPointOfALinearSystem() {
        double eta = 0.1;
        double lambda = 0.05;
        double rho = 0.8;
        double[][] wv = {{lambda, rho, 0}};
        double[][] vv = {{lambda * lambda, 2 * rho * lambda, rho * rho}};
        SimpleMatrix m = new SimpleMatrix(3, 3);
        double[] gain = {eta * eta, -eta, 1};
        for (int j = 0; j < 3; j++) {
            m.set(0, j, (j == 0 ? 1 : 0) - 2 * eta * wv[0][j] + eta * eta * vv[0][j]);
            m.set(1, j, wv[0][j] - eta * vv[0][j]);
            m.set(2, j, vv[0][j]);
        }
        SimpleMatrix fixed = SimpleMatrix.identity(3).minus(m).solve(new SimpleMatrix(gain));
        NormEquilibrium theory = new NormEquilibrium(eta, lambda, rho);
        assertEquals(fixed.get(0), theory.squaredRatio(), 1e-10 * fixed.get(0));
        assertEquals(eta * eta * fixed.get(2) / fixed.get(0), theory.rotation() * theory.rotation(), 1e-12);
    }
}
