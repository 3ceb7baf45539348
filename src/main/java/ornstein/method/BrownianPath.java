package ornstein.method;

/// What the first normals of a step are of a Brownian path W in m dimensions, so that steps of different sizes can
/// follow one path: normal k is W_k(h)/sqrt(h); where there are integrals, normal m + k is sqrt(3) times
/// (2 I_k/h - W_k(h))/sqrt(h) with I_k = int_0^h W_k ds, which is independent of it. A step has more normals where it
/// uses some that belong to no path.
///
/// @param processes m, 0 where no normal belongs to a path
public record BrownianPath(int processes, boolean integrals) {
    public static final BrownianPath NONE = new BrownianPath(0, false);

    /// The number of normals that belong to the path.
    public int normals() {
        return integrals ? 2 * processes : processes;
    }
}
