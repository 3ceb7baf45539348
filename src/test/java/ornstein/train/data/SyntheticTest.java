package ornstein.train.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SyntheticTest {
    private static Dataset make(int train, int heldOut, long seed) {
        return Synthetic.make(new DataSpec("synthetic", train, heldOut, seed));
    }

    @Test
    void hasItsDefaultNumbers() {
        Dataset d = Synthetic.make(DataSpec.of("synthetic"));
        assertEquals(4096, d.train().count());
        assertEquals(200, d.heldOut().count());
        assertEquals(16, d.train().width());
        assertEquals(4, d.classes());
    }

    @Test
    void isAFunctionOfTheSeed() {
        assertEquals(make(100, 10, 1).files(), make(100, 10, 1).files());
        assertNotEquals(
                make(100, 10, 1).files().get(0).sha256(),
                make(100, 10, 2).files().get(0).sha256());
    }

    @Test
    void aSmallerSetIsTheStartOfALargerOne() {
        Examples large = make(300, 1, 5).train();
        Examples small = make(100, 1, 5).train();
        assertArrayEquals(large.first(100).inputs(), small.inputs());
        assertArrayEquals(large.first(100).labels(), small.labels());
    }

    @Test
    void inputsAreStandardNormalAndDistinct() {
        Dataset d = make(20_000, 2000, 3);
        double sum = 0;
        double squares = 0;
        for (float x : d.train().inputs()) {
            sum += x;
            squares += x * x;
        }
        double n = d.train().inputs().length;
        assertEquals(0, sum / n, 4 / Math.sqrt(n));
        assertEquals(1, squares / n, 4 * Math.sqrt(2 / n));
        Set<Float> seen = new HashSet<>();
        for (int i = 0; i < 2000; i++) {
            seen.add(d.heldOut().inputs()[i * 16]);
            seen.add(d.train().inputs()[i * 16]);
        }
        assertTrue(seen.size() > 3990, "held-out examples are not training examples: " + seen.size());
    }

    /// A linear classifier fitted by least squares to the noisy labels finds the teacher again: it agrees with nearly
    /// all held-out labels and with 1 - 3/16 of the training labels, so the noise has the stated rate.
    @Test
    void labelsAreATeachersWithNoise() {
        int n = 20_000;
        Dataset d = make(n, 4000, 4);
        // The inputs' covariance is the identity, so the least-squares weights are the class means.
        double[][] mean = new double[4][16];
        int[] count = new int[4];
        for (int i = 0; i < n; i++) {
            int k = d.train().labels()[i];
            count[k]++;
            for (int j = 0; j < 16; j++) {
                mean[k][j] += d.train().inputs()[i * 16 + j];
            }
        }
        assertTrue(Arrays.stream(count).min().orElseThrow() > n / 20, Arrays.toString(count));
        double heldOut = agreement(d.heldOut(), mean, count);
        double train = agreement(d.train(), mean, count);
        assertTrue(heldOut > 0.85, "held out " + heldOut);
        // train = heldOut * 13/16 + (1 - heldOut) * 1/16 where the classifier errs independently of the noise
        double expected = heldOut * 13 / 16 + (1 - heldOut) / 16;
        double se = Math.sqrt(0.25 / n + 0.25 / 4000);
        assertEquals(expected, train, 4 * se);
    }

    private static double agreement(Examples e, double[][] mean, int[] count) {
        int right = 0;
        for (int i = 0; i < e.count(); i++) {
            int best = 0;
            double most = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < 4; k++) {
                double score = 0;
                for (int j = 0; j < 16; j++) {
                    score += mean[k][j] / count[k] * e.inputs()[i * 16 + j];
                }
                score += Math.log((double) count[k] / 20_000) * 0.5;
                if (score > most) {
                    most = score;
                    best = k;
                }
            }
            right += best == e.labels()[i] ? 1 : 0;
        }
        return (double) right / e.count();
    }

    @Test
    void refusesImpossibleSpecs() {
        assertThrows(IllegalArgumentException.class, () -> new DataSpec("mnits", 0, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new DataSpec("mnist", -1, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new DataSpec("synthetic", 2_000_000, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new Examples(new float[5], new byte[2]));
    }
}
