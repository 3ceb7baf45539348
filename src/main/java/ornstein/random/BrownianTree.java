package ornstein.random;

/// One Brownian path W on [0, T] for each (seed, path, component), known at every dyadic time j T / 2^level to level
/// 40 (a virtual Brownian tree: Gaines, Lyons: SIAM Journal on Applied Mathematics 57, 1997; counters instead of split
/// seeds). A rejected or refined step so keeps its noise.
///
/// An interval's increment D splits into a left half D/2 + sqrt(length)/2 Z and the rest, with Z a normal of
/// its node: node 0 is the whole interval's increment, node 2^level + j the split of interval j. Values are
/// multiples of a quantum of 2^-48 sqrt(T) or less, so that sums of increments are exact: the fine increments
/// of an interval add up to its own.
public final class BrownianTree {
    /// Finest level.
    public static final int DEPTH = 40;

    private final long seed;
    private final long path;
    private final double root;
    private final double quantum;

    /// @param until T, the length of the time interval
    public BrownianTree(long seed, long path, double until) {
        if (!(until > 0 && until < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("length of time " + until + " must be positive and finite");
        }
        this.seed = seed;
        this.path = path;
        root = Math.sqrt(until);
        quantum = Math.scalb(1.0, Math.getExponent(root) - 48);
    }

    /// W((j+1) T / 2^level) - W(j T / 2^level) of a component.
    public double increment(int level, long j, int component) {
        if (level < 0 || level > DEPTH) throw new IllegalArgumentException("level " + level + " outside 0.." + DEPTH);
        if (j < 0 || j >= 1L << level) {
            throw new IllegalArgumentException("interval " + j + " outside 0.." + ((1L << level) - 1));
        }
        double d = whole(component);
        for (int l = 0; l < level; l++) {
            long interval = j >>> level - l;
            double left = left(l, interval, component, d);
            d = (j >>> level - l - 1 & 1) == 0 ? left : d - left;
        }
        return d;
    }

    /// The increments of a component over the `out.length` intervals of a level: all 2^level of them from interval 0.
    public void increments(int component, double[] out) {
        int level = Integer.numberOfTrailingZeros(out.length);
        if (1L << level != out.length) {
            throw new IllegalArgumentException("number of intervals " + out.length + " must be a power of 2");
        }
        out[0] = whole(component);
        for (int l = 0; l < level; l++) {
            for (int j = (1 << l) - 1; j >= 0; j--) {
                double left = left(l, j, component, out[j]);
                out[2 * j + 1] = out[j] - left;
                out[2 * j] = left;
            }
        }
    }

    private double whole(int component) {
        return quantised(root * normal(0, component));
    }

    private double left(int level, long j, int component, double d) {
        double deviation = (level & 1) == 0
                ? Math.scalb(root, -(level / 2) - 1)
                : Math.scalb(root * Math.sqrt(0.5), -(level / 2) - 1);
        return quantised(Math.fma(deviation, normal((1L << level) + j, component), d / 2));
    }

    private double quantised(double x) {
        return Math.rint(x / quantum) * quantum;
    }

    private double normal(long node, int component) {
        return Normals.at(seed, path, 4 * node + (component & 3), Streams.TREE + (component >> 2));
    }
}
