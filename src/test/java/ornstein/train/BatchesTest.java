package ornstein.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import ornstein.method.Sampling;
import ornstein.train.data.Dataset;

/// Which examples and labels a batch holds. Bounds are five standard errors or the 99.99 % point, at fixed seeds.
class BatchesTest {
    private static final int COUNT = 30;
    private static final Dataset DATA = Fixture.data(List.of(6), COUNT);

    private static Batches batches(Sampling sampling, double labelNoise, int batch) {
        return new Batches(Fixture.sampling(Fixture.spec(Fixture.TINY), sampling, labelNoise, batch), DATA.train());
    }

    @Test
    void iidDrawsAreUniformAndIndependent() {
        try (PointerScope _ = new PointerScope()) {
            Batches batches = batches(Sampling.IID, 0, 4);
            int steps = 6000;
            double[] count = new double[COUNT];
            int repeats = 0;
            int shared = 0;
            for (int k = 0; k < steps; k++) {
                int[] zero = batches.examples(0, k);
                int[] one = batches.examples(1, k);
                for (int i = 0; i < 4; i++) {
                    count[zero[i]]++;
                    shared += zero[i] == one[i] ? 1 : 0;
                }
                repeats += zero[0] == zero[1] ? 1 : 0;
            }
            double chi2 = 0;
            double expected = 4.0 * steps / COUNT;
            for (double c : count) {
                chi2 += (c - expected) * (c - expected) / expected;
            }
            assertTrue(chi2 < 63, "chi-square with 29 degrees of freedom: " + chi2);
            assertBinomial(repeats, steps, 1.0 / COUNT);
            assertBinomial(shared, 4 * steps, 1.0 / COUNT);
        }
    }

    @Test
    void shuffledEpochsVisitEveryExampleOnceInAnewOrder() {
        try (PointerScope _ = new PointerScope()) {
            Batches batches = batches(Sampling.SHUFFLE, 0, 4);
            int perEpoch = COUNT / 4;
            int[] first = new int[COUNT];
            int epochs = 3000;
            int[] before = {};
            for (int epoch = 0; epoch < epochs; epoch++) {
                int[] order = new int[0];
                for (int k = 0; k < perEpoch; k++) {
                    int[] more = batches.examples(2, (long) epoch * perEpoch + k);
                    int at = order.length;
                    order = Arrays.copyOf(order, at + 4);
                    System.arraycopy(more, 0, order, at, 4);
                }
                assertEquals(4L * perEpoch, Arrays.stream(order).distinct().count());
                assertFalse(Arrays.equals(before, order));
                before = order;
                first[order[0]]++;
            }
            for (int c : first) {
                assertBinomial(c, epochs, 1.0 / COUNT);
            }
        }
    }

    @Test
    void replicasShuffleDifferentlyAndAnyStepCanBeDrawnAlone() {
        try (PointerScope _ = new PointerScope()) {
            Batches batches = batches(Sampling.SHUFFLE, 0, 4);
            int[] late = batches.examples(1, 100);
            assertFalse(Arrays.equals(late, batches.examples(0, 100)));
            batches.examples(1, 3);
            assertArrayEquals(late, batches.examples(1, 100));
            assertArrayEquals(late, batches(Sampling.SHUFFLE, 0, 4).examples(1, 100));
        }
    }

    @Test
    void labelsAreThoseOfTheExamplesAndNoiseReplacesTheAskedShare() {
        try (PointerScope _ = new PointerScope()) {
            Batches clean = batches(Sampling.IID, 0, 4);
            Batches noisy = batches(Sampling.IID, 0.3, 4);
            byte[] labels = DATA.train().labels();
            int changed = 0;
            int[] toClass = new int[3];
            int steps = 3000;
            for (int k = 0; k < steps; k++) {
                int[] examples = clean.examples(0, k);
                assertArrayEquals(examples, noisy.examples(0, k));
                long[] y = Torch.longs(clean.y());
                long[] z = Torch.longs(noisy.y());
                for (int i = 0; i < 4; i++) {
                    assertEquals(labels[examples[i]], y[i]);
                    changed += y[i] == z[i] ? 0 : 1;
                    toClass[Math.floorMod(z[i] - y[i], 3)]++;
                }
            }
            assertBinomial(changed, 4 * steps, 0.3 * 2 / 3);
            assertBinomial(toClass[1], 4 * steps, 0.1);
        }
    }

    @Test
    void inputsAreThoseOfTheExamples() {
        try (PointerScope _ = new PointerScope()) {
            Batches batches = batches(Sampling.IID, 0, 4);
            int[] examples = batches.examples(2, 9);
            double[] x = Torch.doubles(batches.x().select(0, 2));
            for (int i = 0; i < 4; i++) {
                for (int j = 0; j < 6; j++) {
                    assertEquals(DATA.train().inputs()[examples[i] * 6 + j], x[i * 6 + j], 0.0);
                }
            }
        }
    }

    private static void assertBinomial(int hits, int trials, double p) {
        assertEquals(trials * p, hits, 5 * Math.sqrt(trials * p * (1 - p)));
    }
}
