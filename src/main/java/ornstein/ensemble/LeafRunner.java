package ornstein.ensemble;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import ornstein.expr.Expr;
import ornstein.kernel.Backend;
import ornstein.kernel.Block;
import ornstein.kernel.Observables;

/// Moves leaves through time and adds up their statistics: the working memory of one thread. Makes no garbage
/// but what the kernel makes.
final class LeafRunner implements Runner {
    /// Paths of a leaf.
    static final int LEAF = 4096;

    /// How many leaves the paths of an ensemble are.
    static long leaves(EnsembleSpec spec) {
        return (spec.paths() + LEAF - 1) / LEAF;
    }

    /// What all threads share.
    ///
    /// @param observables null where there are none
    record Code(EnsembleSpec spec, Engine engine, @Nullable Observables observables, Stops stops) {
        static Code of(EnsembleSpec spec, Backend backend) {
            Engine engine = Engine.of(spec, backend);
            List<Expr> wanted = spec.expressions();
            Observables observables = wanted.isEmpty()
                    ? null
                    : Observables.of(spec.step().state(), wanted, spec.step().values(), spec.precision(), backend);
            return new Code(spec, engine, observables, new Stops(spec));
        }
    }

    private final EnsembleSpec spec;
    private final Code code;
    private final Watch watch;
    private final Block block;
    private final double[][] states;
    private final double[][] origins;
    private final double[][] values;
    private final double[] evaluated;
    private final Observables.@Nullable Evaluator evaluator;
    private final double[][] distance;
    private final boolean[] skip = new boolean[LEAF];
    private int firstAlive;
    private boolean again;
    private StepCounts counts = StepCounts.NONE;
    private long nanos;
    private long pathSteps;

    /// @param capacity paths of a block, a multiple of [Moments#CHUNK] or more than the leaf has
    LeafRunner(Code code, Watch watch, int capacity) {
        this.code = code;
        this.watch = watch;
        spec = code.spec();
        block = code.engine().newBlock(capacity);
        int d = spec.dimension();
        int observables = spec.observables().size();
        states = new double[d][capacity];
        origins = new double[spec.lags().isEmpty() ? 0 : d][capacity];
        values = new double[observables][capacity];
        evaluated = new double[observables * capacity];
        evaluator = code.observables() == null ? null : code.observables().evaluator();
        distance = new double[1][spec.lags().isEmpty() ? 0 : capacity];
    }

    @Override
    public int most() {
        return 1;
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public long pathSteps() {
        return pathSteps;
    }

    @Override
    public void run(long first, List<Partial> out) {
        run(first, out.getFirst());
    }

    private void run(long leaf, Partial out) {
        long from = leaf * LEAF;
        int paths = (int) Math.min(LEAF, spec.paths() - from);
        Arrays.fill(skip, false);
        firstAlive = 0;
        again = false;
        counts = StepCounts.NONE;
        out.clear();
        Failures failures = pass(leaf, paths, out);
        if (failures.count() > 0) {
            while (firstAlive < paths && skip[firstAlive]) firstAlive++;
            again = true;
            out.clear();
            if (firstAlive < paths) pass(leaf, paths, out);
        }
        out.close(paths - failures.count(), failures, counts);
    }

    private Failures pass(long leaf, int paths, Partial out) {
        long first = spec.firstPath() + leaf * LEAF;
        Failures failures = Failures.NONE;
        for (int from = 0; from < paths; from += block.capacity()) {
            int n = Math.min(block.capacity(), paths - from);
            if (from + n <= firstAlive) continue;
            block.reset(spec.seed(), first + from, n);
            code.engine().start(block, spec.start());
            long at = 0;
            for (int stop = 0; stop < code.stops().count(); stop++) {
                advance(at, code.stops().step(stop));
                at = code.stops().step(stop);
                look(leaf, stop, from, out);
            }
            for (int i = 0; i < n && block.failures() > 0; i++) {
                if (block.failedStep(i) < 0) continue;
                skip[from + i] = true;
                failures = failures.and(new Failures(1, new Failures.First(first + from + i, block.failedStep(i) + 1)));
            }
        }
        return failures;
    }

    private void advance(long from, long to) {
        // between two looks at the interruption
        long most = Math.max(1, code.engine().stride() / block.paths());
        for (long at = from; at < to; ) {
            watch.interruption().check();
            int steps = (int) Math.min(most, to - at);
            long begun = System.nanoTime();
            StepCounts taken = code.engine().advance(block, at, steps);
            nanos += System.nanoTime() - begun;
            at += steps;
            pathSteps += (long) steps * block.paths();
            if (again) continue;
            counts = counts.and(taken);
            watch.progress().step((long) steps * block.paths());
        }
    }

    private void look(long leaf, int stop, int from, Partial out) {
        Stops stops = code.stops();
        int time = stops.save(stop);
        if (time >= 0 && !again) watch.saved(leaf, block, time);
        boolean origin = stops.isOrigin(stop);
        int[] lags = stops.lags(stop);
        for (int c = 0; c < states.length; c++) {
            block.copy(c, states[c]);
            if (origin) System.arraycopy(states[c], 0, origins[c], 0, block.paths());
        }
        for (int lag : lags) {
            double[] square = distance[0];
            Arrays.fill(square, 0, block.paths(), 0);
            for (int c = 0; c < states.length; c++) {
                for (int i = 0; i < block.paths(); i++) {
                    double moved = states[c][i] - origins[c][i];
                    square[i] = Math.fma(moved, moved, square[i]);
                }
            }
            add(out.distances, lag, distance, from);
        }
        if (time < 0) return;
        add(out.states, time, states, from);
        if (evaluator == null) return;
        evaluator.evaluate(block, stops.step(stop) * spec.step().stepSize(), evaluated);
        for (int k = 0; k < values.length; k++) {
            System.arraycopy(evaluated, k * block.capacity(), values[k], 0, block.paths());
        }
        add(out.observables, time, values, from);
    }

    private void add(Moments moments, int time, double[][] rows, int from) {
        int first = firstAlive - from;
        if (first >= 0 && first < block.paths()) {
            for (int v = 0; v < rows.length; v++) moments.shift(time, v, rows[v][first]);
        }
        moments.add(time, rows, block.paths(), skip, from, again);
    }
}
