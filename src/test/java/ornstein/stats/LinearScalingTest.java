package ornstein.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Section 5 of the theory: the limit of the linear scaling rule.
class LinearScalingTest {
    @Test
    void knownValues() {
        assertEquals(52, new LinearScaling(1, 50).largestFactor(Math.sqrt(2)), 1e-12);
        assertEquals(4 + 3 * 0.5, new LinearScaling(2, 1).largestFactor(2), 1e-12);
        assertEquals(1, new LinearScaling(3, 7).largestFactor(1));
        assertEquals(Double.POSITIVE_INFINITY, new LinearScaling(0, 1).largestFactor(2));
        assertEquals(2, new LinearScaling(1, 0).largestFactor(Math.sqrt(2)), 1e-12);
        assertThrows(IllegalArgumentException.class, () -> new LinearScaling(-1, 2));
        assertThrows(IllegalArgumentException.class, () -> new LinearScaling(0, 0));
    }

    /// The largest rate of the SDE is that at which G/N, N falling as 1/eta, has come to C^2 - 1, and there the
    /// norms of SGD and of the SDE differ by the factor C^2 in their balances.
    @ParameterizedTest
    @CsvSource({"1, 50, .1, 1.41421356", "3, 2, .8, 1.2"})
    void theEquationsRateIsWhereItsBalanceFails(double g, double n, double eta, double c) {
        double rate = new LinearScaling(g, n).largestRate(eta, c);
        double scaled = n * eta / rate;
        assertEquals(c * c - 1, g / scaled, 1e-12);
        assertEquals(c * c, rate * (g + scaled) / (rate * scaled), 1e-12);
    }

    /// Where the mean gradient and the noise on the unit sphere do not depend on the place, R, G and eta N all
    /// change by the factor C at the limit: by the norm equilibrium, and by SGD on a field that turns around the
    /// sphere.
    @ParameterizedTest
    @CsvSource({"1, 8, 1.41421356", "2, 3, 1.3"})
    void theLimitIsAttainedOnTheSphere(double drift, double noise, double c) {
        double eta = 0.2;
        double lambda = 0.005;
        double kappa = new LinearScaling(drift, noise).largestFactor(c);
        double small = new NormEquilibrium(1e-4 * eta, lambda, 0).norm(drift + noise);
        double large = new NormEquilibrium(1e-4 * kappa * eta, lambda, 0).norm(drift + noise / kappa);
        assertEquals(c, Math.pow(large / small, 2), 1e-5);
        double one = turning(eta, lambda, drift, noise);
        double scaled = turning(kappa * eta, lambda, drift, noise / kappa);
        double rest = Math.sqrt((2 - eta * lambda) / (2 - kappa * eta * lambda));
        assertEquals(c * rest, scaled / one, 0.01 * c);
        double twice = turning(2 * kappa * eta, lambda, drift, noise / (2 * kappa));
        assertTrue(twice / one > 1.1 * c, "beyond the limit the norm is farther off");
    }

    /// The mean |w|^2 of w' = (1 - eta lambda) w - eta (sqrt(drift) J w/|w|^2 + noise/|w|), J a quarter turn in
    /// every plane of two coordinates and the noise isotropic in the tangent space.
    private static double turning(double eta, double lambda, double drift, double noise) {
        int d = 60;
        Random random = new Random(8);
        double[] w = new double[d];
        w[0] = new NormEquilibrium(eta, lambda, 0).norm(drift + noise);
        double[] g = new double[d];
        double mean = 0;
        int wait = 2000;
        int steps = 20_000;
        for (int k = 0; k < wait + steps; k++) {
            double r2 = SphereNoise.square(w);
            double along = 0;
            for (int i = 0; i < d; i++) {
                g[i] = random.nextGaussian();
                along += g[i] * w[i] / r2;
            }
            double scale = Math.sqrt(noise / ((d - 1) * r2));
            for (int i = 0; i < d; i++) {
                double turn = Math.sqrt(drift) * (i % 2 == 0 ? w[i + 1] : -w[i - 1]) / r2;
                g[i] = turn + scale * (g[i] - along * w[i]);
            }
            for (int i = 0; i < d; i++) w[i] -= eta * (g[i] + lambda * w[i]);
            if (k >= wait) mean += SphereNoise.square(w) / steps;
        }
        return mean;
    }

    /// Of noisy unbiased estimates: the value within its standard error, which is that of many repetitions.
    @Test
    void theEstimateHasItsStandardError() {
        Random random = new Random(2);
        int repetitions = 400;
        int runs = 20;
        double sum = 0;
        double squares = 0;
        double errors = 0;
        for (int k = 0; k < repetitions; k++) {
            List<Double> gradient2 = new ArrayList<>();
            List<Double> noise = new ArrayList<>();
            for (int run = 0; run < runs; run++) {
                gradient2.add(1 + 0.4 * random.nextGaussian());
                noise.add(50 + 5 * random.nextGaussian());
            }
            Estimate estimate = LinearScaling.largestFactor(gradient2, noise, LinearScaling.CLOSENESS);
            assertNotNull(estimate);
            sum += estimate.value() / repetitions;
            squares += estimate.value() * estimate.value() / repetitions;
            errors += estimate.standardError() / repetitions;
        }
        double spread = Math.sqrt(squares - sum * sum);
        assertEquals(52, sum, 0.02 * 52);
        assertEquals(spread, errors, 0.15 * spread);
    }

    @Test
    void withoutAPositiveGradientThereIsNone() {
        assertNull(LinearScaling.largestFactor(List.of(1.0), List.of(50.0), 2));
        assertNull(LinearScaling.largestFactor(List.of(0.1, -0.2, 0.3), List.of(50.0, 50.0, 50.0), 2));
    }
}
