package ornstein.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import ornstein.run.CtrlC;

/// `ornstein simulate` as a process: Ctrl-C, and two commands on one folder.
@DisabledOnOs(OS.WINDOWS)
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SimulateProcessTest {
    @TempDir
    Path temporary;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    private Process start(String steps) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(java, "--add-modules=jdk.incubator.vector", "-Xlog:disable"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of("simulate", "ou", "--method", "euler-maruyama", "--paths", "1e5", "--backend"));
        command.addAll(List.of("scalar", "--steps", steps, "--json", "--out"));
        command.add(temporary.resolve("run").toString());
        Process process = new ProcessBuilder(command).start();
        started.add(process);
        return process;
    }

    private static String read(java.io.InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void ctrlCEndsWith130AndASecondCommandOnTheFolderIsRefused() throws Exception {
        CtrlC.assumeNotIgnored();
        Process first = start("1e8");
        Path journal = temporary.resolve("run/journal.jsonl");
        while (!Files.exists(journal) || !Files.readString(journal).contains("begun")) {
            assertTrue(first.isAlive(), "it ended");
            TimeUnit.MILLISECONDS.sleep(10);
        }
        Process second = start("1e8");
        assertEquals(Exit.WRONG, second.waitFor());
        assertEquals("", read(second.getInputStream()));
        String refused = read(second.getErrorStream());
        assertTrue(refused.contains("is in use by process " + first.pid()), refused);
        TimeUnit.MILLISECONDS.sleep(500);
        new ProcessBuilder("kill", "-INT", String.valueOf(first.pid())).start().waitFor();
        assertEquals(Exit.INTERRUPTED, first.waitFor());
        assertEquals("", read(first.getInputStream()));
        String said = read(first.getErrorStream());
        assertTrue(said.contains("go on with: ornstein simulate ou"), said);
        assertTrue(said.strip().endsWith("ornstein: interrupted"), said);
        assertFalse(Files.exists(temporary.resolve("run/results.csv")));
    }
}
