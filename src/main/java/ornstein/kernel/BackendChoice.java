package ornstein.kernel;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import ornstein.spec.CacheFolder;

/// Which back end the CPU's paths take, and why. Measured once for a JVM and a CPU, in a process that is stopped if it
/// does not end, and remembered in the cache folder.
///
/// @param reason one sentence
/// @param scalar normals per second and thread of the scalar back end, 0 if not measured
/// @param vector of the vector back end, 0 if not measured
public record BackendChoice(Backend backend, String reason, double scalar, double vector) {
    /// Runs of fewer path-steps end before the vector code is compiled.
    public static final long WORTH_VECTORS = 20_000_000;

    /// A process that measures ends by itself well before this.
    private static final int PATIENCE_SECONDS = 30;
    /// What speaks for scalar code may be owed to a busy machine: it is measured again after this time.
    private static final Duration DOUBT = Duration.ofDays(1);
    /// A new number where the measurement changes, so that nothing is remembered from before.
    private static final String MEASUREMENT = "2";

    private static @Nullable BackendChoice known;

    /// The back end for a run of a size: scalar for a small one.
    /// @param pathSteps paths times steps
    public static BackendChoice of(double pathSteps) {
        if (pathSteps < WORTH_VECTORS) {
            return new BackendChoice(
                    Backend.SCALAR,
                    "runs of fewer than " + WORTH_VECTORS / 1_000_000
                            + " million path-steps end before vector code is compiled",
                    0,
                    0);
        }
        return fastest();
    }

    /// The faster back end.
    public static synchronized BackendChoice fastest() {
        if (known == null) known = recallOrMeasure(CacheFolder.of(System::getenv));
        return known;
    }

    /// The CPU's name.
    public static String cpu() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(l -> l.startsWith("model name"))
                    .findFirst()
                    .map(l -> l.substring(l.indexOf(':') + 1).strip())
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException | java.io.UncheckedIOException e) {
            return System.getProperty("os.arch");
        }
    }

    /// The JVM's name and version.
    public static String jvm() {
        return System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version");
    }

    /// Bits of a vector register as the JVM uses it; 0 without the Vector API.
    public static int vectorBits() {
        return hasModule() ? Lanes.F32.vectorBitSize() : 0;
    }

    private static boolean hasModule() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    }

    static BackendChoice recallOrMeasure(Path cache) {
        if (!hasModule()) {
            return new BackendChoice(
                    Backend.SCALAR,
                    "the JVM was started without --add-modules jdk.incubator.vector, which ./ornstein gives",
                    0,
                    0);
        }
        Path file = cache.resolve("backend-" + Integer.toHexString(settings().hashCode()) + ".properties");
        Properties remembered = read(file);
        if (!settings().equals(remembered.getProperty("settings"))
                || decide(remembered).backend() == Backend.SCALAR && isOld(file)) {
            remembered = measure(probe());
            remembered.setProperty("settings", settings());
            write(file, remembered);
        }
        return decide(remembered);
    }

    /// What the speed depends on.
    private static String settings() {
        List<String> flags = flags().stream().filter(a -> !a.startsWith("-Xm")).toList();
        return MEASUREMENT + "; " + cpu() + "; " + jvm() + "; " + String.join(" ", flags);
    }

    /// This JVM's own flags, without its archive of classes.
    private static List<String> flags() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(a -> a.startsWith("-X") || a.startsWith("-Djdk.incubator"))
                .filter(a -> !a.startsWith("-XX:SharedArchiveFile"))
                .toList();
    }

    private static BackendChoice decide(Properties p) {
        double scalar = Double.parseDouble(p.getProperty("scalar", "0"));
        double vector = Double.parseDouble(p.getProperty("vector", "0"));
        if (vector == 0) {
            return new BackendChoice(
                    Backend.SCALAR, p.getProperty("problem", "the vector back end could not be measured"), scalar, 0);
        }
        boolean faster = vector > scalar;
        String reason = String.format(
                Locale.ROOT,
                "vector code makes %.0f million normals a second, scalar code %.0f (measured once)",
                vector / 1e6,
                scalar / 1e6);
        return new BackendChoice(faster ? Backend.VECTOR : Backend.SCALAR, reason, scalar, vector);
    }

    /// The command of the process that measures: this JVM with its flags.
    private static List<String> probe() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags());
        command.addAll(List.of("--add-modules=jdk.incubator.vector", "-cp", System.getProperty("java.class.path")));
        command.add(Speed.class.getName());
        return command;
    }

    static Properties measure(List<String> command) {
        return measure(command, PATIENCE_SECONDS);
    }

    /// Runs a program that prints properties; what went wrong is the property `problem`.
    static Properties measure(List<String> command, int patienceSeconds) {
        Properties result = new Properties();
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(patienceSeconds, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                result.setProperty(
                        "problem", "the vector back end did not end its test within " + patienceSeconds + " s");
                return result;
            }
            try (BufferedReader reader = process.inputReader()) {
                result.load(reader);
            }
            if (process.exitValue() != 0) {
                result.setProperty("problem", "the test of the vector back end ended with code " + process.exitValue());
                result.remove("vector");
            }
        } catch (IOException e) {
            result.setProperty("problem", "the test of the vector back end could not be started: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            result.setProperty("problem", "the test of the vector back end was interrupted");
        }
        return result;
    }

    private static boolean isOld(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant().plus(DOUBT).isBefore(Instant.now());
        } catch (IOException e) {
            return true;
        }
    }

    private static Properties read(Path file) {
        Properties p = new Properties();
        if (!Files.isRegularFile(file)) return p;
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            p.load(reader);
            double unused =
                    Double.parseDouble(p.getProperty("scalar", "0")) + Double.parseDouble(p.getProperty("vector", "0"));
            return Double.isNaN(unused) ? new Properties() : p;
        } catch (IOException | IllegalArgumentException e) {
            return new Properties();
        }
    }

    /// What cannot be remembered is measured again next time.
    private static void write(Path file, Properties p) {
        try {
            Files.createDirectories(file.getParent());
            Path part = Files.createTempFile(file.getParent(), ".backend", null);
            try (var writer = Files.newBufferedWriter(part)) {
                p.store(writer, null);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            System.getLogger("ornstein").log(System.Logger.Level.DEBUG, "cannot remember the back end", e);
        }
    }
}
