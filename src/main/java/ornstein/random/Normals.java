package ornstein.random;

/// Standard normals by Box-Muller (Box, Muller: Annals of Mathematical Statistics 29, 1958), two from two words. Both
/// precisions take the same words, so a single-precision normal is the double-precision one to rounding.
///
/// Of the first word, the lower 31 bits give the radius sqrt(-2 log u) with u = (w + 1/2) / 2^31, at most
/// 6.66. Of the second, the lower 30 bits give an angle within an eighth of a turn of 0, bit 31 the sign of
/// its cosine, and bit 30 exchanges cosine and sine: together an angle uniform on the circle. Position `n` of
/// a stream takes the words of block `n / 4`: normals 0 and 1 from words 0 and 1, normals 2 and 3 from words
/// 2 and 3.
public final class Normals {
    /// Bits of sqrt(1/2): mantissas are reduced to [sqrt(1/2), sqrt(2)).
    public static final int SQRT_HALF_F32 = 0x3F3504F3;

    public static final long SQRT_HALF_F64 = 0x3FE6A09E667F3BCDL;
    public static final double LN2 = 0x1.62e42fefa39efp-1;

    private Normals() {}

    /// The normal at a position of a stream of a path.
    public static double at(long seed, long path, long position, int stream) {
        int[] words = new int[4];
        double[] pair = new double[2];
        Philox.block(seed, path, position >>> 2, stream, words);
        int half = (int) position & 2;
        pair(words[half], words[half + 1], pair, 0);
        return pair[(int) position & 1];
    }

    /// Normals at positions `first .. first + out.length - 1` of a stream of a path.
    public static void fill(long seed, long path, long first, int stream, double[] out) {
        int[] words = new int[4];
        double[] four = new double[4];
        for (int i = 0; i < out.length; ) {
            long position = first + i;
            Philox.block(seed, path, position >>> 2, stream, words);
            pair(words[0], words[1], four, 0);
            pair(words[2], words[3], four, 2);
            for (int j = (int) position & 3; j < 4 && i < out.length; j++) out[i++] = four[j];
        }
    }

    /// As [#fill(long,long,long,int,double[])], in single precision.
    public static void fill(long seed, long path, long first, int stream, float[] out) {
        int[] words = new int[4];
        float[] four = new float[4];
        for (int i = 0; i < out.length; ) {
            long position = first + i;
            Philox.block(seed, path, position >>> 2, stream, words);
            pair(words[0], words[1], four, 0);
            pair(words[2], words[3], four, 2);
            for (int j = (int) position & 3; j < 4 && i < out.length; j++) out[i++] = four[j];
        }
    }

    /// The two normals of two words, written to `out[at]` and `out[at + 1]`.
    public static void pair(int radius, int angle, double[] out, int at) {
        double u = Math.fma(radius & 0x7FFFFFFF, 0x1p-31, 0x1p-32);
        double r = Math.sqrt(-2 * log(u));
        double t = Math.fma(angle << 2, 0x1p-32, 0x1p-31);
        double z = t * t;
        double sin = r * (t * Minimax.SIN_QUARTER_F64.at(z));
        double cos = r * Minimax.COS_QUARTER_F64.at(z);
        if (angle < 0) cos = -cos;
        boolean exchange = (angle & 0x40000000) != 0;
        out[at] = exchange ? sin : cos;
        out[at + 1] = exchange ? cos : sin;
    }

    /// As [#pair(int,int,double[],int)], in single precision.
    public static void pair(int radius, int angle, float[] out, int at) {
        float u = Math.fma((float) (radius & 0x7FFFFFFF), 0x1p-31f, 0x1p-32f);
        float r = (float) Math.sqrt(-2 * log(u));
        float t = Math.fma((float) (angle << 2), 0x1p-32f, 0x1p-31f);
        float z = t * t;
        float sin = r * (t * Minimax.SIN_QUARTER_F32.at(z));
        float cos = r * Minimax.COS_QUARTER_F32.at(z);
        if (angle < 0) cos = -cos;
        boolean exchange = (angle & 0x40000000) != 0;
        out[at] = exchange ? sin : cos;
        out[at + 1] = exchange ? cos : sin;
    }

    /// The natural logarithm of a positive, finite, normal number.
    static double log(double x) {
        long bits = Double.doubleToRawLongBits(x) - SQRT_HALF_F64;
        double e = (double) (bits >> 52);
        double f = Double.longBitsToDouble((bits & 0xFFFFFFFFFFFFFL) + SQRT_HALF_F64) - 1;
        return Math.fma(e, LN2, Math.fma(Minimax.LOG_F64.at(f), f * f, f));
    }

    /// As [#log(double)], in single precision.
    static float log(float x) {
        int bits = Float.floatToRawIntBits(x) - SQRT_HALF_F32;
        float e = bits >> 23;
        float f = Float.intBitsToFloat((bits & 0x7FFFFF) + SQRT_HALF_F32) - 1;
        return Math.fma(e, (float) LN2, Math.fma(Minimax.LOG_F32.at(f), f * f, f));
    }
}
