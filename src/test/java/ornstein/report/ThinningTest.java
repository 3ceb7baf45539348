package ornstein.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ThinningTest {
    @Test
    void keepsEndsAndExtremesOfEveryColumnAndTheOrder() {
        int n = 100_000;
        int columns = 500;
        var random = new Random(4);
        double[] y = random.doubles(n).toArray();
        y[33_333] = 50;
        y[77_777] = -50;
        int[] kept =
                Thinning.thin(IntStream.range(0, n).toArray(), i -> (double) i / n * columns, i -> y[i], i -> y[i]);
        assertTrue(kept.length <= 4 * columns);
        for (int c = 0; c < columns; c++) {
            int from = c * (n / columns);
            int to = from + n / columns;
            double[] shown = Arrays.stream(kept)
                    .filter(i -> from <= i && i < to)
                    .mapToDouble(i -> y[i])
                    .toArray();
            assertEquals(
                    Arrays.stream(y, from, to).max().orElseThrow(),
                    Arrays.stream(shown).max().orElseThrow());
            assertEquals(
                    Arrays.stream(y, from, to).min().orElseThrow(),
                    Arrays.stream(shown).min().orElseThrow());
            assertEquals(y[from], shown[0]);
            assertEquals(y[to - 1], shown[shown.length - 1]);
        }
        assertArrayEquals(Arrays.stream(kept).sorted().distinct().toArray(), kept);
    }

    @Test
    void leavesAFewPointsAlone() {
        int[] run = {3, 4, 5, 9};
        assertArrayEquals(run, Thinning.thin(run, i -> 10.0 * i, i -> i, i -> i));
        assertEquals(0, Thinning.thin(new int[0], i -> i, i -> i, i -> i).length);
    }
}
