package ornstein.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PermutationTest {
    @Test
    void isAPermutation() {
        for (int m : new int[] {1, 2, 3, 5, 12, 13, 14, 64, 100, 1000}) {
            for (int epoch = 0; epoch < 20; epoch++) {
                int[] p = Permutation.of(m, 42, 3, epoch, Streams.BATCH);
                Arrays.sort(p);
                assertArrayEquals(IntStream.range(0, m).toArray(), p, "m = " + m);
            }
        }
    }

    @Test
    void everyOrderIsEquallyLikely() {
        for (int m = 3; m <= 7; m++) {
            int orders = (int) factorial(m);
            int draws = Math.max(100_000, 40 * orders);
            int[] counts = new int[orders];
            for (int i = 0; i < draws; i++) counts[rank(Permutation.of(m, 1, i, 5, Streams.BATCH))]++;
            assertUniform(counts, draws, "m = " + m);
        }
    }

    @Test
    void swapOrNotPutsEveryElementEverywhere() {
        for (int m : new int[] {13, 16, 40}) {
            int draws = 4000 * m;
            for (int i : new int[] {0, m / 2, m - 1}) {
                int[] counts = new int[m];
                int[] pairs = new int[m * m];
                for (int path = 0; path < draws; path++) {
                    int x = Permutation.at(i, m, 9, path, 0, Streams.BATCH);
                    int y = Permutation.at((i + 1) % m, m, 9, path, 0, Streams.BATCH);
                    counts[x]++;
                    pairs[x * m + y]++;
                }
                assertUniform(counts, draws, "m = " + m + ", position " + i);
                int[] apart = IntStream.range(0, m * m)
                        .filter(k -> k / m != k % m)
                        .map(k -> pairs[k])
                        .toArray();
                assertUniform(apart, draws, "pairs of m = " + m + ", position " + i);
            }
        }
    }

    @Test
    void lehmerDigitsReachBothEnds() {
        assertArrayEquals(
                new int[] {0, 1, 2, 3},
                IntStream.range(0, 4).map(i -> Permutation.unranked(0, i, 4)).toArray());
        assertArrayEquals(
                new int[] {3, 2, 1, 0},
                IntStream.range(0, 4).map(i -> Permutation.unranked(-1, i, 4)).toArray());
    }

    @Test
    void roundsAreAtLeastSixLogPlusTwelve() {
        for (int m = 13; m < 5000; m++) assertTrue(Permutation.rounds(m) >= 6 * Math.log(m) / Math.log(2) + 12);
        assertEquals(72, Permutation.rounds(1024));
    }

    private static void assertUniform(int[] counts, int draws, String what) {
        double expected = (double) draws / counts.length;
        double chi = 0;
        for (int c : counts) chi += (c - expected) * (c - expected) / expected;
        int freedom = counts.length - 1;
        assertTrue(
                Math.abs(chi - freedom) < 4.5 * Math.sqrt(2.0 * freedom) + 6,
                what + ": chi-square " + chi + " for " + freedom);
    }

    private static int rank(int[] p) {
        int rank = 0;
        for (int i = 0; i < p.length; i++) {
            int smaller = 0;
            for (int j = i + 1; j < p.length; j++) if (p[j] < p[i]) smaller++;
            rank = rank * (p.length - i) + smaller;
        }
        return rank;
    }

    private static long factorial(int m) {
        return m < 2 ? 1 : m * factorial(m - 1);
    }
}
