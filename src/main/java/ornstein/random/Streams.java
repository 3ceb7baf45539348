package ornstein.random;

/// The streams in use. Two uses of randomness by one path, or one replica, take different streams.
public final class Streams {
    /// Normals of the steps of an SDE.
    public static final int NOISE = 0;
    /// Uniforms of the steps of an SDE (discrete noise of weak methods).
    public static final int UNIFORM = 1;
    /// Batch indices and permutations.
    public static final int BATCH = 2;
    /// Random starting points and initial weights.
    public static final int START = 3;
    /// Label noise.
    public static final int LABEL = 4;
    /// Making of synthetic data.
    public static final int DATA = 5;
    /// Partition of the examples into batches.
    public static final int PARTITION = 6;
    /// What probes draw: batches, examples, starting vectors.
    public static final int PROBE = 8;
    /// Normals that make the integrals of a Brownian path over the finest of several grids.
    public static final int INTEGRAL = 9;
    /// First stream free for other uses.
    public static final int FREE = 64;
    /// First of the streams of a Brownian tree, one for four components.
    public static final int TREE = 0x8000;

    private Streams() {}
}
