package ornstein.train.probe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import ornstein.random.Streams;
import ornstein.random.Uniforms;
import ornstein.stats.Estimate;
import ornstein.stats.Jackknife;
import ornstein.train.Torch;

/// Gradient noise from the gradients of single examples, computed [#CHUNK] at a time. Sigma is that of one
/// example; [GradientNoise#ofBatch] turns it into a batch's. Not defined for batch norm, where examples of a
/// batch depend on each other.
public final class PerExampleNoise {
    /// Examples whose gradients are computed at once: fastest on a CPU, where `[16, P]` still fits the cache.
    static final int CHUNK = 16;

    private static final int BLOCKS = 16;

    private final LossSurface loss;
    private final double[] theta;
    private final boolean population;
    /// `[P, k]`, the directions as columns.
    private final Tensor directions;

    private final int modes;
    private final int[] indices;
    private final int blocks;
    /// Sums over the examples of a block: of the gradient, its square, its components along directions, their squares.
    private final double[][] gradient;
    private final double[][] square;
    private final double[][] component;
    private final double[][] componentSquare;
    private final int[] size;

    private PerExampleNoise(
            LossSurface loss, double[] theta, boolean population, int[] indices, double[][] directions) {
        this.loss = loss;
        this.theta = theta;
        this.population = population;
        this.indices = indices;
        this.directions = LossSurface.columns(directions, theta.length);
        this.blocks = population ? 1 : BLOCKS;
        this.modes = directions.length;
        this.gradient = new double[blocks][theta.length];
        this.square = new double[blocks][theta.length];
        this.component = new double[blocks][modes];
        this.componentSquare = new double[blocks][modes];
        this.size = new int[blocks];
    }

    /// The exact moments over all examples of the loss: the population that SGD draws from. No standard errors.
    public static GradientNoise exact(LossSurface loss, double[] theta, double[]... directions) {
        int[] all = IntStream.range(0, loss.count()).toArray();
        return estimate(loss, theta, true, all, directions);
    }

    /// Unbiased estimates from `n` examples drawn with replacement, with jackknife standard errors.
    ///
    /// @param path number of this estimate: different numbers draw different examples
    public static GradientNoise sampled(
            LossSurface loss, double[] theta, int n, long seed, long path, double[]... directions) {
        if (n < 2 * BLOCKS) {
            throw new IllegalArgumentException("estimates need at least " + 2 * BLOCKS + " examples, not " + n);
        }
        int[] indices = new int[n];
        Uniforms.indices(seed, path, 0, Streams.PROBE, loss.count(), indices);
        return estimate(loss, theta, false, indices, directions);
    }

    private static GradientNoise estimate(
            LossSurface loss, double[] theta, boolean population, int[] indices, double[][] directions) {
        if (loss.net().hasBatchNorm()) {
            throw new IllegalArgumentException("network " + loss.net().spec().name()
                    + " has a batch norm: the gradient of a single example is not defined; take pairs of batches");
        }
        try (PointerScope _ = new PointerScope()) {
            PerExampleNoise noise = new PerExampleNoise(loss, theta, population, indices, directions);
            noise.sum();
            return noise.moments();
        }
    }

    private void sum() {
        for (int block = 0; block < blocks; block++) {
            int from = (int) ((long) block * indices.length / blocks);
            int to = (int) ((long) (block + 1) * indices.length / blocks);
            size[block] = to - from;
            for (int at = from; at < to; at += CHUNK) {
                try (PointerScope _ = new PointerScope()) {
                    add(block, Arrays.copyOfRange(indices, at, Math.min(to, at + CHUNK)));
                }
            }
        }
    }

    private void add(int block, int[] chunk) {
        Tensor rows = loss.perExample(theta, chunk).toType(ScalarType.Double);
        Vectors.add(gradient[block], 1, Torch.doubles(rows.sum(0)));
        Vectors.add(square[block], 1, Torch.doubles(rows.square().sum(0)));
        if (modes > 0) {
            Tensor along = rows.matmul(directions);
            Vectors.add(component[block], 1, Torch.doubles(along.sum(0)));
            Vectors.add(componentSquare[block], 1, Torch.doubles(along.square().sum(0)));
        }
    }

    private GradientNoise moments() {
        Parts parts = new Parts(theta.length, loss.net().groups());
        int n = parts.count();
        // Row 0 is from all blocks, row b+1 without block b.
        double[][] gradient2 = new double[blocks + 1][];
        double[][] trace = new double[blocks + 1][];
        double[][] along = new double[blocks + 1][];
        int rows = population ? 1 : blocks + 1;
        double[] g = total(gradient);
        double[] s = total(square);
        double[] c = total(component);
        double[] cs = total(componentSquare);
        for (int row = 0; row < rows; row++) {
            boolean all = row == 0;
            int m = indices.length - (all ? 0 : size[row - 1]);
            double[] dg = all ? new double[g.length] : gradient[row - 1];
            double[] ds = all ? new double[g.length] : square[row - 1];
            double[] mean2 = parts.sums(j -> (g[j] - dg[j]) / m * (g[j] - dg[j]) / m);
            double[] square = parts.sums(j -> (s[j] - ds[j]) / m);
            double unbias = population ? 1 : m / (m - 1.0);
            trace[row] = new double[n];
            gradient2[row] = new double[n];
            for (int i = 0; i < n; i++) {
                trace[row][i] = (square[i] - mean2[i]) * unbias;
                gradient2[row][i] = mean2[i] - (population ? 0 : trace[row][i] / m);
            }
            along[row] = new double[c.length];
            for (int k = 0; k < c.length; k++) {
                double a = (c[k] - (all ? 0 : component[row - 1][k])) / m;
                double a2 = (cs[k] - (all ? 0 : componentSquare[row - 1][k])) / m;
                along[row][k] = (a2 - a * a) * unbias;
            }
        }
        List<Estimate> modeList = new ArrayList<>(List.of(jackknife(along, c.length)));
        return GradientNoise.of(parts, jackknife(gradient2, n), jackknife(trace, n), modeList);
    }

    private static double[] total(double[][] blocks) {
        double[] sum = new double[blocks[0].length];
        for (double[] block : blocks) {
            Vectors.add(sum, 1, block);
        }
        return sum;
    }

    /// Value from row 0, standard error by the delete-one-block jackknife over the others.
    private Estimate[] jackknife(double[][] values, int n) {
        Estimate[] out = new Estimate[n];
        for (int i = 0; i < n; i++) {
            int column = i;
            Estimate estimate = population
                    ? new Estimate(values[0][i], 0, Double.POSITIVE_INFINITY)
                    : Jackknife.estimate(1, blocks, (stratum, block) -> values[block + 1][column]);
            if (estimate == null) {
                throw new IllegalArgumentException("gradients at theta are not finite");
            }
            out[i] = estimate;
        }
        return out;
    }
}
