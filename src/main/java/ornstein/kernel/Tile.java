package ornstein.kernel;

import ornstein.random.Philox;

/// The working memory of one thread: the rows of a few paths, small enough for the first-level cache, and the
/// numbers that are the same for all. The arrays of the other precision are empty.
final class Tile {
    final Program program;
    /// Paths of a row.
    final int stride;
    final float[] f32;
    final double[] f64;
    final int[] words;
    final float[] shared32;
    final double[] shared64;
    final float[][] columns32;
    final double[][] columns64;
    final Stepwise stepwise;
    private final long[] roundKeys = new long[2 * Philox.ROUNDS];
    private long keysOf;
    long seed;
    long firstPath;
    /// Lanes to compute: the paths, rounded up to whole vectors.
    int count;
    /// Entry of the data columns in a loop over the data.
    int index;
    /// Which block of steps the normals, and the uniforms, in the rows belong to; -1 for none.
    long normalsAt = -1;

    long uniformsAt = -1;
    /// Which steps, and which epoch, the batch indices in the rows belong to.
    long batchAt = -1;

    long epochAt = -1;

    Tile(Program program, int stride) {
        this.program = program;
        this.stride = stride;
        stepwise = new Stepwise(program.shared());
        boolean single = program.precision() == Precision.F32;
        int rows = program.layout().rows() * stride;
        f32 = new float[single ? rows : 0];
        f64 = new double[single ? 0 : rows];
        words = new int[program.layout().words() * stride];
        int n = program.shared().size();
        shared32 = new float[single ? n : 0];
        shared64 = new double[single ? 0 : n];
        columns32 = single ? program.columns32() : new float[0][];
        columns64 = single ? new double[0][] : program.columns64();
    }

    void shared(int slot, double value) {
        if (f32.length > 0) shared32[slot] = (float) value;
        else shared64[slot] = value;
    }

    double get(int row, int i) {
        return f32.length > 0 ? f32[row * stride + i] : f64[row * stride + i];
    }

    void set(int row, int i, double value) {
        if (f32.length > 0) f32[row * stride + i] = (float) value;
        else f64[row * stride + i] = value;
    }

    void fill(int row, double value) {
        if (f32.length > 0) java.util.Arrays.fill(f32, row * stride, row * stride + count, (float) value);
        else java.util.Arrays.fill(f64, row * stride, row * stride + count, value);
    }

    void copy(int from, int to) {
        if (f32.length > 0) System.arraycopy(f32, from * stride, f32, to * stride, count);
        else System.arraycopy(f64, from * stride, f64, to * stride, count);
    }

    /// The key words of Philox's rounds under the seed, each as an unsigned number.
    long[] roundKeys() {
        if (roundKeys[2] == 0 || keysOf != seed) {
            int k0 = (int) seed;
            int k1 = (int) (seed >>> 32);
            for (int round = 0; round < Philox.ROUNDS; round++) {
                roundKeys[2 * round] = k0 & 0xFFFFFFFFL;
                roundKeys[2 * round + 1] = k1 & 0xFFFFFFFFL;
                k0 += Philox.WEYL_0;
                k1 += Philox.WEYL_1;
            }
            keysOf = seed;
        }
        return roundKeys;
    }

    /// Says that other paths are in the rows.
    void moveTo(long seed, long firstPath, int count) {
        this.seed = seed;
        this.firstPath = firstPath;
        this.count = count;
        normalsAt = -1;
        uniformsAt = -1;
        batchAt = -1;
        epochAt = -1;
    }
}
