package ornstein.kernel;

import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import ornstein.random.Philox;

/// The four words of one block of each path of a tile, in rows 0 to 3 of its words.
final class PhiloxRows {
    private static final long LOW = 0xFFFFFFFFL;
    private static final LongVector PAIRS = LongVector.broadcast(Lanes.I64, 0).addIndex(2);

    private PhiloxRows() {}

    static void fill(Backend backend, Tile t, long index, int stream) {
        int high = Philox.high(index, stream);
        if (backend == Backend.SCALAR) scalar(t, (int) index, high);
        else vector(t.words, t.stride, t.count, t.firstPath, (int) index, high, t.roundKeys());
    }

    private static void scalar(Tile t, int low, int high) {
        int[] words = t.words;
        int stride = t.stride;
        int m0 = Philox.MULTIPLIER_0;
        int m1 = Philox.MULTIPLIER_1;
        for (int i = 0; i < t.count; i++) {
            long path = t.firstPath + i;
            int c0 = (int) path;
            int c1 = (int) (path >>> 32);
            int c2 = low;
            int c3 = high;
            int k0 = (int) t.seed;
            int k1 = (int) (t.seed >>> 32);
            for (int round = 0; round < Philox.ROUNDS; round++) {
                long p0 = (c0 & LOW) * (m0 & LOW);
                long p1 = (c2 & LOW) * (m1 & LOW);
                c0 = (int) (p1 >>> 32) ^ c1 ^ k0;
                c1 = (int) p1;
                c2 = (int) (p0 >>> 32) ^ c3 ^ k1;
                c3 = (int) p0;
                k0 += Philox.WEYL_0;
                k1 += Philox.WEYL_1;
            }
            words[i] = c0;
            words[stride + i] = c1;
            words[2 * stride + i] = c2;
            words[3 * stride + i] = c3;
        }
    }

    /// Even and odd paths in two vectors of 64-bit lanes, whose low halves are the words: the product of two low
    /// halves is one instruction, if the JIT compiler sees that both are masked. What stands in the high halves
    /// does not matter until the end.
    private static void vector(int[] words, int stride, int count, long firstPath, int low, int high, long[] keys) {
        int lanes = Lanes.I64.length();
        LongVector mask = LongVector.broadcast(Lanes.I64, LOW);
        LongVector m0 =
                LongVector.broadcast(Lanes.I64, (long) Philox.MULTIPLIER_0).and(mask);
        LongVector m1 =
                LongVector.broadcast(Lanes.I64, (long) Philox.MULTIPLIER_1).and(mask);
        for (int i = 0; i < count; i += 2 * lanes) {
            LongVector path = PAIRS.add(firstPath + i);
            LongVector a0 = path;
            LongVector a1 = path.lanewise(LSHR, 32);
            path = path.add(1);
            LongVector b0 = path;
            LongVector b1 = path.lanewise(LSHR, 32);
            LongVector a2 = LongVector.broadcast(Lanes.I64, low & LOW);
            LongVector b2 = a2;
            LongVector a3 = LongVector.broadcast(Lanes.I64, high & LOW);
            LongVector b3 = a3;
            for (int k = 0; k < 2 * Philox.ROUNDS; k += 2) {
                LongVector key0 = LongVector.broadcast(Lanes.I64, keys[k]);
                LongVector key1 = LongVector.broadcast(Lanes.I64, keys[k + 1]);
                LongVector p0 = a0.and(mask).mul(m0);
                LongVector p1 = a2.and(mask).mul(m1);
                LongVector q0 = b0.and(mask).mul(m0);
                LongVector q1 = b2.and(mask).mul(m1);
                a0 = p1.lanewise(LSHR, 32).lanewise(XOR, a1).lanewise(XOR, key0);
                b0 = q1.lanewise(LSHR, 32).lanewise(XOR, b1).lanewise(XOR, key0);
                a2 = p0.lanewise(LSHR, 32).lanewise(XOR, a3).lanewise(XOR, key1);
                b2 = q0.lanewise(LSHR, 32).lanewise(XOR, b3).lanewise(XOR, key1);
                a1 = p1;
                b1 = q1;
                a3 = p0;
                b3 = q0;
            }
            join(a0, b0, mask).intoArray(words, i);
            join(a1, b1, mask).intoArray(words, stride + i);
            join(a2, b2, mask).intoArray(words, 2 * stride + i);
            join(a3, b3, mask).intoArray(words, 3 * stride + i);
        }
    }

    private static IntVector join(LongVector even, LongVector odd, LongVector mask) {
        return even.and(mask).or(odd.lanewise(LSHL, 32)).reinterpretAsInts();
    }
}
