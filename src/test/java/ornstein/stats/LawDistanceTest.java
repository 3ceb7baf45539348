package ornstein.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import ornstein.random.Normals;

@SuppressWarnings("NullAway") // a missing estimate fails the test
class LawDistanceTest {
    private static double[] normals(int stream, int n, double mean, double deviation) {
        double[] z = new double[n];
        Normals.fill(3, 0, 0, stream, z);
        return Arrays.stream(z).map(x -> mean + deviation * x).toArray();
    }

    /// A shift has W1 = the shift, whatever the sample.
    @Test
    void aShiftIsItsOwnDistance() {
        double[] x = normals(70, 500, 0, 1);
        double[] y = Arrays.stream(x).map(v -> v + 0.25).toArray();
        Estimate e = LawDistance.wasserstein(x, y);
        assertEquals(0.25, e.value(), 1e-13);
    }

    /// Against the integral of |F - G| on a fine grid, with samples of different sizes, ties and a value left out.
    @Test
    void isTheAreaBetweenTheDistributionFunctions() {
        double[] x = normals(71, 200, 0, 1);
        double[] y = normals(72, 333, 0.3, 2);
        for (int i = 0; i < 20; i++) y[i] = x[i];
        double[] z = Arrays.copyOf(y, y.length + 1);
        z[y.length] = Double.NaN;
        double area = 0;
        double step = 1e-3;
        for (double at = -10 + step / 2; at < 10; at += step) {
            double a = at;
            double f = Arrays.stream(x).filter(v -> v <= a).count() / 200.0;
            double g = Arrays.stream(y).filter(v -> v <= a).count() / 333.0;
            area += step * Math.abs(f - g);
        }
        assertEquals(area, LawDistance.wasserstein(x, z).value(), 1e-3);
    }

    /// W1 of N(0,1) and N(0,s^2) is (s - 1) sqrt(2/pi).
    @Test
    void itsErrorIsAsWide() {
        Estimate e = LawDistance.wasserstein(normals(73, 20_000, 0, 1), normals(74, 20_000, 0, 1.5));
        double exact = 0.5 * Math.sqrt(2 / Math.PI);
        assertEquals(exact, e.value(), 4 * e.standardError());
        assertTrue(e.standardError() < 0.02, () -> String.valueOf(e));
    }

    /// E|N(m, s^2)| = s sqrt(2/pi) exp(-m^2/2s^2) + m (2 Phi(m/s) - 1).
    @Test
    void theEnergyDistanceOfNormalsIsKnown() {
        double[][] x = {normals(75, 20_000, 0, 1)};
        double[][] y = {normals(76, 20_000, 0.5, 1.5)};
        double exact = 2 * mean(0.5, Math.sqrt(3.25)) - mean(0, Math.sqrt(2)) - mean(0, Math.sqrt(4.5));
        Estimate e = LawDistance.energy(x, y);
        assertEquals(exact, e.value(), 4 * e.standardError());
        assertTrue(e.value() > 10 * e.standardError());
        Estimate same = LawDistance.energy(x, new double[][] {normals(77, 20_000, 0, 1)});
        assertEquals(0, same.value(), 4 * same.standardError());
    }

    private static double mean(double m, double s) {
        return s * Math.sqrt(2 / Math.PI) * Math.exp(-m * m / (2 * s * s))
                + m * (2 * new NormalDistribution(null, 0, 1).cumulativeProbability(m / s) - 1);
    }

    @Test
    void tooFewValuesHaveNone() {
        assertNull(LawDistance.wasserstein(new double[5], new double[50]));
        assertNull(LawDistance.energy(new double[1][30], new double[1][30]));
    }
}
