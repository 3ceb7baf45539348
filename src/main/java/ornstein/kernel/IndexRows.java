package ornstein.kernel;

import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.L2I;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;

/// Random integers and permutations by the Vector API, row by row; bit for bit those of [ornstein.random.Uniforms] and
/// [ornstein.random.Permutation]. Arguments named after rows are positions in the words.
final class IndexRows {
    private static final long LOW = 0xFFFFFFFFL;

    private IndexRows() {}

    private static LongVector unsigned(int[] words, int at) {
        return Lanes.words(words, at).and(LOW);
    }

    private static void store(LongVector v, int[] words, int at) {
        ((IntVector) v.convertShape(L2I, Lanes.WORDS64, 0)).intoArray(words, at);
    }

    /// The high half of (low + 2^32 high) times a bound, into row `to`.
    static void below(int[] words, int low, int high, int to, int count, long bound) {
        for (int i = 0; i < count; i += Lanes.I64.length()) {
            LongVector carry = unsigned(words, low + i).mul(bound).lanewise(LSHR, 32);
            LongVector product = unsigned(words, high + i).mul(bound).add(carry);
            store(product.lanewise(LSHR, 32), words, to + i);
        }
    }

    /// One digit of a fraction (low + 2^32 high) / 2^64 in base `base`: its integer part into row `to`, what
    /// is left into `low` and `high`.
    static void digit(int[] words, int low, int high, int to, int count, long base) {
        for (int i = 0; i < count; i += Lanes.I64.length()) {
            LongVector lower = unsigned(words, low + i).mul(base);
            LongVector upper = unsigned(words, high + i).mul(base).add(lower.lanewise(LSHR, 32));
            store(lower, words, low + i);
            store(upper, words, high + i);
            store(upper.lanewise(LSHR, 32), words, to + i);
        }
    }

    /// The element at a position of the order whose Lehmer digits are in rows `digits`, `digits + stride`,
    /// ..., into row `to`.
    static void element(int[] words, int digits, int stride, int position, int to, int count) {
        for (int i = 0; i < count; i += Lanes.I32.length()) {
            IntVector x = IntVector.fromArray(Lanes.I32, words, digits + position * stride + i);
            for (int j = position - 1; j >= 0; j--) {
                IntVector digit = IntVector.fromArray(Lanes.I32, words, digits + j * stride + i);
                x = x.add(1, x.compare(GE, digit));
            }
            x.intoArray(words, to + i);
        }
    }

    /// One round of swap-or-not on the elements in row `at`: `keys` gives the round's sum of partners,
    /// `coins` whether they change places.
    static void swapOrNot(int[] words, int keys, int coins, int at, int count, int m) {
        for (int i = 0; i < count; i += Lanes.I32.length()) {
            LongVector k = IntVector.fromArray(Lanes.I32, words, keys + i).reinterpretAsLongs();
            LongVector even = k.and(LOW).mul(m).lanewise(LSHR, 32);
            LongVector odd = k.lanewise(LSHR, 32).mul(m).lanewise(LSHR, 32).lanewise(LSHL, 32);
            IntVector x = IntVector.fromArray(Lanes.I32, words, at + i);
            IntVector partner = even.or(odd).reinterpretAsInts().sub(x);
            partner = partner.add(m, partner.compare(LT, 0));
            IntVector h =
                    x.max(partner).mul(0x9E3779B9).lanewise(XOR, IntVector.fromArray(Lanes.I32, words, coins + i));
            h = mix(mix(h, 16, 0x85EBCA6B), 13, 0xC2B2AE35);
            h = h.lanewise(XOR, h.lanewise(LSHR, 16));
            x.blend(partner, h.compare(LT, 0)).intoArray(words, at + i);
        }
    }

    private static IntVector mix(IntVector h, int distance, int factor) {
        return h.lanewise(XOR, h.lanewise(LSHR, distance)).mul(factor);
    }
}
