package ornstein.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The states of a few thousand paths with consecutive numbers, as a structure of arrays, with the paths that
/// have failed. To be used by one thread at a time, and used again for other paths by [#reset].
public final class Block {
    private final Precision precision;
    private final int coordinates;
    private final int capacity;
    private final float[] singles;
    private final double[] doubles;
    private final long[] failedStep;
    private long seed;
    private long firstPath;
    private int paths;
    private int failures;

    @Nullable Tile tile;

    Kernel.@Nullable Beginning beginning;

    /// @param coordinates of a state, the method's own included
    /// @param capacity most paths
    public Block(Precision precision, int coordinates, int capacity) {
        if (coordinates < 1 || capacity < 1) throw new IllegalArgumentException("a block has states and paths");
        this.precision = precision;
        this.coordinates = coordinates;
        this.capacity = capacity;
        int size = Math.multiplyExact(coordinates, capacity);
        singles = new float[precision == Precision.F32 ? size : 0];
        doubles = new double[precision == Precision.F32 ? 0 : size];
        failedStep = new long[capacity];
        reset(0, 0, capacity);
    }

    /// Makes room for other paths; their states are to be set.
    ///
    /// @param seed key of the random numbers
    /// @param firstPath number of the first path
    /// @param paths at most the capacity
    public void reset(long seed, long firstPath, int paths) {
        if (paths < 1 || paths > capacity) {
            throw new IllegalArgumentException(paths + " paths in a block for 1 to " + capacity);
        }
        this.seed = seed;
        this.firstPath = firstPath;
        this.paths = paths;
        failures = 0;
        Arrays.fill(failedStep, -1);
    }

    public Precision precision() {
        return precision;
    }

    public int coordinates() {
        return coordinates;
    }

    public int capacity() {
        return capacity;
    }

    public long seed() {
        return seed;
    }

    public long firstPath() {
        return firstPath;
    }

    public int paths() {
        return paths;
    }

    /// A coordinate of path `firstPath + i`; not a number once the path has failed.
    public double get(int coordinate, int i) {
        int at = coordinate * capacity + i;
        return precision == Precision.F32 ? singles[at] : doubles[at];
    }

    public void set(int coordinate, int i, double value) {
        int at = coordinate * capacity + i;
        if (precision == Precision.F32) singles[at] = (float) value;
        else doubles[at] = value;
    }

    /// A coordinate of all paths, into `out[0 .. paths-1]`.
    public void copy(int coordinate, double[] out) {
        int at = coordinate * capacity;
        if (precision == Precision.F64) System.arraycopy(doubles, at, out, 0, paths);
        else for (int i = 0; i < paths; i++) out[i] = singles[at + i];
    }

    /// Paths that have failed: whose state became infinite or not a number, or whose step says that it failed.
    public int failures() {
        return failures;
    }

    /// The number of the step after which path `firstPath + i` had failed, or -1.
    public long failedStep(int i) {
        return failedStep[i];
    }

    /// Marks path `firstPath + i` as failed in a step.
    public void fail(int i, long step) {
        if (failedStep[i] >= 0) return;
        failedStep[i] = step;
        failures++;
        for (int c = 0; c < coordinates; c++) set(c, i, Double.NaN);
    }

    /// Puts the states of `n` paths from path `from` into the first rows of a tile.
    void load(Tile t, int from, int n) {
        load(t, coordinates, from, n);
    }

    /// As [#load(Tile,int,int)], the first `wanted` coordinates.
    void load(Tile t, int wanted, int from, int n) {
        for (int c = 0; c < wanted; c++) {
            int at = c * capacity + from;
            if (precision == Precision.F32) System.arraycopy(singles, at, t.f32, c * t.stride, n);
            else System.arraycopy(doubles, at, t.f64, c * t.stride, n);
            for (int i = n; i < t.count; i++) t.set(c, i, t.get(c, n - 1));
        }
        if (failures > 0) park(t, wanted, from, n);
    }

    /// Takes the states of the paths that have not failed back from a tile.
    void store(Tile t, int from, int n) {
        for (int c = 0; c < coordinates; c++) {
            int at = c * capacity + from;
            if (precision == Precision.F32) System.arraycopy(t.f32, c * t.stride, singles, at, n);
            else System.arraycopy(t.f64, c * t.stride, doubles, at, n);
        }
        if (failures == 0) return;
        for (int i = 0; i < n; i++) {
            if (failedStep[from + i] >= 0) for (int c = 0; c < coordinates; c++) set(c, from + i, Double.NaN);
        }
    }

    /// Lanes of failed paths, and lanes beyond the last path, compute a copy of a path that lives.
    private void park(Tile t, int wanted, int from, int n) {
        int alive = 0;
        while (alive < n && failedStep[from + alive] >= 0) alive++;
        for (int c = 0; c < wanted; c++) {
            double value = alive < n ? t.get(c, alive) : 0;
            for (int i = 0; i < t.count; i++) if (i >= n || failedStep[from + i] >= 0) t.set(c, i, value);
        }
    }
}
