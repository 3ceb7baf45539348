package ornstein.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import ornstein.stats.QuadraticProcess.Kind;

class OuBandTest {
    @Test
    void theLargestRatioIsTheOneOfFlatModes() {
        assertEquals((1 - Math.exp(-10)) / (1 - Math.exp(-1.6)), OuBand.largestRatio(1.6, 10), 1e-12);
        assertEquals(1.253, OuBand.largestRatio(1.6, 10), 5e-4);
    }

    /// Second method: the ratio of full matrix processes with random Hessians and random noise, not commuting, never
    /// exceeds the bound, and comes close to it when the Hessian is small.
    @Test
    void noQuadraticExceedsTheLargestRatio() {
        Random random = new Random(11);
        double lambda = 0.02;
        double largest = 0;
        for (int trial = 0; trial < 400; trial++) {
            int d = 1 + random.nextInt(5);
            double scale = Math.pow(10, -4 + 4.5 * random.nextDouble());
            double[][] hessian = positive(random, d, scale / d);
            double[][] noise = positive(random, d, 1);
            for (int i = 0; i < d; i++) {
                hessian[i][i] += lambda;
            }
            for (Kind kind : Kind.values()) {
                double eta = kind == Kind.SGD ? Math.min(0.5, 1.9 / trace(hessian)) : 0.5;
                double early = Math.rint(1.6 / (eta * lambda));
                double late = Math.rint(10 / (eta * lambda));
                QuadraticProcess process = new QuadraticProcess(kind, hessian, noise, eta);
                double ratio = process.displacement(late) / process.displacement(early);
                assertTrue(ratio <= 1.25303 * (1 + 1e-3), () -> "ratio " + ratio);
                largest = Math.max(largest, ratio);
            }
        }
        assertTrue(largest > 1.24, "the bound is nearly reached: " + largest);
    }

    /// Second method for the modes: the diagonal quadratic with weight decay.
    @Test
    void modesAndBandAgreeWithTheDiagonalQuadratic() {
        double eta = 0.3;
        double lambda = 0.01;
        double[] h = {4, 1, 0.2, 0.05, 0};
        double[] sigma = {3, 1, 0.5, 0.4, 0.7};
        double[][] hessian = new double[5][5];
        double[][] noise = new double[5][5];
        List<OuBand.Mode> modes = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            hessian[i][i] = h[i] + lambda;
            noise[i][i] = sigma[i];
            if (i < 3) {
                modes.add(new OuBand.Mode(h[i], sigma[i]));
            }
        }
        QuadraticProcess process = new QuadraticProcess(Kind.SGD, hessian, noise, eta);
        OuBand band = new OuBand(modes, 0.4 + 0.7, eta, lambda);
        for (int i = 0; i < 3; i++) {
            assertEquals(process.stationary()[i][i], band.stationaryVariance(modes.get(i)), 1e-12);
        }
        for (int lag : new int[] {3, 10, 100, 3000}) {
            double truth = process.displacement(lag);
            assertTrue(band.lower(10_000, lag) < truth, "lower at " + lag);
            assertTrue(band.upper(10_000, lag) > truth, "upper at " + lag);
        }
        // what the band must enclose: no curvature outside, or so much that nothing moves there
        QuadraticProcess flat =
                new QuadraticProcess(Kind.SGD, new double[][] {{lambda}}, new double[][] {{0.4 + 0.7}}, eta);
        assertEquals(band.upper(10_000, 100) - band.lower(10_000, 100), flat.displacement(100), 1e-12);
    }

    @Test
    void youngAndUnstableModesAreNotTakenAsStationary() {
        OuBand.Mode stiff = new OuBand.Mode(1, 1);
        OuBand.Mode soft = new OuBand.Mode(1e-4, 1);
        OuBand.Mode unstable = new OuBand.Mode(50, 1);
        OuBand.Mode uphill = new OuBand.Mode(-1, 1);
        OuBand band = new OuBand(List.of(stiff, soft, unstable, uphill), 0, 0.1, 0.01);
        assertTrue(band.relaxed(stiff, 100));
        assertFalse(band.relaxed(soft, 100));
        assertFalse(band.relaxed(unstable, 100));
        assertFalse(band.relaxed(uphill, 100));
        assertEquals(band.displacement(stiff, 50), band.lower(100, 50), 1e-12);
        assertEquals(Double.POSITIVE_INFINITY, band.stationaryVariance(unstable));
        assertThrows(IllegalArgumentException.class, () -> new OuBand(List.of(), 0, 0.1, 0));
        assertThrows(IllegalArgumentException.class, () -> OuBand.largestRatio(2, 1));
    }

    private static double[][] positive(Random random, int d, double scale) {
        double[][] root = new double[d][d];
        for (double[] row : root) {
            for (int j = 0; j < d; j++) {
                row[j] = random.nextGaussian();
            }
        }
        double[][] square = new double[d][d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                for (int k = 0; k < d; k++) {
                    square[i][j] += scale * root[i][k] * root[j][k];
                }
            }
        }
        return square;
    }

    private static double trace(double[][] m) {
        double sum = 0;
        for (int i = 0; i < m.length; i++) {
            sum += m[i][i];
        }
        return sum;
    }
}
