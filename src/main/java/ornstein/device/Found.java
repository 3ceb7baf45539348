package ornstein.device;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import ornstein.spec.CacheFolder;
import ornstein.spec.UserError;

/// The devices of this machine, looked for in processes of their own, and remembered in the cache folder by
/// SDK, driver and JVM; that there are none is looked at again each time.
///
/// @param sdk the SDK, or null
/// @param problem why there is no device, in one line; empty if there are some
public record Found(@Nullable Sdk sdk, List<DeviceInfo> devices, String problem) {
    private static final int PATIENCE_SECONDS = 60;

    public Found {
        devices = List.copyOf(devices);
    }

    /// Looks, unless that is remembered.
    ///
    /// @param again whether to look although it is remembered
    public static Found look(boolean again) {
        return look(again, Devices.built(), System::getenv);
    }

    /// Looks as a program does that was built with an SDK or without one, in some environment.
    ///
    /// @param environment value of an environment variable, or null
    public static Found look(boolean again, boolean built, UnaryOperator<@Nullable String> environment) {
        if (!built) return new Found(null, List.of(), Fault.NO_SDK.message());
        Optional<Sdk> found;
        try {
            found = Sdk.find(environment);
        } catch (UserError e) {
            return new Found(null, List.of(), String.valueOf(e.getMessage()));
        }
        if (found.isEmpty()) {
            return new Found(
                    null,
                    List.of(),
                    "the SDK of TornadoVM is gone that the program was built with; name another by TORNADOVM_HOME, and"
                            + " build again");
        }
        Sdk sdk = found.get();
        String of = Sdk.built().orElse(sdk.version());
        if (!of.equals(sdk.version())) {
            String versions = " (" + sdk.version() + " in " + sdk.folder() + ", built with " + of + ")";
            return new Found(sdk, List.of(), Fault.OTHER_SDK.message() + versions);
        }
        List<DeviceInfo> devices = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        if (sdk.drivers().isEmpty()) problems.add(sdk.folder() + " has no driver for OpenCL or CUDA");
        for (String driver : sdk.drivers()) {
            Properties p = recall(sdk, driver, again);
            int count = Integer.parseInt(p.getProperty("count", "0"));
            for (int i = 0; i < count; i++) devices.add(read(p, driver, i));
            if (count == 0) problems.add(driver + ": " + p.getProperty("problem", Fault.NO_DEVICE.message()));
        }
        return new Found(sdk, devices, devices.isEmpty() ? String.join("; ", problems) : "");
    }

    /// The device that work goes to: that which `ORNSTEIN_DEVICE` names, else the first GPU, else the first.
    ///
    /// @throws UserError if there is none
    public DeviceInfo choose() {
        if (devices.isEmpty()) throw new UserError("--backend tornado: " + problem);
        String named = System.getenv("ORNSTEIN_DEVICE");
        if (named != null && !named.isEmpty()) {
            return devices.stream()
                    .filter(d -> d.id().equals(named))
                    .findFirst()
                    .orElseThrow(() -> new UserError("ORNSTEIN_DEVICE=" + named + " is none of "
                            + String.join(
                                    ", ", devices.stream().map(DeviceInfo::id).toList())));
        }
        return devices.stream().filter(DeviceInfo::isGpu).findFirst().orElse(devices.getFirst());
    }

    static String line(int i, DeviceInfo d) {
        return "%d.name=%s\n%d.kind=%s\n%d.memory=%d\n%d.largest=%d\n%d.units=%d\n%d.f64=%b\n"
                .formatted(
                        i,
                        d.name().replace("\\", "\\\\"),
                        i,
                        d.kind(),
                        i,
                        d.memory(),
                        i,
                        d.largest(),
                        i,
                        d.units(),
                        i,
                        d.f64());
    }

    private static DeviceInfo read(Properties p, String driver, int i) {
        return new DeviceInfo(
                driver,
                i,
                p.getProperty(i + ".name", "unnamed"),
                p.getProperty(i + ".kind", "accelerator"),
                Long.parseLong(p.getProperty(i + ".memory", "0")),
                Long.parseLong(p.getProperty(i + ".largest", "0")),
                Integer.parseInt(p.getProperty(i + ".units", "0")),
                Boolean.parseBoolean(p.getProperty(i + ".f64", "false")));
    }

    private static Properties recall(Sdk sdk, String driver, boolean again) {
        String settings = settings(sdk, driver);
        Path file = CacheFolder.of(System::getenv)
                .resolve("devices-" + Integer.toHexString(settings.hashCode()) + ".properties");
        if (!again) {
            Properties known = new Properties();
            try (BufferedReader reader = Files.newBufferedReader(file)) {
                known.load(reader);
                if (settings.equals(known.getProperty("settings"))) return known;
            } catch (IOException | IllegalArgumentException e) {
                System.getLogger("ornstein").log(System.Logger.Level.DEBUG, "no devices are remembered", e);
            }
        }
        Properties seen =
                probe(Start.command(sdk, driver, 1L << 30, false, List.of(), Probe.class.getName(), List.of()));
        seen.setProperty("settings", settings);
        if (!seen.getProperty("count", "0").equals("0")) remember(file, seen);
        return seen;
    }

    /// What the answer depends on: SDK, driver, JVM, and the vendors' libraries that are installed.
    private static String settings(Sdk sdk, String driver) {
        StringBuilder text = new StringBuilder();
        text.append(sdk.folder().toAbsolutePath())
                .append(' ')
                .append(sdk.version())
                .append(' ')
                .append(driver);
        text.append(' ').append(System.getProperty("java.home")).append(' ').append(Runtime.version());
        text.append(' ').append(System.getenv("OCL_ICD_VENDORS")).append(System.getenv("CUDA_VISIBLE_DEVICES"));
        for (String place : List.of("/etc/OpenCL/vendors", "/proc/driver/nvidia/gpus")) {
            try (Stream<Path> files = Files.list(Path.of(place))) {
                files.sorted().forEach(f -> text.append(' ').append(f));
            } catch (IOException e) {
                text.append(" no ").append(place);
            }
        }
        try {
            text.append(Files.readString(Path.of("/proc/driver/nvidia/version")));
        } catch (IOException e) {
            text.append(" no nvidia");
        }
        return text.toString();
    }

    /// Runs a probe; what went wrong is the property `problem`.
    static Properties probe(List<String> command) {
        Properties p = new Properties();
        try {
            Path out = Files.createTempFile("ornstein-devices", ".txt");
            Path err = Files.createTempFile("ornstein-devices", ".err");
            try {
                Process process = new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
                process.getOutputStream().close();
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor();
                    p.setProperty("problem", "the driver did not answer within " + PATIENCE_SECONDS + " s");
                    return p;
                }
                try (BufferedReader reader = Files.newBufferedReader(out)) {
                    p.load(reader);
                }
                String said = new String(Files.readAllBytes(err), StandardCharsets.UTF_8);
                if (p.getProperty("fault") != null) {
                    Fault fault = Fault.valueOf(p.getProperty("fault", ""));
                    p.setProperty("problem", fault.message() + " (" + p.getProperty("text", "") + ")");
                } else if (Start.crashed(process.exitValue())) {
                    p.setProperty(
                            "problem",
                            "the driver crashes when it is asked for its devices (signal " + (process.exitValue() - 128)
                                    + "); update it");
                } else if (p.getProperty("count") == null) {
                    Fault fault = Fault.of(new IllegalStateException(said));
                    String last = said.strip().lines().findFirst().orElse("it said nothing");
                    p.setProperty(
                            "problem",
                            fault.message() + " (the probe ended with code " + process.exitValue() + ": " + last + ")");
                }
            } finally {
                Files.deleteIfExists(out);
                Files.deleteIfExists(err);
            }
        } catch (IOException e) {
            p.setProperty("problem", "the probe could not be started: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            p.setProperty("problem", "the probe was interrupted");
        }
        return p;
    }

    /// What cannot be remembered is looked for again next time.
    private static void remember(Path file, Properties p) {
        try {
            Files.createDirectories(file.getParent());
            Path part = Files.createTempFile(file.getParent(), ".devices", null);
            try (var writer = Files.newBufferedWriter(part)) {
                p.store(writer, null);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            System.getLogger("ornstein").log(System.Logger.Level.DEBUG, "cannot remember the devices", e);
        }
    }
}
