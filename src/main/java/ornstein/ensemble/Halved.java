package ornstein.ensemble;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import ornstein.kernel.Backend;
import ornstein.kernel.Block;
import ornstein.kernel.Driven;
import ornstein.kernel.Kernel;
import ornstein.kernel.Precision;
import ornstein.method.BrownianPath;
import ornstein.method.Halving;
import ornstein.method.Step;
import ornstein.model.Start;
import ornstein.random.Normals;
import ornstein.random.Streams;

/// Steps that are halved path by path. The noise of a step of full size has the counters of steps of one size; its
/// halves take two new normals for each process from the node of a tree under it. Given the increment and the integral
/// of an interval, those of its halves follow by an orthogonal map of these normals.
final class Halved implements Engine {
    /// The most steps of full size: nodes of a tree are counted below the step's number.
    static final long MOST = 1L << 48 - Halving.DEPTH - 1;

    private static final double ROOT_HALF = Math.sqrt(0.5);
    private static final double ROOT_THREE_QUARTERS = Math.sqrt(0.75);

    private final Halving halving;
    private final int d;
    private final BrownianPath path;
    private final ThreadLocal<List<Driven>> levels;

    Halved(Halving halving, Backend backend) {
        this.halving = halving;
        d = halving.size();
        path = halving.steps().getFirst().path();
        levels = ThreadLocal.withInitial(() -> {
            List<Driven> all = new ArrayList<>();
            for (Step step : halving.steps()) all.add(new Driven(step, backend));
            return all;
        });
    }

    @Override
    public Block newBlock(int capacity) {
        return new Block(Precision.F64, d, capacity);
    }

    @Override
    public void start(Block block, Start start) {
        Kernel.place(block, start, d);
    }

    @Override
    public StepCounts advance(Block block, long first, int steps) {
        if (first + steps > MOST) throw new IllegalArgumentException("more than " + MOST + " steps that are halved");
        double[] z = new double[path.normals()];
        StepCounts counts = StepCounts.NONE;
        for (int s = 0; s < steps; s++) {
            int n = 0;
            int[] paths = new int[block.paths()];
            for (int i = 0; i < block.paths(); i++) if (block.failedStep(i) < 0) paths[n++] = i;
            if (n == 0) return counts;
            double[][] noise = new double[path.normals()][n];
            for (int p = 0; p < n; p++) {
                long number = block.firstPath() + paths[p];
                Normals.fill(block.seed(), number, (first + s) * z.length, Streams.NOISE, z);
                for (int j = 0; j < z.length; j++) noise[j][p] = z[j];
            }
            counts = counts.and(move(block, first + s, 0, 0, Arrays.copyOf(paths, n), noise));
        }
        return counts;
    }

    /// Moves paths through interval `j` of a level of a step.
    private StepCounts move(Block block, long step, int level, long j, int[] paths, double[][] noise) {
        int n = paths.length;
        double[][] rows = new double[2 * d + noise.length][n];
        for (int c = 0; c < d; c++) for (int p = 0; p < n; p++) rows[c][p] = block.get(c, paths[p]);
        for (int k = 0; k < noise.length; k++) rows[2 * d + k] = noise[k];
        levels.get().get(level).step(rows, n, (step << level) + j);
        int[] rest = new int[n];
        int count = 0;
        for (int p = 0; p < n; p++) {
            if (meets(rows, p)) for (int c = 0; c < d; c++) block.set(c, paths[p], rows[c][p]);
            else rest[count++] = p;
        }
        StepCounts counts = new StepCounts(n - count, count, count < n ? level : 0);
        if (count == 0) return counts;
        if (level == Halving.DEPTH) {
            for (int r = 0; r < count; r++) block.fail(paths[rest[r]], step);
            return counts;
        }
        int[] open = new int[count];
        for (int r = 0; r < count; r++) open[r] = paths[rest[r]];
        double[][] first = new double[noise.length][count];
        double[][] second = new double[noise.length][count];
        for (int r = 0; r < count; r++) {
            split(block, step, (1L << level) + j, open[r], rest[r], r, noise, first, second);
        }
        counts = counts.and(move(block, step, level + 1, 2 * j, open, first));
        int alive = 0;
        int[] still = new int[count];
        for (int r = 0; r < count; r++) {
            if (block.failedStep(open[r]) >= 0) continue;
            for (double[] row : second) row[alive] = row[r];
            still[alive++] = open[r];
        }
        if (alive == 0) return counts;
        for (int k = 0; k < second.length; k++) second[k] = Arrays.copyOf(second[k], alive);
        return counts.and(move(block, step, level + 1, 2 * j + 1, Arrays.copyOf(still, alive), second));
    }

    /// Whether a step has a finite result with a small enough error.
    private boolean meets(double[][] rows, int p) {
        for (int c = 0; c < d; c++) {
            if (!(Math.abs(rows[d + c][p]) <= halving.tolerance() * (1 + Math.abs(rows[c][p])))) return false;
            if (!Double.isFinite(rows[c][p])) return false;
        }
        return true;
    }

    /// The noise of the halves of a node of one path.
    private void split(
            Block block,
            long step,
            long node,
            int number,
            int from,
            int to,
            double[][] noise,
            double[][] first,
            double[][] second) {
        int m = path.processes();
        long at = (step << Halving.DEPTH + 1) + node;
        for (int k = 0; k < m; k++) {
            double n1 = normal(block, number, at, 2 * k);
            double z = noise[k][from];
            double apart = n1;
            if (path.integrals()) {
                double n2 = normal(block, number, at, 2 * k + 1);
                double y = noise[m + k][from];
                apart = ROOT_THREE_QUARTERS * y - n1 / 2;
                double both = y / 2 + ROOT_THREE_QUARTERS * n1;
                first[m + k][to] = ROOT_HALF * (both + n2);
                second[m + k][to] = ROOT_HALF * (both - n2);
            }
            first[k][to] = ROOT_HALF * (z + apart);
            second[k][to] = ROOT_HALF * (z - apart);
        }
    }

    private static double normal(Block block, int i, long node, int component) {
        long number = block.firstPath() + i;
        return Normals.at(block.seed(), number, 4 * node + (component & 3), Streams.TREE + (component >> 2));
    }

    @Override
    public long stride() {
        return 1 << 14;
    }
}
