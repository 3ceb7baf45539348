package ornstein.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ornstein.run.AtomicFile;
import ornstein.run.Interrupted;
import ornstein.run.Interruption;
import ornstein.run.Progress;
import ornstein.run.RunFolder;
import ornstein.run.RunPlan;

class UnitsTest {
    @TempDir
    private Path root;

    private final AtomicInteger worked = new AtomicInteger();

    /// Writes its number; counts how often it worked.
    private record Only(int value) {}

    private final class Write implements Unit {
        private final int value;
        private final Runnable before;

        Write(int value, Runnable before) {
            this.value = value;
            this.before = before;
        }

        @Override
        public String name() {
            return "write-" + value;
        }

        @Override
        public Record spec() {
            return new Only(value);
        }

        @Override
        public double cost() {
            return value;
        }

        @Override
        public void run(Path folder, DoubleConsumer done, Interruption interruption) {
            before.run();
            interruption.check();
            worked.incrementAndGet();
            done.accept(.5);
            AtomicFile.write(
                    folder.resolve("value"), Integer.toString(value).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    /// Units 1 .. n, and when they are done a last one named by their sum.
    private final class Sums implements Experiment {
        private final List<Unit> first = new ArrayList<>();

        Sums(int n, Runnable before) {
            for (int i = 1; i <= n; i++) {
                first.add(new Write(i, before));
            }
        }

        @Override
        public List<Unit> plan(Results done) {
            List<Unit> units = new ArrayList<>(first);
            if (first.stream().allMatch(done::has)) {
                units.add(new Write(
                        first.stream().mapToInt(unit -> read(done.folder(unit))).sum(), () -> {}));
            }
            return units;
        }

        @Override
        public ClaimResult analyse(Results done) {
            throw new UnsupportedOperationException();
        }
    }

    private static int read(Path folder) {
        try {
            return Integer.parseInt(Files.readString(folder.resolve("value")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RunFolder open() {
        return RunFolder.open(
                new RunPlan("validate", "test", new Only(0), 1, List.of("ornstein")),
                new RunFolder.Place(root, null, false, false));
    }

    private static Units units(RunFolder folder, int threads, Interruption interruption) {
        return new Units(folder, threads, interruption, (task, unit, total, before) -> Progress.silent());
    }

    @Test
    void aPlanMayDependOnWhatIsDone() throws IOException {
        try (RunFolder folder = open()) {
            Units units = units(folder, 2, new Interruption());
            units.complete(List.of(new Sums(4, () -> {})));
            assertEquals(10, read(units.folder(new Write(10, () -> {}))));
            assertEquals(5, worked.get());
        }
    }

    @Test
    void experimentsShareUnitsOfEqualSpec() throws IOException {
        try (RunFolder folder = open()) {
            units(folder, 2, new Interruption()).complete(List.of(new Sums(3, () -> {}), new Sums(3, () -> {})));
            assertEquals(4, worked.get());
        }
    }

    @Test
    void anInterruptedRunGoesOnWithWhatIsOpen() throws IOException {
        Interruption interruption = new Interruption();
        AtomicInteger begun = new AtomicInteger();
        Sums sums = new Sums(6, () -> {
            if (begun.incrementAndGet() == 3) {
                interruption.request();
            }
        });
        try (RunFolder folder = open()) {
            assertThrows(Interrupted.class, () -> units(folder, 1, interruption).complete(List.of(sums)));
            assertEquals(2, worked.get());
        }
        try (RunFolder folder = open()) {
            assertTrue(folder.resumed());
            Units units = units(folder, 1, new Interruption());
            units.complete(List.of(new Sums(6, () -> {})));
            assertEquals(7, worked.get(), "two before, four and the sum after the interruption");
            assertEquals(21, read(units.folder(new Write(21, () -> {}))));
        }
    }

    @Test
    void aFailureEndsTheRunAndIsToldAsItWas() throws IOException {
        IllegalStateException failure = new IllegalStateException("broken");
        try (RunFolder folder = open()) {
            Sums sums = new Sums(3, () -> {
                throw failure;
            });
            IllegalStateException thrown = assertThrows(
                    IllegalStateException.class,
                    () -> units(folder, 2, new Interruption()).complete(List.of(sums)));
            assertEquals(failure, thrown);
        }
    }
}
