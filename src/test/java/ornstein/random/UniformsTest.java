package ornstein.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class UniformsTest {
    @Test
    void unitsAreInsideTheOpenInterval() {
        assertEquals(0x1p-33, Uniforms.unit(0));
        assertEquals(1 - 0x1p-33, Uniforms.unit(-1));
        assertEquals(0.5 + 0x1p-33, Uniforms.unit(1 << 31));
    }

    @Test
    void momentsAndPositions() {
        double[] u = new double[1 << 20];
        Uniforms.fill(5, 6, 3, 7, u);
        double mean = 0;
        double square = 0;
        for (double x : u) {
            mean += x / u.length;
            square += x * x / u.length;
        }
        assertEquals(0.5, mean, 4.5 * Math.sqrt(1.0 / 12 / u.length));
        assertEquals(1.0 / 3, square, 4.5 * Math.sqrt(4.0 / 45 / u.length));
        for (int i = 0; i < 9; i++) assertEquals(u[i], Uniforms.at(5, 6, 3 + i, 7));
    }

    @Test
    void indicesAreUniform() {
        for (int bound : new int[] {1, 2, 3, 7, 10, 60}) {
            int[] x = new int[200_000];
            Uniforms.indices(1, 2, 5, 3, bound, x);
            int[] counts = new int[bound];
            for (int i : x) counts[i]++;
            double chi = 0;
            double expected = (double) x.length / bound;
            for (int c : counts) chi += (c - expected) * (c - expected) / expected;
            assertTrue(
                    chi < bound - 1 + 5 * Math.sqrt(2.0 * (bound - 1)) + 8, "bound " + bound + ", chi-square " + chi);
        }
    }

    @Test
    void largestIndexIsReached() {
        assertEquals(Integer.MAX_VALUE - 1, Uniforms.below(-1L, Integer.MAX_VALUE));
        assertEquals(0, Uniforms.below(0, Integer.MAX_VALUE));
    }
}
