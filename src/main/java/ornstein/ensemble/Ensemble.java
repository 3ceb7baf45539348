package ornstein.ensemble;

import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import ornstein.device.Device;
import ornstein.kernel.Backend;
import ornstein.kernel.Block;
import ornstein.method.Flow;
import ornstein.method.Step;
import ornstein.run.Interruption;
import ornstein.run.Progress;
import ornstein.run.RunFolder;

/// Runs an ensemble over threads. With a run folder, groups of leaves are kept as they finish, and a later run of the
/// same
/// spec in that folder goes on from them.
///
/// ```java
/// EnsembleResult result = new Ensemble(spec, Backend.VECTOR).threads(2).run();
/// ```
public final class Ensemble {
    /// About the numbers computed in a group: a second's work.
    private static final double GROUP_WORK = 4e8;

    /// Numbers of compiled code in the time of one of the host.
    private static final double HOST_WORK = 1e4;

    /// Numbers of a device in the time of one of compiled code.
    private static final double DEVICE_WORK = 100;

    private static final long MOST_GROUPS = 2048;

    private final EnsembleSpec spec;
    private final Backend backend;
    private final @Nullable Device device;
    private final long leaves;
    private int threads = 1;
    private int capacity;
    private double groupWork = GROUP_WORK;
    private int pieces = Integer.MAX_VALUE;
    private @Nullable RunFolder folder;
    private @Nullable Kept kept;
    private Telling telling = (task, unit, total, before) -> Progress.silent();
    private Interruption interruption = new Interruption();

    /// Starts a progress, as [Progress#start] does.
    @FunctionalInterface
    public interface Telling {
        Progress start(String task, String unit, long total, long before);
    }

    public Ensemble(EnsembleSpec spec, Backend backend) {
        this(spec, backend, null);
    }

    /// An ensemble of compiled steps on a device.
    public Ensemble(EnsembleSpec spec, Device device) {
        this(spec, Backend.SCALAR, device);
    }

    private Ensemble(EnsembleSpec spec, Backend backend, @Nullable Device device) {
        this.spec = spec;
        this.backend = backend;
        this.device = device;
        leaves = (spec.paths() + LeafRunner.LEAF - 1) / LeafRunner.LEAF;
        capacity = (int) Math.min(LeafRunner.LEAF, spec.paths());
    }

    /// Threads to use; no result depends on them.
    public Ensemble threads(int count) {
        threads = count;
        return this;
    }

    /// Paths of a block; no result depends on them.
    Ensemble blocks(int paths) {
        if (paths % Moments.CHUNK != 0) throw new IllegalArgumentException("blocks are of whole chunks");
        capacity = (int) Math.min(paths, spec.paths());
        return this;
    }

    /// Numbers computed in a group, which is what an interruption may lose; no result depends on them.
    Ensemble groups(double numbers) {
        groupWork = numbers;
        return this;
    }

    /// The most leaves that a device moves at once; no result depends on them.
    Ensemble pieces(int most) {
        pieces = most;
        return this;
    }

    /// Keeps what is finished in a folder, and goes on from there.
    public Ensemble in(RunFolder runFolder) {
        folder = runFolder;
        return this;
    }

    /// Writes the states at all saved times; see [Kept].
    public Ensemble keeping(Kept paths) {
        kept = paths;
        return this;
    }

    public Ensemble telling(Telling how) {
        telling = how;
        return this;
    }

    public Ensemble until(Interruption stop) {
        interruption = stop;
        return this;
    }

    /// Runs all that is not done.
    ///
    /// @throws ornstein.run.Interrupted after an interruption; finished groups are kept
    public EnsembleResult run() {
        return new Run().run();
    }

    /// Removes the finished groups from a folder, once its results are written.
    public static void removeGroups(RunFolder folder) {
        Checkpoints.clear(folder);
    }

    /// Leaves of a group are 2 to this power.
    private int groupLevel(int top) {
        double leaf = (double) LeafRunner.LEAF * spec.steps() * spec.step().size();
        if (spec.step() instanceof Flow) leaf *= HOST_WORK;
        if (device != null) leaf /= DEVICE_WORK;
        int level = 0;
        while (level < top && (leaf * (1L << level) < groupWork || leaves >> level > MOST_GROUPS)) level++;
        return level;
    }

    /// One run, with what its threads share.
    private final class Run implements Watch {
        private final Collector collector = new Collector(spec, leaves);
        private final int level = groupLevel(collector.top());
        private final long groups = (leaves + (1L << level) - 1) >> level;
        private final @Nullable Checkpoints checkpoints =
                folder == null || groups == 1 ? null : new Checkpoints(folder);
        private final Group all = new Group(spec, true);
        private final AtomicReferenceArray<@Nullable Group> open = new AtomicReferenceArray<>(Math.toIntExact(groups));
        private final Deque<Group> free = new ConcurrentLinkedDeque<>();
        private final List<Long> toDo = new ArrayList<>();
        private final AtomicLong cursor = new AtomicLong();
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        private final List<LeafRunner> runners = new ArrayList<>();
        private final long begun = System.nanoTime();
        private Progress progress = Progress.silent();

        EnsembleResult run() {
            long done = restore();
            long ofGroup = (long) LeafRunner.LEAF << level;
            long before = spec.paths();
            for (long g : toDo) before -= Math.min(ofGroup, spec.paths() - g * ofGroup);
            before *= spec.steps();
            int workers = (int) Math.clamp((long) toDo.size() << level, 1, Math.min(threads, leaves));
            try (Progress told = telling.start("simulate", "path steps", spec.paths() * spec.steps(), before)) {
                progress = told;
                if (device != null) return on(device, done);
                LeafRunner.Code code = LeafRunner.Code.of(spec, backend);
                for (int k = 0; k < workers; k++) runners.add(new LeafRunner(code, this, capacity));
                if (workers == 1) work(runners.getFirst());
                else together();
            }
            Throwable thrown = failure.get();
            if (thrown instanceof RuntimeException e) throw e;
            if (thrown instanceof Error e) throw e;
            long nanos = runners.stream().mapToLong(LeafRunner::nanos).sum();
            long pathSteps = runners.stream().mapToLong(LeafRunner::pathSteps).sum();
            double rate = nanos == 0 ? Double.NaN : (double) pathSteps * workers / (nanos / 1e9);
            double seconds = (System.nanoTime() - begun) / 1e9;
            return new EnsembleResult(spec, collector.root(), all, done, workers, seconds, rate);
        }

        /// Runs what is to do on a device, in pieces.
        private EnsembleResult on(Device device, long done) {
            if (!(spec.step() instanceof Step step)) throw new IllegalArgumentException("a flow is of the host");
            long nanos;
            long pathSteps;
            try (DeviceRunner runner = new DeviceRunner(spec, step, device, this, Math.min(leaves, pieces))) {
                for (long g : toDo) {
                    long end = Math.min(leaves, (g + 1) << level);
                    for (long leaf = g << level; leaf < end; leaf += runner.pieceLeaves()) {
                        onDevice(runner, leaf, (int) Math.min(runner.pieceLeaves(), end - leaf));
                    }
                }
                nanos = runner.nanos();
                pathSteps = runner.pathSteps();
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            double rate = nanos == 0 ? Double.NaN : pathSteps / (nanos / 1e9);
            return new EnsembleResult(spec, collector.root(), all, done, 1, seconds, rate);
        }

        private void onDevice(DeviceRunner runner, long leaf, int count) {
            interruption.check();
            List<Partial> partials = new ArrayList<>();
            for (int l = 0; l < count; l++) partials.add(collector.take());
            long start = System.nanoTime();
            runner.run(leaf, partials);
            group(leaf >> level).spent((System.nanoTime() - start) / 1e9);
            for (int l = 0; l < count; l++) {
                if (kept != null) kept.finish(leaf + l);
                Partial group = collector.add(0, leaf + l, partials.get(l), level);
                if (group != null) complete(leaf >> level, group);
            }
        }

        /// Takes in the groups that an earlier run finished; gives their number.
        private long restore() {
            long done = 0;
            for (long g = 0; g < groups; g++) {
                if (checkpoints != null && checkpoints.has(g)) {
                    Partial partial = collector.take();
                    Group more = new Group(spec, g == 0);
                    checkpoints.read(g, partial, more);
                    all.merge(more);
                    collector.finish(level, g, partial);
                    done++;
                } else {
                    toDo.add(g);
                }
            }
            return done;
        }

        private void together() {
            List<Thread> others = new ArrayList<>();
            for (LeafRunner runner : runners) {
                others.add(Thread.ofPlatform()
                        .daemon()
                        .name("paths-" + others.size())
                        .start(() -> work(runner)));
            }
            for (Thread t : others) join(t);
        }

        private void join(Thread t) {
            boolean interrupted = false;
            while (t.isAlive()) {
                try {
                    t.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                    failure.compareAndSet(null, new IllegalStateException("the thread was interrupted", e));
                }
            }
            if (interrupted) Thread.currentThread().interrupt();
        }

        private void work(LeafRunner runner) {
            try {
                for (long leaf = next(); leaf < leaves && failure.get() == null; leaf = next()) {
                    interruption.check();
                    Partial partial = collector.take();
                    long start = System.nanoTime();
                    runner.run(leaf, partial);
                    if (kept != null) kept.finish(leaf);
                    group(leaf >> level).spent((System.nanoTime() - start) / 1e9);
                    Partial group = collector.add(0, leaf, partial, level);
                    if (group != null) complete(leaf >> level, group);
                }
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
            }
        }

        /// The next leaf to run, or one that is not there.
        private long next() {
            long at = cursor.getAndIncrement();
            int group = (int) (at >> level);
            return group >= toDo.size() ? leaves : (toDo.get(group) << level) + (at & ((1L << level) - 1));
        }

        private void complete(long g, Partial partial) {
            Group more = group(g);
            open.set((int) g, null);
            if (checkpoints != null) checkpoints.write(g, partial, more);
            all.merge(more);
            if (g > 0) {
                more.clear();
                free.add(more);
            }
            collector.finish(level, g, partial);
        }

        private Group group(long g) {
            Group there = open.get((int) g);
            return there != null ? there : opened((int) g);
        }

        private synchronized Group opened(int g) {
            Group there = open.get(g);
            if (there != null) return there;
            Group used = g > 0 ? free.poll() : null;
            Group made = used != null ? used : new Group(spec, g == 0);
            open.set(g, made);
            return made;
        }

        @Override
        public Interruption interruption() {
            return interruption;
        }

        @Override
        public Progress progress() {
            return progress;
        }

        @Override
        public boolean wantsAll() {
            return kept != null;
        }

        @Override
        public void saved(long leaf, Block block, int time) {
            group(leaf >> level).saved(block, time);
            if (kept != null) kept.saved(leaf, block, time);
        }
    }
}
