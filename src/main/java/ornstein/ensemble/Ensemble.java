package ornstein.ensemble;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import ornstein.device.Device;
import ornstein.kernel.Backend;
import ornstein.kernel.Block;
import ornstein.method.Flow;
import ornstein.method.Step;
import ornstein.run.Interruption;
import ornstein.run.Progress;
import ornstein.run.RunFolder;

/// Runs an ensemble over threads. With a run folder, groups of leaves are kept as they finish, and a later
/// run of the same spec in that folder goes on from them.
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
    private int groupLevel() {
        long leaves = LeafRunner.leaves(spec);
        double leaf = (double) LeafRunner.LEAF * spec.steps() * spec.step().size();
        if (spec.step() instanceof Flow) leaf *= HOST_WORK;
        if (device != null) leaf /= DEVICE_WORK;
        int level = 0;
        while (1L << level < leaves && (leaf * (1L << level) < groupWork || leaves >> level > MOST_GROUPS)) level++;
        return level;
    }

    /// One run, with what its threads share.
    private final class Run implements Watch {
        private final Groups groups = new Groups(spec, groupLevel(), folder);
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        private final List<Runner> runners = new ArrayList<>();
        private final long begun = System.nanoTime();
        private Progress progress = Progress.silent();

        EnsembleResult run() {
            long before = groups.restoredPaths() * spec.steps();
            try (Progress told = telling.start("simulate", "path steps", spec.paths() * spec.steps(), before)) {
                progress = told;
                addRunners();
                if (runners.size() == 1) work(runners.getFirst());
                else together();
            } finally {
                runners.forEach(Runner::close);
            }
            Throwable thrown = failure.get();
            if (thrown instanceof RuntimeException e) throw e;
            if (thrown instanceof Error e) throw e;
            double seconds = (System.nanoTime() - begun) / 1e9;
            return new EnsembleResult(
                    spec, groups.statistics(), groups.besides(), groups.restored(), runners.size(), seconds, rate());
        }

        private double rate() {
            long nanos = runners.stream().mapToLong(Runner::nanos).sum();
            long pathSteps = runners.stream().mapToLong(Runner::pathSteps).sum();
            return nanos == 0 ? Double.NaN : (double) pathSteps * runners.size() / (nanos / 1e9);
        }

        private void addRunners() {
            if (device != null) {
                if (!(spec.step() instanceof Step step)) throw new IllegalArgumentException("a flow is of the host");
                runners.add(new DeviceRunner(spec, step, device, this, Math.min(LeafRunner.leaves(spec), pieces)));
                return;
            }
            LeafRunner.Code code = LeafRunner.Code.of(spec, backend);
            long workers = Math.clamp(groups.leavesToDo(), 1, threads);
            for (long k = 0; k < workers; k++) runners.add(new LeafRunner(code, this, capacity));
        }

        private void together() {
            List<Thread> others = new ArrayList<>();
            for (Runner runner : runners) {
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

        private void work(Runner runner) {
            try {
                Groups.Leaves leaves = groups.next(runner.most());
                while (leaves != null && failure.get() == null) {
                    interruption.check();
                    List<Partial> partials = groups.take(leaves.count());
                    long start = System.nanoTime();
                    runner.run(leaves.first(), partials);
                    for (int l = 0; l < leaves.count() && kept != null; l++) kept.finish(leaves.first() + l);
                    groups.finish(leaves.first(), partials, (System.nanoTime() - start) / 1e9);
                    leaves = groups.next(runner.most());
                }
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
            }
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
            groups.saved(leaf, block, time);
            if (kept != null) kept.saved(leaf, block, time);
        }

        @Override
        public void sample(Block block, int time) {
            groups.sample(block, time);
        }

        @Override
        public void counted(long leaf, int coordinate, int page, int[] counts) {
            groups.counted(leaf, coordinate, page, counts);
        }
    }
}
