package ornstein.ensemble;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class SketchTest {
    private static byte[] bytes(Sketch s) throws IOException {
        var bytes = new ByteArrayOutputStream();
        s.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static double[] sample(int n) {
        SplittableRandom random = new SplittableRandom(7);
        double[] x = new double[n];
        for (int i = 0; i < n; i++) x[i] = Math.sinh(random.nextDouble(-12, 12)) * 1e-3;
        x[0] = 0;
        x[1] = -0.0;
        x[2] = 1e-300;
        return x;
    }

    @Test
    void quantilesAreThoseOfTheSortedValues() {
        double[] x = sample(20_001);
        Sketch s = new Sketch();
        for (double v : x) s.add(v);
        Arrays.sort(x);
        Distribution d = new Distribution(s);
        assertEquals(x.length, d.count());
        for (double p : new double[] {0, 1e-4, 0.01, 0.2, 0.5, 0.77, 0.999, 1}) {
            double expected = x[(int) Math.max(0, Math.ceil(p * x.length) - 1)];
            assertEquals(expected, d.quantile(p), Math.abs(expected) / 4096 + 1e-18);
        }
    }

    @Test
    void anyOrderAndAnyMergeGiveTheSameBytes() throws IOException {
        double[] x = sample(5000);
        Sketch whole = new Sketch();
        for (double v : x) whole.add(v);
        Sketch a = new Sketch();
        Sketch b = new Sketch();
        b.add(1e10);
        b.clear();
        for (int i = x.length - 1; i >= 0; i--) (i % 3 == 0 ? a : b).add(x[i]);
        b.merge(a);
        assertArrayEquals(bytes(whole), bytes(b));
        Sketch read = Sketch.read(new DataInputStream(new ByteArrayInputStream(bytes(b))));
        assertArrayEquals(bytes(whole), bytes(read));
    }

    @Test
    void aHistogramIsADensity() {
        SplittableRandom random = new SplittableRandom(8);
        Sketch s = new Sketch();
        int n = 200_000;
        for (int i = 0; i < n; i++) s.add(3 + 0.5 * random.nextGaussian());
        Distribution.Histogram h = new Distribution(s).histogram(40);
        var normal = new NormalDistribution(3, 0.5);
        double sum = 0;
        for (int b = 0; b < 40; b++) {
            double width = h.edges()[b + 1] - h.edges()[b];
            double p = normal.probability(h.edges()[b], h.edges()[b + 1]);
            // a bucket that crosses an end is shared out: to first order in its width, 1/2048 here
            assertEquals(p / width, h.density()[b], 5 * Math.sqrt(p / n) / width + 0.002);
            sum += h.density()[b] * width;
        }
        assertTrue(sum > 0.998 && sum <= 1 + 1e-12, "" + sum);
    }
}
