package ornstein.random;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class BrownianTreeTest {
    @Test
    void fineIncrementsAddUpToTheCoarseOneExactly() {
        for (double until : new double[] {1, 0.3, 700}) {
            BrownianTree tree = new BrownianTree(3, 4, until);
            double[] fine = new double[1 << 10];
            tree.increments(2, fine);
            for (int level = 9; level >= 0; level--) {
                for (int j = 0; j < 1 << level; j++) {
                    double sum = 0;
                    for (int i = j << 10 - level; i < j + 1 << 10 - level; i++) sum += fine[i];
                    assertEquals(tree.increment(level, j, 2), sum);
                }
            }
        }
    }

    @Test
    void randomAccessAndSweepAgree() {
        BrownianTree tree = new BrownianTree(8, 1, 2.5);
        double[] all = new double[64];
        tree.increments(5, all);
        for (int j = 0; j < 64; j++) assertEquals(all[j], tree.increment(6, j, 5));
    }

    @Test
    void incrementsAreIndependentNormals() {
        int paths = 40_000;
        double[] fine = new double[8];
        double[][] products = new double[8][8];
        double[] fourth = new double[8];
        for (int path = 0; path < paths; path++) {
            new BrownianTree(11, path, 2).increments(0, fine);
            for (int i = 0; i < 8; i++) {
                fourth[i] += Math.pow(fine[i] * 2, 4) / paths;
                for (int j = 0; j < 8; j++) products[i][j] += fine[i] * 2 * fine[j] * 2 / paths;
            }
        }
        for (int i = 0; i < 8; i++) {
            assertEquals(3, fourth[i], 4.5 * Math.sqrt(96.0 / paths));
            for (int j = 0; j < 8; j++) {
                assertEquals(i == j ? 1 : 0, products[i][j], 4.5 * Math.sqrt((i == j ? 2.0 : 1.0) / paths));
            }
        }
    }

    @Test
    void deepIncrementsHaveTheRightSize() {
        double sum = 0;
        int n = 2000;
        for (int i = 0; i < n; i++) {
            double d = new BrownianTree(5, i, 3).increment(30, 123_456_789, 1);
            sum += d * d / n;
        }
        assertEquals(1, sum / (3 * 0x1p-30), 4.5 * Math.sqrt(2.0 / n));
    }
}
