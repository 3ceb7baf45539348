package ornstein.ensemble;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import ornstein.run.Interrupted;
import ornstein.run.Interruption;
import ornstein.run.Progress;
import ornstein.spec.UserError;

/// An ensemble that is interrupted or killed goes on to the same bits and the same files of paths.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ResumeTest {
    private static final long ALL = KilledSimulation.SPEC.paths() * KilledSimulation.SPEC.steps();

    @TempDir
    Path temporary;

    private static byte[] bits(EnsembleResult result) throws IOException {
        var bytes = new ByteArrayOutputStream();
        result.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static Map<String, String> paths(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(folder.resolve("paths"))) {
            for (Path f : all.toList()) {
                files.put(
                        String.valueOf(f.getFileName()),
                        new String(Files.readAllBytes(f), StandardCharsets.ISO_8859_1));
            }
        }
        return files;
    }

    /// Asks for a stop after so many path steps.
    private static Progress stopping(Interruption stop, long after) {
        AtomicLong done = new AtomicLong();
        return new Progress() {
            @Override
            public void step(long amount) {
                if (done.addAndGet(amount) >= after) stop.request();
            }

            @Override
            public void note(String message) {}

            @Override
            public void close() {}
        };
    }

    private EnsembleResult whole(Path folder) {
        return KilledSimulation.run(folder, 1, new Interruption(), Progress.silent());
    }

    @Test
    void anInterruptedRunGoesOnToTheSameBits() throws IOException {
        Path once = temporary.resolve("once");
        EnsembleResult whole = whole(once);
        assertTrue(whole.failures().count() > 1000 && whole.count() > 1000);
        assertEquals(0, whole.restored());
        for (int threads : List.of(1, 3)) {
            Path folder = temporary.resolve("often" + threads);
            int attempts = 0;
            EnsembleResult result = null;
            while (result == null) {
                Interruption stop = new Interruption();
                try {
                    result = KilledSimulation.run(folder, threads, stop, stopping(stop, threads * ALL / 4));
                } catch (Interrupted e) {
                    attempts++;
                }
            }
            assertTrue(attempts >= 1 && result.restored() > 0, attempts + " attempts");
            assertArrayEquals(bits(whole), bits(result));
            assertEquals(paths(once), paths(folder));
        }
    }

    @Test
    void aKilledRunGoesOnToTheSameBits() throws Exception {
        Path once = temporary.resolve("once");
        EnsembleResult whole = whole(once);
        Path folder = temporary.resolve("killed");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java,
                        "--add-modules=jdk.incubator.vector",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledSimulation.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            Path journal = folder.resolve("journal.jsonl");
            while (!Files.exists(journal) || !Files.readString(journal).contains("group-2")) {
                assertTrue(process.isAlive(), "it ended before it was killed");
                TimeUnit.MILLISECONDS.sleep(5);
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        EnsembleResult result = whole(folder);
        assertTrue(result.restored() >= 3 && result.restored() < 7, result.restored() + " groups");
        assertArrayEquals(bits(whole), bits(result));
        assertEquals(paths(once), paths(folder));
    }

    @Test
    void aDamagedGroupIsSaidAndAMissingOneIsRunAgain() throws IOException {
        Path folder = temporary.resolve("run");
        Interruption stop = new Interruption();
        assertThrows(Interrupted.class, () -> KilledSimulation.run(folder, 1, stop, stopping(stop, ALL / 2)));
        Path group = folder.resolve("groups/1");
        byte[] good = Files.readAllBytes(group);
        Files.write(group, List.of("x"));
        String message = assertThrows(UserError.class, () -> whole(folder)).getMessage();
        assertTrue(message.startsWith(group + " is damaged"), message);
        assertTrue(message.endsWith("--fresh discards the run"), message);
        Files.write(group, Arrays.copyOf(good, good.length - 3));
        assertThrows(UserError.class, () -> whole(folder));
        Files.delete(group);
        assertArrayEquals(bits(whole(temporary.resolve("once"))), bits(whole(folder)));
    }
}
