package ornstein.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KillTest {
    private static final String RESULTS =
            IntStream.range(0, 40).mapToObj(k -> k * k + "\n").collect(Collectors.joining());

    @TempDir
    Path temporary;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    private Process start(Path folder, int milliseconds) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-XX:TieredStopAtLevel=1",
                        KilledRun.class.getName(),
                        folder.toString(),
                        String.valueOf(milliseconds))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        started.add(process);
        return process;
    }

    /// Reads lines up to the one that ends unit `k`.
    private static void awaitUnit(BufferedReader lines, int k) throws IOException {
        String line;
        do {
            line = lines.readLine();
            assertNotNull(line, "the run ended before unit " + k);
        } while (!line.equals("unit " + k));
    }

    @Test
    void aRunKilledAtAnyMomentGoesOnToTheSameBytes() throws Exception {
        Path folder = temporary.resolve("run");
        for (int k : new int[] {3, 4, 17, 30}) {
            Process process = start(folder, 1);
            awaitUnit(process.inputReader(), k);
            process.destroyForcibly().waitFor();
            assertFalse(RunFolder.isFinished(folder));
        }
        Process last = start(folder, 0);
        String output = last.inputReader().lines().collect(Collectors.joining("\n"));
        assertEquals(0, last.waitFor());
        int done = Integer.parseInt(output.substring(output.lastIndexOf(' ') + 1));
        assertTrue(done <= 9, "finished units were done again: " + output);
        assertEquals(RESULTS, Files.readString(folder.resolve("results.csv")));
        assertTrue(RunFolder.isFinished(folder));
    }

    @Test
    void ctrlCSavesAndEndsWith130AndASecondOneEndsAtOnce() throws Exception {
        CtrlC.assumeNotIgnored();
        Path folder = temporary.resolve("run");
        Process process = start(folder, 200);
        awaitUnit(process.inputReader(), 1);
        signal(process, "INT");
        assertEquals(130, process.waitFor());
        assertFalse(RunFolder.isFinished(folder));

        Process stuck = start(folder, 100_000);
        assertNotNull(stuck.inputReader().readLine());
        signal(stuck, "TERM");
        Thread.sleep(300);
        assertTrue(stuck.isAlive());
        signal(stuck, "INT");
        assertEquals(130, stuck.waitFor());
    }

    private static void signal(Process process, String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    @Test
    void aLockOfADeadProcessHoldsNobodyUp() throws Exception {
        Path folder = temporary.resolve("run");
        Process process = start(folder, 100_000);
        awaitUnit(process.inputReader(), 0);
        Process second = start(folder, 0);
        assertEquals(1, second.waitFor(), "two processes in one folder");
        process.destroyForcibly().waitFor();
        assertEquals(0, start(folder, 0).waitFor());
    }
}
