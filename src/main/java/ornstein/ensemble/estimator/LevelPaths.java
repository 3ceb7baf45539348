package ornstein.ensemble.estimator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import ornstein.ensemble.order.CoupledPaths;
import ornstein.expr.Expr;
import ornstein.kernel.Backend;
import ornstein.kernel.Block;
import ornstein.kernel.Observables;
import ornstein.kernel.Precision;
import ornstein.method.Sampling;
import ornstein.method.Settings;
import ornstein.method.Step;
import ornstein.model.SdeModel;

/// The paths of a level, fine ones and beyond level 0 coarse ones on the same Brownian paths: the memory of a thread.
final class LevelPaths {
    /// Paths of a group.
    static final int GROUP = 256;

    private final Mlmc of;
    private final int level;
    private final CoupledPaths paths;
    private final Block block;
    private final double[] values;
    private final Observables observables;

    LevelPaths(Mlmc of, int level) {
        this.of = of;
        this.level = level;
        SdeModel model = of.model();
        List<Step> steps = new ArrayList<>();
        for (int l = Math.max(0, level - 1); l <= level; l++) {
            Settings settings = new Settings(of.step(l), of.numbers(), Sampling.IID, Optional.empty());
            steps.add(of.base().step(model, settings));
        }
        paths = new CoupledPaths(
                steps, of.coarsest() + Math.max(0, level - 1), of.until(), model.start(), model.dimension(), of.seed());
        List<Expr> expressions = List.copyOf(model.observables().values());
        block = new Block(Precision.F64, model.dimension(), GROUP);
        values = new double[expressions.size() * GROUP];
        observables =
                Observables.of(model.state(), expressions, steps.getLast().values(), Precision.F64, Backend.SCALAR);
    }

    /// The sums of the group of paths from `first`.
    LevelSums group(long first) {
        double[][][] ends = paths.end(first, GROUP);
        double[][] fine = functionals(ends[ends.length - 1]);
        double[][] coarse = level == 0 ? new double[fine.length][GROUP] : functionals(ends[0]);
        LevelSums sums = new LevelSums(level, fine.length);
        for (int i = 0; i < GROUP; i++) sums.add(fine, coarse, i);
        return sums;
    }

    private double[][] functionals(double[][] states) {
        int d = states.length;
        int more = values.length / GROUP;
        double[][] all = Arrays.copyOf(states, d + more);
        if (more == 0) return all;
        block.reset(of.seed(), 0, GROUP);
        for (int c = 0; c < d; c++) for (int i = 0; i < GROUP; i++) block.set(c, i, states[c][i]);
        observables.evaluator().evaluate(block, of.until(), values);
        for (int k = 0; k < more; k++) all[d + k] = Arrays.copyOfRange(values, k * GROUP, (k + 1) * GROUP);
        return all;
    }
}
