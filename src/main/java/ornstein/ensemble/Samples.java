package ornstein.ensemble;

import java.util.List;
import ornstein.ensemble.order.Groups;
import ornstein.kernel.Backend;
import ornstein.kernel.Block;
import ornstein.run.Interruption;
import ornstein.run.Progress;
import ornstein.spec.UserError;

/// The states of all paths of an ensemble at the saved times, in memory.
public final class Samples {
    private static final int BLOCK = 512;

    /// The most numbers that are held.
    private static final long MOST = 100_000_000;

    private Samples() {}

    /// States as `[time][coordinate][path]`; not numbers where a path has failed.
    ///
    /// @param progress told of path steps
    /// @throws UserError if they are too many
    public static double[][][] of(
            EnsembleSpec spec, Backend backend, int threads, Interruption stop, Progress progress) {
        int d = spec.step().state().size();
        int times = spec.saved().size();
        if (spec.paths() * d * times > MOST) {
            throw new UserError("--paths " + spec.paths() + ": the states at " + times + " times are "
                    + spec.paths() * d * times + " numbers, more than " + MOST + "; give fewer, or a smaller --save");
        }
        int paths = (int) spec.paths();
        double[][][] states = new double[times][d][paths];
        Engine engine = Engine.of(spec, backend);
        List<Integer> blocks = Groups.run(
                (paths + BLOCK - 1) / BLOCK,
                threads,
                stop,
                () -> engine.newBlock(BLOCK),
                (block, g) -> fill(spec, engine, block, g * BLOCK, states, stop, progress));
        if (blocks.stream().mapToInt(Integer::intValue).sum() != paths)
            throw new IllegalStateException("paths are lost");
        return states;
    }

    private static int fill(
            EnsembleSpec spec,
            Engine engine,
            Block block,
            int from,
            double[][][] states,
            Interruption stop,
            Progress progress) {
        int n = (int) Math.min(BLOCK, spec.paths() - from);
        block.reset(spec.seed(), spec.firstPath() + from, n);
        engine.start(block, spec.start());
        long at = 0;
        for (int t = 0; t < states.length; t++) {
            long to = spec.saved().get(t);
            while (at < to) {
                stop.check();
                int steps = (int) Math.min(Math.max(1, engine.stride() / BLOCK), to - at);
                engine.advance(block, at, steps);
                progress.step((long) steps * n);
                at += steps;
            }
            for (int c = 0; c < states[t].length; c++) {
                for (int i = 0; i < n; i++) states[t][c][from + i] = block.get(c, i);
            }
        }
        return n;
    }
}
