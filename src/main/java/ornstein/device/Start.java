package ornstein.device;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import ornstein.run.Interruption;

/// Starts the program again in a JVM with the flags of an SDK: only such a JVM can use a device.
public final class Start {
    /// The property that names the device in the JVM that was started.
    private static final String DEVICE = "ornstein.device";

    private Start() {}

    /// Whether this JVM was started for a device.
    public static boolean here() {
        return System.getProperty(DEVICE) != null;
    }

    /// The device that this JVM was started for.
    public static Device device() {
        String id = System.getProperty(DEVICE, "");
        return Devices.here().stream()
                .filter(d -> d.info().id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ornstein.spec.UserError("the device " + id + " is gone; see ornstein devices"));
    }

    /// Runs the program's main class in such a JVM, with this one's standard streams; gives its exit code.
    public static int again(Sdk sdk, DeviceInfo device, boolean fastMath, String main, List<String> arguments) {
        List<String> more = new ArrayList<>(List.of("-D" + DEVICE + "=" + device.id()));
        List<String> command = command(sdk, device.driver(), device.memory() / 10 * 9, fastMath, more, main, arguments);
        try {
            Process process = process(sdk, command)
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                    .start();
            AtomicBoolean stopped = new AtomicBoolean();
            ProcessHandle other = process.toHandle(); // a Process closes the streams as it is destroyed
            Interruption.onSignals(() -> {
                stopped.set(true);
                other.destroy();
            });
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
            Thread teller = Thread.ofPlatform().daemon().start(() -> tell(process.getErrorStream(), System.err));
            int code = process.waitFor();
            teller.join();
            String name = device.id() + " (" + device.name() + ")";
            if (crashed(code)) {
                throw new DeviceFault("the driver of " + name + " crashed the program (signal " + (code - 128)
                        + "); give --backend vector, or update the driver");
            }
            if (code == 128 + 9) {
                throw new DeviceFault("the program on " + name + " was killed (signal 9), as happens where the"
                        + " machine's memory runs out; the same command goes on, or ask for less");
            }
            return stopped.get() && code == 128 + 15 ? Interruption.EXIT : code;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Whether an exit code is that of a program that ended by its own fault: an illegal instruction, an abort (as a
    /// JVM's end after any of these), a bus error, a division by zero or a wrong address.
    static boolean crashed(int code) {
        return Set.of(4, 6, 7, 8, 11).contains(code - 128);
    }

    /// A process with the SDK's folder in its environment: TornadoVM writes what a driver's compiler says of
    /// a bad kernel below it, and without it below a folder `null` of the working directory.
    static ProcessBuilder process(Sdk sdk, List<String> command) {
        ProcessBuilder process = new ProcessBuilder(command);
        process.environment().putIfAbsent("TORNADOVM_HOME", sdk.folder().toString());
        return process;
    }

    /// Passes standard error on as it comes, but for the JVM's first words, which no flag turns off.
    static void tell(InputStream from, PrintStream to) {
        byte[] noise = "WARNING: Using incubator modules: jdk.incubator.vector\n".getBytes(StandardCharsets.UTF_8);
        byte[] buffer = new byte[8192];
        try (from) {
            byte[] first = from.readNBytes(1);
            int same = 0;
            while (first.length == 1 && same < noise.length && first[0] == noise[same]) {
                if (++same < noise.length) first = from.readNBytes(1);
            }
            if (same < noise.length) {
                to.write(noise, 0, same);
                to.write(first, 0, first.length);
            }
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                to.write(buffer, 0, n);
                to.flush();
            }
        } catch (IOException e) {
            to.flush();
        }
    }

    /// The command of a JVM with an SDK's flags, and this one's limits of memory, properties and class path.
    static List<String> command(
            Sdk sdk,
            String driver,
            long memory,
            boolean fastMath,
            List<String> more,
            String main,
            List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            boolean limit = flag.startsWith("-Xm") || flag.startsWith("-XX:MaxRAM") || flag.startsWith("-Xlog");
            boolean ours = flag.startsWith("-Dornstein.") && !flag.startsWith("-Dornstein.stderr");
            if (limit || ours) command.add(flag);
        }
        command.addAll(sdk.flags(driver, memory, fastMath));
        command.addAll(more);
        command.addAll(Arrays.asList("-cp", System.getProperty("java.class.path"), main));
        command.addAll(arguments);
        return command;
    }
}
