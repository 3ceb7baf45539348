package ornstein.random;

/// Uniform reals and integers.
public final class Uniforms {
    private Uniforms() {}

    /// A word as a uniform on (0,1): (w + 1/2) / 2^32 with the word unsigned. Exact.
    public static double unit(int word) {
        return Math.fma((double) (word & 0xFFFFFFFFL), 0x1p-32, 0x1p-33);
    }

    /// A uniform on (0,1) at a position of a stream.
    public static double at(long seed, long path, long position, int stream) {
        return unit(Philox.word(seed, path, position, stream));
    }

    /// Uniforms at positions `first .. first + out.length - 1` of a stream.
    public static void fill(long seed, long path, long first, int stream, double[] out) {
        int[] words = new int[4];
        long block = -1;
        for (int i = 0; i < out.length; i++) {
            long position = first + i;
            if (position >>> 2 != block) {
                block = position >>> 2;
                Philox.block(seed, path, block, stream, words);
            }
            out[i] = unit(words[(int) position & 3]);
        }
    }

    /// 64 random bits as an integer below `bound`: the high half of their 128-bit product. No integer's
    /// probability is off by more than bound / 2^64 relative to 1 / bound: below 2^-32 for every `int` bound.
    public static long below(long bits, long bound) {
        return Math.unsignedMultiplyHigh(bits, bound);
    }

    /// Integers below `bound` at positions `first .. first + out.length - 1`: position `n` takes words 2(n mod 2) and
    /// 2(n mod 2) + 1 of block n / 2.
    public static void indices(long seed, long path, long first, int stream, int bound, int[] out) {
        int[] words = new int[4];
        long block = -1;
        for (int i = 0; i < out.length; i++) {
            long position = first + i;
            if (position >>> 1 != block) {
                block = position >>> 1;
                Philox.block(seed, path, block, stream, words);
            }
            int at = ((int) position & 1) << 1;
            out[i] = (int) below(words[at] & 0xFFFFFFFFL | (long) words[at + 1] << 32, bound);
        }
    }
}
