package ornstein.ensemble;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import ornstein.device.Device;
import ornstein.device.DevicePaths;
import ornstein.device.PathsPlan;
import ornstein.kernel.Backend;
import ornstein.kernel.Block;
import ornstein.kernel.DeviceCode;
import ornstein.kernel.Kernel;
import ornstein.kernel.Precision;
import ornstein.method.Step;

/// Moves many leaves at once through time on a device, and takes what it adds up and counts; states come back
/// only where they are kept. The sums are those of a [LeafRunner] over the same states, in the same order.
final class DeviceRunner implements Runner {
    /// The most paths at once: enough to keep every device busy.
    private static final int MOST = 1 << 20;

    /// The share of a device's memory that is taken.
    private static final double SHARE = 0.5;

    /// Path steps of the first call.
    private static final long CALL = 1L << 24;

    /// Seconds of a call: long beside the time that a call itself takes, short beside a user's patience. Calls of less
    /// or more are made twice or half as long.
    private static final double SHORT = 0.1;

    private static final double LONG = 0.5;

    private final EnsembleSpec spec;
    private final Watch watch;
    private final Stops stops;
    private final Kernel kernel;
    private final Block block;
    private final Block head;
    private final DevicePaths device;
    private final int pieceLeaves;
    private final int[] counts = new int[PathsPlan.PAGE];
    private long call = CALL;
    private long nanos;
    private long pathSteps;

    /// @param most leaves at once
    DeviceRunner(EnsembleSpec spec, Step step, Device device, Watch watch, long most) {
        this.spec = spec;
        this.watch = watch;
        stops = new Stops(spec);
        kernel = Kernel.of(step, spec.precision(), Backend.SCALAR);
        int rows = spec.observables().size() + (spec.lags().isEmpty() ? 0 : 1);
        pieceLeaves = (int) Math.clamp(fitting(device, step.size(), rows) / LeafRunner.LEAF, 1, most);
        int capacity = (int) Math.min(spec.paths(), (long) pieceLeaves * LeafRunner.LEAF);
        int leafPaths = Math.min(LeafRunner.LEAF, capacity);
        block = kernel.newBlock(leafPaths);
        head = kernel.newBlock(Math.min(DevicePaths.HEAD, leafPaths));
        @Nullable DeviceCode values = spec.observables().isEmpty()
                ? null
                : DeviceCode.of(step.state(), spec.expressions(), step.values(), spec.precision());
        this.device = device.open(new PathsPlan(
                DeviceCode.of(step, spec.precision()),
                values,
                step.size(),
                spec.dimension(),
                spec.observables().size(),
                !spec.lags().isEmpty(),
                spec.sketched(),
                capacity));
    }

    private long fitting(Device device, int coordinates, int rows) {
        int bytes = spec.precision() == Precision.F32 ? 4 : 8;
        long each = PathsPlan.bytesPerPath(
                coordinates, spec.dimension(), rows, !spec.lags().isEmpty(), bytes);
        long widest = Math.max((long) bytes * coordinates, 8L * Math.max(1, rows));
        long fixed = spec.sketched() * PathsPlan.bytesPerSketch();
        double byMemory = (SHARE * device.info().memory() - fixed) / each;
        double byArray = SHARE * device.info().largest() / widest;
        long byIndex = Integer.MAX_VALUE / Math.max(coordinates, Math.max(1, rows)) / 2;
        return Math.min(Math.min((long) Math.min(byMemory, byArray), byIndex), MOST);
    }

    @Override
    public int most() {
        return pieceLeaves;
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
    public void run(long leaf, List<Partial> out) {
        int paths = (int) Math.min((long) out.size() * LeafRunner.LEAF, spec.paths() - leaf * LeafRunner.LEAF);
        for (int l = 0; l < out.size(); l++) device.firstAlive(l, 0);
        pass(leaf, paths, out, false);
        device.count();
        if (!watch.wantsAll()) counts(leaf);
        Failures[] failures = new Failures[out.size()];
        Arrays.fill(failures, Failures.NONE);
        if (IntStream.range(0, out.size()).anyMatch(l -> device.failures(l) > 0)) {
            device.fetchFailures();
            for (int l = 0; l < out.size(); l++) failures[l] = failures(leaf, l, paths);
            pass(leaf, paths, out, true);
        }
        for (int l = 0; l < out.size(); l++) {
            int n = Math.min(LeafRunner.LEAF, paths - l * LeafRunner.LEAF);
            out.get(l).close(n - failures[l].count(), failures[l], StepCounts.NONE);
        }
    }

    private void counts(long leaf) {
        for (int c = 0; c < spec.sketched(); c++) {
            for (int page = 0; page < PathsPlan.PAGES; page++) {
                if (device.page(c, page, counts)) watch.counted(leaf, c, page, counts);
            }
        }
    }

    private Failures failures(long leaf, int l, int paths) {
        Failures failures = Failures.NONE;
        int from = l * LeafRunner.LEAF;
        int to = Math.min(paths, from + LeafRunner.LEAF);
        for (int i = from; i < to; i++) {
            if (device.failedStep(i) < 0) continue;
            long path = spec.firstPath() + leaf * LeafRunner.LEAF + i;
            failures = failures.and(new Failures(1, new Failures.First(path, device.failedStep(i) + 1)));
        }
        int first = from;
        while (first < to - 1 && device.failedStep(first) >= 0) first++;
        device.firstAlive(l, first - from);
        return failures;
    }

    private void pass(long leaf, int paths, List<Partial> out, boolean again) {
        long first = spec.firstPath() + leaf * LeafRunner.LEAF;
        for (int l = 0; l < out.size(); l++) {
            out.get(l).clear();
            reset(first, l, paths);
            kernel.start(block, spec.start());
            for (int c = 0; c < block.coordinates(); c++) {
                for (int i = 0; i < block.paths(); i++) device.set(c, l * LeafRunner.LEAF + i, block.get(c, i));
            }
        }
        if (again) device.beginAgain();
        else device.begin(spec.seed(), first, paths);
        long at = 0;
        for (int stop = 0; stop < stops.count(); stop++) {
            advance(at, stops.step(stop), paths, again);
            at = stops.step(stop);
            look(leaf, stop, paths, out, again);
        }
    }

    private void reset(long first, int l, int paths) {
        int from = l * LeafRunner.LEAF;
        block.reset(spec.seed(), first + from, Math.min(LeafRunner.LEAF, paths - from));
    }

    private void advance(long from, long to, int paths, boolean again) {
        for (long at = from; at < to; ) {
            watch.interruption().check();
            int steps = (int) Math.min(Math.clamp(call / paths, 1, Integer.MAX_VALUE), to - at);
            long begun = System.nanoTime();
            device.advance(at, steps);
            long took = System.nanoTime() - begun;
            nanos += took;
            call = nextCall(call, (long) steps * paths, took * 1e-9);
            at += steps;
            pathSteps += (long) steps * paths;
            if (!again) watch.progress().step((long) steps * paths);
        }
    }

    /// Path steps of the next call.
    ///
    /// @param call what was allowed
    /// @param done what the last call did, in some seconds
    static long nextCall(long call, long done, double seconds) {
        if (seconds > LONG) return Math.max(1, call / 2);
        return seconds < SHORT && done > call / 2 && call < Long.MAX_VALUE / 4 ? 2 * call : call;
    }

    private void look(long leaf, int stop, int paths, List<Partial> out, boolean again) {
        int time = stops.save(stop);
        int[] lags = stops.lags(stop);
        boolean lag = lags.length > 0;
        device.look(stops.step(stop) * spec.step().stepSize(), stops.isOrigin(stop), lag);
        if (time >= 0 && !again) saved(leaf, time, paths, out.size());
        for (int l = 0; l < out.size(); l++) {
            int d = spec.dimension();
            int observables = spec.observables().size();
            int products = device.plan().variables();
            int squares = products + d * (d + 1) / 2;
            if (lag) {
                int v = d + observables;
                for (int which : lags) take(out.get(l).distances, which, l, 0, v, squares + observables);
            }
            if (time < 0) continue;
            Moments states = out.get(l).states;
            int q = products;
            for (int v = 0; v < d; v++) {
                takeMean(states, time, l, v, v);
                for (int w = 0; w <= v; w++) takeProduct(states, time, l, v, w, q++);
            }
            for (int k = 0; k < observables; k++) take(out.get(l).observables, time, l, k, d + k, squares + k);
        }
    }

    private void take(Moments moments, int time, int l, int variable, int mean, int square) {
        takeMean(moments, time, l, variable, mean);
        takeProduct(moments, time, l, variable, variable, square);
    }

    private void takeMean(Moments moments, int time, int l, int variable, int quantity) {
        moments.shift(time, variable, device.shift(quantity, l));
        moments.addSum(time, variable, device.sum(quantity, l));
    }

    private void takeProduct(Moments moments, int time, int l, int v, int w, int quantity) {
        moments.addProduct(time, v, w, device.sum(quantity, l));
    }

    /// Shows the states: all of them where they are kept; else those of the first paths.
    private void saved(long leaf, int time, int paths, int leaves) {
        long first = spec.firstPath() + leaf * LeafRunner.LEAF;
        if (watch.wantsAll()) {
            device.fetchStates();
            device.fetchFailures();
            for (int l = 0; l < leaves; l++) {
                reset(first, l, paths);
                int from = l * LeafRunner.LEAF;
                for (int i = 0; i < block.paths(); i++) {
                    for (int c = 0; c < spec.dimension(); c++) block.set(c, i, device.get(c, from + i));
                    if (device.failedStep(from + i) >= 0) block.fail(i, device.failedStep(from + i));
                }
                watch.saved(leaf + l, block, time);
            }
        } else if (leaf == 0) {
            head.reset(spec.seed(), first, Math.min(head.capacity(), paths));
            for (int i = 0; i < head.paths(); i++) {
                for (int c = 0; c < spec.dimension(); c++) head.set(c, i, device.head(c, i));
                if (device.headFailed(i) >= 0) head.fail(i, device.headFailed(i));
            }
            watch.sample(head, time);
        }
    }

    @Override
    public void close() {
        device.close();
    }
}
