package ornstein.random;

/// A uniformly random permutation of 0 .. m-1, by random access: nothing is stored.
///
/// Up to 12 elements, 64 random bits give an integer below m!, which is unranked by Lehmer's code: every
/// order is equally likely to one part in 2^35. Above, swap-or-not (Hoang, Morris, Rogaway: An enciphering
/// scheme based on a card shuffle, CRYPTO 2012) with 6 log2(m) + 12 rounds. A Feistel network with cycle
/// walking is not used: for small m it is far from uniform.
public final class Permutation {
    /// Largest m whose permutations are unranked.
    public static final int UNRANKED = 12;

    private Permutation() {}

    /// Rounds of swap-or-not on `m` elements: 6 log2(m) + 12, rounded up to an even number (a block has words
    /// for two).
    public static int rounds(int m) {
        int rounds = (int) Math.ceil(6 * StrictMath.log(m) / StrictMath.log(2)) + 12;
        return (rounds + 1) & -2;
    }

    /// The element at position `i` of the permutation number `epoch` of a path.
    ///
    /// @param epoch 0 to 2^32 - 1
    /// @param i 0 to m-1
    public static int at(int i, int m, long seed, long path, long epoch, int stream) {
        if (i < 0 || i >= m) throw new IllegalArgumentException("position " + i + " outside 0.." + (m - 1));
        if (m <= UNRANKED) return unranked(Philox.bits(seed, path, blocks(epoch), stream), i, m);
        int[] words = new int[4];
        int rounds = rounds(m);
        int x = i;
        for (int round = 0; round < rounds; round++) {
            int at = round % 2 * 2;
            if (at == 0) Philox.block(seed, path, blocks(epoch) + 1 + round / 2, stream, words);
            int partner = below(words[at], m) - x;
            if (partner < 0) partner += m;
            if (coin(words[at + 1], Math.max(x, partner))) x = partner;
        }
        return x;
    }

    /// The whole permutation number `epoch` of a path.
    public static int[] of(int m, long seed, long path, long epoch, int stream) {
        int[] out = new int[m];
        for (int i = 0; i < m; i++) out[i] = at(i, m, seed, path, epoch, stream);
        return out;
    }

    /// Index of the first block that an epoch's permutation takes: it has 2^16 blocks.
    public static long blocks(long epoch) {
        return epoch << 16;
    }

    /// The element at position `i` of the order of `m <= 12` elements that 64 bits unrank to. The bits are a
    /// fraction of 2^64 read as digits in the mixed base m, m-1, ...: digit j counts which of the elements
    /// left comes next.
    static int unranked(long bits, int i, int m) {
        long digits = 0;
        for (int j = 0; j <= i; j++) {
            long digit = Math.unsignedMultiplyHigh(bits, m - j);
            bits *= m - j;
            digits |= digit << 4 * j;
        }
        int x = (int) (digits >>> 4 * i);
        for (int j = i - 1; j >= 0; j--) if (x >= (int) (digits >>> 4 * j & 15)) x++;
        return x;
    }

    private static int below(int word, int bound) {
        return (int) ((word & 0xFFFFFFFFL) * bound >>> 32);
    }

    /// A fair bit for an element under a round's key: one bit of a mix of both (the finaliser of MurmurHash3).
    private static boolean coin(int key, int element) {
        int h = key ^ element * 0x9E3779B9;
        h = (h ^ h >>> 16) * 0x85EBCA6B;
        h = (h ^ h >>> 13) * 0xC2B2AE35;
        return (h ^ h >>> 16) < 0;
    }
}
