package ornstein.claim;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import ornstein.run.Interruption;
import ornstein.run.Progress;
import ornstein.run.RunFolder;

/// Does the units of a run, each into `units/KEY` of the run folder, on several threads, the costliest first. A
/// unit is noted in the journal when its files are there; what an earlier attempt finished is not done again, what
/// it began goes on.
public final class Units implements Results {
    private final RunFolder folder;
    private final int threads;
    private final Interruption interruption;
    private final Telling telling;

    /// Starts the progress of a stage, as [Progress#start] does.
    @FunctionalInterface
    public interface Telling {
        Progress start(String task, String unit, long total, long before);
    }

    public Units(RunFolder folder, int threads, Interruption interruption, Telling telling) {
        this.folder = folder;
        this.threads = threads;
        this.interruption = interruption;
        this.telling = telling;
    }

    /// Does all that the experiments plan, until they name nothing new.
    ///
    /// @throws ornstein.run.Interrupted after an interruption, when every running unit has saved its state
    public void complete(List<Experiment> experiments) throws IOException {
        for (int stage = 1; ; stage++) {
            Map<String, Unit> planned = new LinkedHashMap<>();
            for (Experiment experiment : experiments) {
                experiment.plan(this).forEach(unit -> planned.putIfAbsent(unit.key(), unit));
            }
            if (!complete("stage " + stage, planned.values())) {
                return;
            }
        }
    }

    /// Does units; returns whether there was one left to do.
    ///
    /// @param task what they are for, one or two words
    public boolean complete(String task, Collection<? extends Unit> units) {
        List<Unit> open = new ArrayList<>(units);
        open.removeIf(this::has);
        if (open.isEmpty()) {
            return false;
        }
        open.sort(Comparator.comparingDouble(Unit::cost).reversed().thenComparing(Unit::key));
        work(task, open, units.stream().mapToDouble(Unit::cost).sum());
        return true;
    }

    private void work(String task, List<Unit> open, double allCost) {
        double openCost = open.stream().mapToDouble(Unit::cost).sum();
        try (Progress progress = telling.start(task, "ms of work", ms(allCost), ms(allCost - openCost))) {
            ConcurrentLinkedQueue<Unit> queue = new ConcurrentLinkedQueue<>(open);
            AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
            List<Thread> workers = new ArrayList<>();
            for (int i = 0; i < Math.min(threads, open.size()); i++) {
                workers.add(Thread.ofPlatform().name("units-" + i).start(() -> drain(queue, progress, failure)));
            }
            for (Thread worker : workers) {
                join(worker);
            }
            switch (failure.get()) {
                case null -> interruption.check();
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                case Throwable t -> throw new IllegalStateException(t);
            }
        }
    }

    /// Does units until none is left, one fails or a stop is asked for.
    private void drain(
            ConcurrentLinkedQueue<Unit> queue, Progress progress, AtomicReference<@Nullable Throwable> failure) {
        while (failure.get() == null && !interruption.requested()) {
            Unit unit = queue.poll();
            if (unit == null) {
                return;
            }
            try {
                run(unit, progress);
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
                return;
            }
        }
    }

    private void run(Unit unit, Progress progress) {
        long start = System.nanoTime();
        long whole = ms(unit.cost());
        long[] told = {0};
        unit.run(
                folder(unit),
                fraction -> {
                    long now = Math.round(whole * fraction);
                    if (now > told[0]) {
                        progress.step(now - told[0]);
                        told[0] = now;
                    }
                },
                interruption);
        progress.step(whole - told[0]);
        folder.done(unit.key(), Map.of("seconds", (System.nanoTime() - start) / 1e9, "expected", unit.cost()));
    }

    private static long ms(double seconds) {
        return Math.max(1, Math.round(1000 * seconds));
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while units run", e);
        }
    }

    @Override
    public boolean has(Unit unit) {
        return folder.isDone(unit.key());
    }

    @Override
    public Path folder(Unit unit) {
        return folder.file("units/" + unit.key());
    }
}
