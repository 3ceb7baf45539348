package ornstein.kernel;

/// Random integers as kernels of a device make them: the numbers of [ornstein.random.Philox],
/// [ornstein.random.Uniforms] and [ornstein.random.Permutation], in code without arrays, in which every right shift is
/// masked or of a number that is not negative, as device compilers do not tell `>>>` from `>>`.
public final class DeviceDraws {
    private static final long LOW = 0xFFFFFFFFL;

    private DeviceDraws() {}

    /// Words 0 (low half) and 1 of a Philox block.
    public static long low(int c0, int c1, int c2, int c3, int k0, int k1) {
        for (int round = 0; round < 9; round++) {
            long p0 = (c0 & LOW) * 0xD2511F53L;
            long p1 = (c2 & LOW) * 0xCD9E8D57L;
            c0 = (int) (p1 >> 32) ^ c1 ^ k0;
            c1 = (int) p1;
            c2 = (int) (p0 >> 32) ^ c3 ^ k1;
            c3 = (int) p0;
            k0 += 0x9E3779B9;
            k1 += 0xBB67AE85;
        }
        long last = (c2 & LOW) * 0xCD9E8D57L;
        return ((int) (last >> 32) ^ c1 ^ k0) & LOW | last << 32;
    }

    /// Words 2 (low half) and 3 of a Philox block.
    public static long high(int c0, int c1, int c2, int c3, int k0, int k1) {
        for (int round = 0; round < 9; round++) {
            long p0 = (c0 & LOW) * 0xD2511F53L;
            long p1 = (c2 & LOW) * 0xCD9E8D57L;
            c0 = (int) (p1 >> 32) ^ c1 ^ k0;
            c1 = (int) p1;
            c2 = (int) (p0 >> 32) ^ c3 ^ k1;
            c3 = (int) p0;
            k0 += 0x9E3779B9;
            k1 += 0xBB67AE85;
        }
        long last = (c0 & LOW) * 0xD2511F53L;
        return ((int) (last >> 32) ^ c3 ^ k1) & LOW | last << 32;
    }

    /// The highest counter word of a block.
    public static int top(long index, int stream) {
        return (int) (index >> 32) & 0xFFFF | stream << 16;
    }

    /// The high half of the product of 64 random bits and a bound.
    static int below(long bits, long bound) {
        long carry = (bits & LOW) * bound >> 32 & LOW;
        return (int) (((bits >> 32 & LOW) * bound + carry) >> 32 & LOW);
    }

    /// The example at a position of the stream of examples that are drawn with replacement.
    public static int iid(long position, int examples, int path, int pathHigh, int seed, int seedHigh, int stream) {
        long index = position >> 1;
        int top = top(index, stream);
        long bits = (position & 1) == 0
                ? low(path, pathHigh, (int) index, top, seed, seedHigh)
                : high(path, pathHigh, (int) index, top, seed, seedHigh);
        return below(bits, examples);
    }

    /// The element at a position of a permutation of at most 12.
    public static int unranked(int i, int m, long epoch, int path, int pathHigh, int seed, int seedHigh, int stream) {
        long index = epoch << 16;
        long bits = low(path, pathHigh, (int) index, top(index, stream), seed, seedHigh);
        long digits = 0;
        int x = 0;
        for (int j = 0; j <= i; j++) {
            x = below(bits, m - j);
            bits = bits * (m - j);
            digits = digits | (long) x << 4 * j;
        }
        for (int j = i - 1; j >= 0; j--) {
            if (x >= ((int) (digits >> 4 * j) & 15)) x++;
        }
        return x;
    }

    /// The element at a position of a permutation, by swap-or-not.
    public static int swapped(
            int i, int m, int rounds, long epoch, int path, int pathHigh, int seed, int seedHigh, int stream) {
        int x = i;
        for (int round = 0; round < rounds; round++) {
            long index = (epoch << 16) + 1 + (round >> 1);
            int top = top(index, stream);
            long bits = (round & 1) == 0
                    ? low(path, pathHigh, (int) index, top, seed, seedHigh)
                    : high(path, pathHigh, (int) index, top, seed, seedHigh);
            int partner = (int) ((bits & LOW) * m >> 32) - x;
            if (partner < 0) partner = partner + m;
            int larger = x < partner ? partner : x;
            int h = (int) (bits >> 32) ^ times(larger, 0x9E3779B9L);
            h = times(h ^ h >> 16 & 0xFFFF, 0x85EBCA6BL);
            h = times(h ^ h >> 13 & 0x7FFFF, 0xC2B2AE35L);
            if ((h ^ h >> 16 & 0xFFFF) < 0) x = partner;
        }
        return x;
    }

    /// The low word of a product. A product of `int`s that overflows has no meaning in a device's language.
    private static int times(int word, long factor) {
        long low = (word & 0xFFFFL) * factor;
        long high = (word >> 16 & 0xFFFFL) * factor & 0xFFFFL;
        return (int) (low + (high << 16));
    }
}
