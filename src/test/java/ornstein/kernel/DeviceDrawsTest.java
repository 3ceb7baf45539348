package ornstein.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import ornstein.random.Permutation;
import ornstein.random.Philox;
import ornstein.random.Streams;
import ornstein.random.Uniforms;

/// What kernels of a device draw is what the CPU draws, word for word. On a device it is checked at each start.
class DeviceDrawsTest {
    private final SplittableRandom random = new SplittableRandom(8);

    @Test
    void philoxGivesItsPublishedAnswers() {
        assertEquals(0xE169C58D6627E8D5L, DeviceDraws.low(0, 0, 0, 0, 0, 0));
        assertEquals(0x9B00DBD8BC57AC4CL, DeviceDraws.high(0, 0, 0, 0, 0, 0));
        int[] out = new int[4];
        for (int k = 0; k < 1000; k++) {
            int[] w = random.ints(6).toArray();
            Philox.bijection(w[0], w[1], w[2], w[3], w[4], w[5], out);
            assertEquals(
                    out[0] & 0xFFFFFFFFL | (long) out[1] << 32, DeviceDraws.low(w[0], w[1], w[2], w[3], w[4], w[5]));
            assertEquals(
                    out[2] & 0xFFFFFFFFL | (long) out[3] << 32, DeviceDraws.high(w[0], w[1], w[2], w[3], w[4], w[5]));
        }
    }

    @Test
    void examplesAndPermutationsAreThoseOfTheCpu() {
        for (int k = 0; k < 1000; k++) {
            long seed = random.nextLong();
            long path = random.nextLong(1L << 40);
            int p = (int) path;
            int q = (int) (path >>> 32);
            int s = (int) seed;
            int t = (int) (seed >>> 32);
            int bound = random.nextInt(1, Integer.MAX_VALUE);
            long position = random.nextLong(1L << 48);
            int[] index = new int[1];
            Uniforms.indices(seed, path, position, Streams.BATCH, bound, index);
            assertEquals(index[0], DeviceDraws.iid(position, bound, p, q, s, t, Streams.BATCH));
            long epoch = random.nextLong(1L << 32);
            int m = random.nextInt(1, 13);
            int i = random.nextInt(m);
            int expected = Permutation.at(i, m, seed, path, epoch, Streams.BATCH);
            assertEquals(expected, DeviceDraws.unranked(i, m, epoch, p, q, s, t, Streams.BATCH));
            m = random.nextInt(13, 100_000);
            i = random.nextInt(m);
            expected = Permutation.at(i, m, seed, path, epoch, Streams.BATCH);
            assertEquals(expected, DeviceDraws.swapped(i, m, Permutation.rounds(m), epoch, p, q, s, t, Streams.BATCH));
        }
    }
}
