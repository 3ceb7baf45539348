package ornstein.run;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Whether processes that a test starts can be interrupted.
public final class CtrlC {
    private static final Path STATUS = Path.of("/proc/self/status");

    private CtrlC() {}

    /// Skips a test where this process was started with SIGINT ignored, as a shell starts what it runs in the
    /// background:
    /// its children inherit that, and no JVM changes it.
    public static void assumeNotIgnored() throws IOException {
        if (!Files.exists(STATUS)) return;
        boolean ignored = Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
        if (ignored) System.err.println("SKIPPED: Ctrl-C, as SIGINT is ignored; run the tests in the foreground");
        assumeFalse(ignored, "SIGINT is ignored");
    }
}
