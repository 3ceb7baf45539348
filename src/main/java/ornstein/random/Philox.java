package ornstein.random;

/// Philox4x32-10: a keyed bijection of 128-bit counters (Salmon, Moraes, Dror, Shaw: Parallel random numbers:
/// as easy as 1, 2, 3, SC 2011). No state and a period of 2^128 blocks for each of 2^64 keys; passes
/// BigCrush.
///
/// The key is the seed. The counter's words are, from the lowest: path (64 bits), index (48 bits) and stream
/// (16 bits).
public final class Philox {
    /// Multipliers of the first and third counter word.
    public static final int MULTIPLIER_0 = 0xD2511F53;

    public static final int MULTIPLIER_1 = 0xCD9E8D57;
    /// What a round adds to the key words: the golden ratio and sqrt(3) - 1, as 32-bit fractions.
    public static final int WEYL_0 = 0x9E3779B9;

    public static final int WEYL_1 = 0xBB67AE85;
    public static final int ROUNDS = 10;
    /// Indices run below this.
    public static final long INDEX_LIMIT = 1L << 48;

    private Philox() {}

    /// The four words of a counter, written to `out[0..3]`.
    ///
    /// @param index 0 to 2^48 - 1
    /// @param stream 0 to 2^16 - 1
    public static void block(long seed, long path, long index, int stream, int[] out) {
        bijection(
                (int) path,
                (int) (path >>> 32),
                (int) index,
                high(index, stream),
                (int) seed,
                (int) (seed >>> 32),
                out);
    }

    /// The highest counter word: bits 32 to 47 of the index below the stream.
    public static int high(long index, int stream) {
        return (int) (index >>> 32) & 0xFFFF | stream << 16;
    }

    /// The bijection itself: counter words `c0..c3` under key words `k0, k1`.
    public static void bijection(int c0, int c1, int c2, int c3, int k0, int k1, int[] out) {
        for (int round = 0; round < ROUNDS; round++) {
            long p0 = (c0 & 0xFFFFFFFFL) * (MULTIPLIER_0 & 0xFFFFFFFFL);
            long p1 = (c2 & 0xFFFFFFFFL) * (MULTIPLIER_1 & 0xFFFFFFFFL);
            c0 = (int) (p1 >>> 32) ^ c1 ^ k0;
            c1 = (int) p1;
            c2 = (int) (p0 >>> 32) ^ c3 ^ k1;
            c3 = (int) p0;
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
        out[0] = c0;
        out[1] = c1;
        out[2] = c2;
        out[3] = c3;
    }

    /// The word at a position of a stream of a path.
    public static int word(long seed, long path, long position, int stream) {
        int[] out = new int[4];
        block(seed, path, position >>> 2, stream, out);
        return out[(int) position & 3];
    }

    /// 64 random bits: the first two words of a block.
    public static long bits(long seed, long path, long index, int stream) {
        int[] out = new int[4];
        block(seed, path, index, stream, out);
        return out[0] & 0xFFFFFFFFL | (long) out[1] << 32;
    }
}
