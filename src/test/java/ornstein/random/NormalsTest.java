package ornstein.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class NormalsTest {
    private static final int DRAWS = 1 << 22;

    @Test
    void momentsToOrderEightAreThoseOfANormal() {
        double[] even = {1, 1, 3, 15, 105, 945, 10395, 135135, 2027025};
        for (boolean single : new boolean[] {false, true}) {
            double[] x = draws(7, single);
            for (int order = 1; order <= 8; order++) {
                double sum = 0;
                for (double v : x) sum += power(v, order);
                double expected = order % 2 == 0 ? even[order / 2] : 0;
                double error = Math.sqrt((even[order] - expected * expected) / DRAWS);
                assertEquals(expected, sum / DRAWS, 4.5 * error, "order " + order + (single ? ", f32" : ", f64"));
            }
        }
    }

    @Test
    void neighboursAreUncorrelated() {
        double[] x = draws(11, false);
        for (int lag = 1; lag <= 5; lag++) {
            double sum = 0;
            double squares = 0;
            for (int i = lag; i < x.length; i++) {
                sum += x[i] * x[i - lag];
                squares += (x[i] * x[i] - 1) * (x[i - lag] * x[i - lag] - 1);
            }
            assertEquals(0, sum / DRAWS, 4.5 / Math.sqrt(DRAWS), "lag " + lag);
            assertEquals(0, squares / DRAWS, 4.5 * 2 / Math.sqrt(DRAWS), "squares, lag " + lag);
        }
    }

    /// All words that give a radius above r are those with u < exp(-r^2/2): their share is counted exactly,
    /// so the tail is tested to 5.5 sigma without drawing 1e10 normals. The angle is tested by its own
    /// moments above.
    @Test
    void tailsReachFiveAndAHalfSigma() {
        double[] pair = new double[2];
        float[] single = new float[2];
        int plain = 1 << 28;
        for (double r = 0.5; r <= 5.5; r += 0.25) {
            long low = 0;
            long high = 1L << 31;
            while (low < high) {
                long middle = low + high >>> 1;
                Normals.pair((int) middle, 0, pair, 0);
                if (Math.hypot(pair[0], pair[1]) > r) low = middle + 1;
                else high = middle;
            }
            double share = low * 0x1p-31;
            assertEquals(Math.exp(-r * r / 2), share, 0x1p-31, "radius " + r);
        }
        Normals.pair(0, plain, pair, 0);
        Normals.pair(0, plain, single, 0);
        assertTrue(Math.hypot(pair[0], pair[1]) > 6.6 && Math.hypot(single[0], single[1]) > 6.6);
    }

    @Test
    void sampleTailsMatchToFiveSigma() {
        NormalDistribution normal = new NormalDistribution();
        double[] x = draws(13, true);
        for (double bound = 1; bound <= 5; bound += 0.5) {
            double p = 2 * normal.cumulativeProbability(-bound);
            int count = 0;
            for (double v : x) if (Math.abs(v) > bound) count++;
            double mean = p * DRAWS;
            assertEquals(mean, count, 4.5 * Math.sqrt(mean) + 3, "beyond " + bound);
        }
    }

    @Test
    void kolmogorovSmirnov() {
        NormalDistribution normal = new NormalDistribution();
        double[] x = java.util.Arrays.copyOf(draws(17, false), 1 << 19);
        java.util.Arrays.sort(x);
        double distance = 0;
        for (int i = 0; i < x.length; i++) {
            double f = normal.cumulativeProbability(x[i]);
            distance = Math.max(distance, Math.max(f - (double) i / x.length, (i + 1.0) / x.length - f));
        }
        assertTrue(distance * Math.sqrt(x.length) < 2.0, "K-S statistic " + distance * Math.sqrt(x.length));
    }

    @Test
    void bothPrecisionsTakeTheSameWords() {
        double[] x = draws(19, false);
        double[] y = draws(19, true);
        for (int i = 0; i < x.length; i++)
            assertEquals(x[i], y[i], 2e-6 + 4e-4 * (Math.abs(x[i]) < 0.1 ? 1 : 0) + 2e-3 * small(x, i));
    }

    /// Near radius 0 the single-precision uniform, close to 1, has a coarse grid.
    private static double small(double[] x, int i) {
        return Math.hypot(x[i & -2], x[i | 1]) < 0.05 ? 1 : 0;
    }

    @Test
    void anyPositionCanBeAskedFor() {
        double[] x = new double[23];
        float[] y = new float[23];
        double[] z = new double[26];
        Normals.fill(3, 5, 14, 2, x);
        Normals.fill(3, 5, 14, 2, y);
        Normals.fill(3, 5, 11, 2, z);
        for (int i = 0; i < x.length; i++) {
            assertEquals(x[i], Normals.at(3, 5, 14 + i, 2));
            assertEquals(x[i], z[i + 3]);
            assertEquals(x[i], y[i], 1e-3);
        }
    }

    @Test
    void logarithmIsWithinTwoUlp() {
        for (int i = 1; i < 2_000_000; i++) {
            double x = (i * 2654435761L & 0x7FFFFFFF) * 0x1p-31 + 0x1p-32;
            double expected = StrictMath.log(x);
            assertTrue(Math.abs(Normals.log(x) - expected) <= 2 * Math.ulp(expected), () -> "log " + x);
            float s = (float) x;
            double exact = StrictMath.log(s);
            assertTrue(Math.abs(Normals.log(s) - exact) <= 2 * Math.ulp((float) exact), () -> "log f32 " + s);
        }
    }

    private static double power(double x, int n) {
        double p = 1;
        for (int i = 0; i < n; i++) p *= x;
        return p;
    }

    private static double[] draws(long seed, boolean single) {
        double[] x = new double[DRAWS];
        if (!single) {
            Normals.fill(seed, 1, 0, 0, x);
            return x;
        }
        float[] y = new float[DRAWS];
        Normals.fill(seed, 1, 0, 0, y);
        for (int i = 0; i < DRAWS; i++) x[i] = y[i];
        return x;
    }
}
