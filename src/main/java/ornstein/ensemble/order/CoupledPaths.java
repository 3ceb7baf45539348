package ornstein.ensemble.order;

import java.util.List;
import ornstein.kernel.Backend;
import ornstein.kernel.Block;
import ornstein.kernel.Driven;
import ornstein.kernel.Kernel;
import ornstein.kernel.Precision;
import ornstein.method.Step;
import ornstein.model.Start;

/// Paths of a method at the last time, each on grids of T/2^level that share the path's Brownian path. What
/// other noise a step takes has a Brownian path of its own, of which a uniform is the distribution function's
/// value, so that coarse and fine steps are as close as that noise lets them be. Holds working memory: each
/// thread takes its own.
public final class CoupledPaths {
    private final List<Step> steps;
    private final List<Driven> driven;
    private final Kernel begin;
    private final int coarsest;
    private final double until;
    private final Start start;
    private final int wanted;
    private final long seed;
    private final int wiener;
    private final boolean integrals;

    /// @param wanted how many coordinates are wanted at the end, the first ones
    /// @param steps of the method, of size T/2^coarsest, half of that, and so on
    public CoupledPaths(List<Step> steps, int coarsest, double until, Start start, int wanted, long seed) {
        wiener = steps.getFirst().path().processes();
        integrals = steps.getFirst().path().integrals();
        this.steps = List.copyOf(steps);
        driven = steps.stream().map(s -> new Driven(s, Backend.SCALAR)).toList();
        begin = Kernel.of(steps.getFirst(), Precision.F64, Backend.SCALAR);
        this.coarsest = coarsest;
        this.until = until;
        this.start = start;
        this.wanted = wanted;
        this.seed = seed;
    }

    /// The wanted coordinates of some paths at the end, as `[grid][coordinate][path]`; not numbers where a
    /// path has failed.
    public double[][][] end(long firstPath, int paths) {
        Step first = steps.getFirst();
        int own = integrals ? 2 * wiener : wiener;
        int others = first.normals() - own;
        int finest = coarsest + steps.size() - 1;
        BrownianGrid grid = new BrownianGrid(
                seed, firstPath, paths, until, finest, wiener + others + first.uniforms(), integrals ? wiener : 0);
        double[][][] ends = new double[steps.size()][][];
        for (int l = steps.size() - 1; l >= 0; l--) {
            while (grid.level() > coarsest + l) grid.coarsen();
            ends[l] = end(l, grid, firstPath, paths);
        }
        return ends;
    }

    private double[][] end(int number, BrownianGrid grid, long firstPath, int paths) {
        Step step = steps.get(number);
        int d = step.next().size();
        int own = integrals ? 2 * wiener : wiener;
        int others = step.normals() - own;
        double[][] rows = new double[d + step.normals() + step.uniforms()][paths];
        Block block = begin.newBlock(paths);
        block.reset(seed, firstPath, paths);
        begin.start(block, start);
        for (int r = 0; r < d; r++) block.copy(r, rows[r]);
        for (int k = 0; k < 1 << grid.level(); k++) {
            for (int c = 0; c < wiener; c++) {
                grid.increment(c, k, rows[d + c]);
                if (integrals) grid.integral(c, k, rows[d + wiener + c]);
            }
            for (int c = 0; c < others; c++) grid.increment(wiener + c, k, rows[d + own + c]);
            for (int u = 0; u < step.uniforms(); u++) {
                grid.uniform(wiener + others + u, k, rows[d + step.normals() + u]);
            }
            driven.get(number).step(rows, paths, k);
        }
        return java.util.Arrays.copyOf(rows, wanted);
    }
}
