package ornstein.device;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import ornstein.spec.UserError;

/// An installed SDK of TornadoVM.
///
/// @param folder as `TORNADOVM_HOME` names it
public record Sdk(Path folder) {
    /// The drivers that kernels are written for, the better first.
    private static final List<String> DRIVERS = List.of("cuda", "opencl");

    private static final List<String> MODULES =
            List.of("tornado-api", "tornado-runtime", "tornado-annotation", "tornado-drivers-common");
    private static final List<String> LIBRARIES = List.of("asm", "commons-math3", "snmp4j");
    private static final List<String> GRAAL = List.of("compiler", "truffle-compiler", "collections", "word");
    private static final String RELEASE = "tornado.release";
    private static final String PROVIDERS = "-Dtornado.load.";

    /// `TORNADOVM_HOME`, or SDKMAN's place.
    ///
    /// @param environment value of an environment variable, or null
    /// @throws UserError if `TORNADOVM_HOME` holds no SDK
    public static Optional<Sdk> find(UnaryOperator<@Nullable String> environment) {
        String named = environment.apply("TORNADOVM_HOME");
        if (named != null && !named.isEmpty()) {
            Sdk sdk = new Sdk(Path.of(named));
            if (!sdk.exists()) {
                throw new UserError("TORNADOVM_HOME=" + named + " is no SDK of TornadoVM: it has no"
                        + " etc/exportLists/common-exports; name its folder, or unset the variable");
            }
            return Optional.of(sdk);
        }
        Sdk sdk = new Sdk(Path.of(System.getProperty("user.home"), ".sdkman", "candidates", "tornadovm", "current"));
        return sdk.exists() ? Optional.of(sdk) : Optional.empty();
    }

    private boolean exists() {
        return Files.isRegularFile(exports("common"));
    }

    private Path exports(String which) {
        return folder.resolve("etc", "exportLists", which + "-exports");
    }

    /// As `etc/tornado.release` says, with the commit.
    public String version() {
        try (InputStream in = Files.newInputStream(folder.resolve("etc", RELEASE))) {
            return version(in);
        } catch (IOException e) {
            return "unknown";
        }
    }

    /// The version that the program was built with, if the build says so.
    static Optional<String> built() {
        try (InputStream in = Sdk.class.getResourceAsStream(RELEASE)) {
            return in == null ? Optional.empty() : Optional.of(version(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String version(InputStream in) throws IOException {
        Properties release = new Properties();
        release.load(in);
        return (release.getProperty("version", "unknown") + " " + release.getProperty("commit", "")).strip();
    }

    /// The drivers that it has.
    public List<String> drivers() {
        return DRIVERS.stream()
                .filter(d -> Files.isRegularFile(exports(d))
                        && !jars("tornado", List.of("tornado-drivers-" + d)).isEmpty())
                .toList();
    }

    /// The flags of a JVM with one driver; of the other drivers nothing is seen, as one whose library does not load
    /// takes the whole runtime with it.
    ///
    /// A JVM that a driver crashes ends without its report, which would go to standard output.
    ///
    /// @param memory bytes of the device that may be taken
    /// @param fastMath whether the device may round as it likes
    public List<String> flags(String driver, long memory, boolean fastMath) {
        List<String> modules = new ArrayList<>(MODULES);
        modules.add("tornado-drivers-" + driver);
        modules.addAll(LIBRARIES);
        List<String> flags = new ArrayList<>(List.of(
                "-XX:+UnlockExperimentalVMOptions",
                "-XX:+EnableJVMCI",
                "-XX:-UseJVMCICompiler",
                "-XX:+SuppressFatalErrorMessage",
                "-XX:+UseParallelGC",
                "-Djava.library.path=" + folder.resolve("lib"),
                PROVIDERS + "api.implementation=uk.ac.manchester.tornado.runtime.tasks.TornadoTaskGraph",
                PROVIDERS + "runtime.implementation=uk.ac.manchester.tornado.runtime.TornadoCoreRuntime",
                PROVIDERS + "tornado.implementation=uk.ac.manchester.tornado.runtime.common.Tornado",
                PROVIDERS + "annotation.implementation=uk.ac.manchester.tornado.annotation.ASMClassVisitor",
                PROVIDERS + "annotation.parallel=uk.ac.manchester.tornado.api.annotations.Parallel",
                "--module-path",
                joined(jars("tornado", modules)),
                "--upgrade-module-path",
                joined(jars("graalJars", GRAAL)),
                "--add-modules",
                "jdk.incubator.vector,tornado.runtime,tornado.annotation,tornado.drivers.common,tornado.drivers."
                        + driver,
                "--enable-native-access=ALL-UNNAMED,tornado.drivers." + driver,
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.awt.headless=true",
                "-Dtornado.recover.bailout=False",
                "-Dtornado.device.memory=" + Math.max(1, memory >> 20) + "MB"));
        if (!fastMath) {
            flags.addAll(List.of(
                    "-Dtornado.opencl.compiler.flags=-w",
                    "-Dtornado.enable.nativeFunctions=False",
                    "-Dtornado.enable.fastMathOptimizations=False"));
        }
        flags.add("@" + exports("common"));
        flags.add("@" + exports(driver));
        return flags;
    }

    private static String joined(List<Path> jars) {
        return String.join(
                System.getProperty("path.separator"),
                jars.stream().map(Path::toString).toList());
    }

    /// The jars of a folder whose names are one of some names and a version.
    private List<Path> jars(String below, List<String> names) {
        try (Stream<Path> all = Files.list(folder.resolve("share", "java", below))) {
            List<Path> jars =
                    all.filter(p -> p.toString().endsWith(".jar")).sorted().toList();
            return names.stream()
                    .flatMap(n ->
                            jars.stream().filter(p -> p.getFileName().toString().matches(n + "-\\d.*")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
