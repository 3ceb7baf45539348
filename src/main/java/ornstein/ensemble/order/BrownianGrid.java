package ornstein.ensemble.order;

import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import ornstein.random.BrownianTree;
import ornstein.random.Normals;
import ornstein.random.Streams;

/// Brownian paths on [0, T] of several paths' numbers, as the noise of steps of T/2^level: for each component
/// and step, the increment and, of the first components, the integral I of W from the start of the step. A
/// coarser grid is made from a finer: increments add up, and I over two steps is I_1 + I_2 + h W(h).
final class BrownianGrid {
    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

    private final double until;
    private final int paths;
    private final double[][][] increments;
    private final double[][][] integrals;
    private int level;

    /// @param level of the finest grid
    /// @param integrated components whose integrals are wanted, the first ones
    BrownianGrid(long seed, long firstPath, int paths, double until, int level, int components, int integrated) {
        this.until = until;
        this.paths = paths;
        this.level = level;
        int steps = 1 << level;
        increments = new double[components][steps][paths];
        integrals = new double[integrated][steps][paths];
        double h = until / steps;
        double[] path = new double[steps];
        double[] own = new double[steps * integrated];
        for (int i = 0; i < paths; i++) {
            BrownianTree tree = new BrownianTree(seed, firstPath + i, until);
            if (integrated > 0) Normals.fill(seed, firstPath + i, 0, Streams.INTEGRAL, own);
            for (int c = 0; c < components; c++) {
                tree.increments(c, path);
                for (int s = 0; s < steps; s++) {
                    increments[c][s][i] = path[s];
                    if (c >= integrated) continue;
                    double y = own[s * integrated + c] * Math.sqrt(h);
                    integrals[c][s][i] = h / 2 * (path[s] + y / Math.sqrt(3));
                }
            }
        }
    }

    int level() {
        return level;
    }

    double stepSize() {
        return until / (1 << level);
    }

    /// Goes to the grid with steps of twice the size.
    void coarsen() {
        double h = stepSize();
        for (int c = 0; c < increments.length; c++) {
            for (int s = 0; s < 1 << (level - 1); s++) {
                double[] first = increments[c][2 * s];
                double[] second = increments[c][2 * s + 1];
                double[] sum = new double[paths];
                for (int i = 0; i < paths; i++) sum[i] = first[i] + second[i];
                if (c < integrals.length) {
                    double[] one = integrals[c][2 * s];
                    double[] two = integrals[c][2 * s + 1];
                    double[] both = new double[paths];
                    for (int i = 0; i < paths; i++) both[i] = one[i] + two[i] + h * first[i];
                    integrals[c][s] = both;
                }
                increments[c][s] = sum;
            }
        }
        level--;
    }

    /// A component's increments over a step, divided by sqrt(h): standard normals.
    void increment(int component, int step, double[] out) {
        double root = Math.sqrt(stepSize());
        double[] w = increments[component][step];
        for (int i = 0; i < paths; i++) out[i] = w[i] / root;
    }

    /// sqrt(3) (2 I/h - W(h))/sqrt(h) over a step: standard normals, independent of the increments.
    void integral(int component, int step, double[] out) {
        double h = stepSize();
        double[] w = increments[component][step];
        double[] area = integrals[component][step];
        for (int i = 0; i < paths; i++) out[i] = Math.sqrt(3 / h) * (2 * area[i] / h - w[i]);
    }

    /// Uniforms that rise with the increments over a step.
    void uniform(int component, int step, double[] out) {
        increment(component, step, out);
        IntStream.range(0, paths).forEach(i -> out[i] = NORMAL.cumulativeProbability(out[i]));
    }
}
