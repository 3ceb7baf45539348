package ornstein.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a user sees where a device does not serve: a line that says why, and the exit code.
class DeviceFaultsTest {
    private static final Pattern MEAN = Pattern.compile("\"mean\":\\[\\[1\\.0],\\[([-0-9.E]+)]]");

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    private static Found found(String test) {
        return DeviceJvm.found("DeviceFaultsTest." + test);
    }

    private DeviceJvm.Said run(Map<String, String> environment, List<String> command) throws Exception {
        Map<String, String> all = new java.util.HashMap<>(environment);
        all.put("ORNSTEIN_CACHE", folder.resolve("cache").toString());
        return DeviceJvm.end(folder, DeviceJvm.start(folder, all, command));
    }

    private List<String> simulate(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "simulate",
                "ou",
                "--method",
                "euler-maruyama",
                "--backend",
                "tornado",
                "--json",
                "--quiet",
                "--fresh",
                "--out",
                folder.resolve("run").toString()));
        arguments.addAll(List.of(more));
        return arguments;
    }

    private List<String> plain(String... more) {
        return DeviceJvm.plain(simulate(more).toArray(String[]::new));
    }

    private static void says(int code, String text, DeviceJvm.Said said) {
        assertEquals(code, said.code(), said.err());
        List<String> lines =
                said.err().lines().filter(l -> !l.startsWith("WARNING")).toList();
        assertTrue(!lines.isEmpty() && lines.getLast().startsWith("ornstein: "), said.err());
        assertTrue(lines.getLast().contains(text), said.err());
        assertEquals("", said.out());
    }

    private static Properties probed(Found found, List<String> flags) {
        return Found.probe(DeviceJvm.command(found, flags, Probe.class.getName()));
    }

    /// The JVM takes these options after those of the command.
    @Test
    void aJvmWithoutJvmciIsSaid() throws Exception {
        found("aJvmWithoutJvmciIsSaid");
        Map<String, String> without = Map.of("_JAVA_OPTIONS", "-XX:+UnlockExperimentalVMOptions -XX:-EnableJVMCI");
        says(2, Fault.NO_JVMCI.message(), run(without, plain()));
        DeviceJvm.Said devices = run(without, DeviceJvm.plain("devices"));
        assertEquals(0, devices.code(), devices.err());
        assertTrue(devices.out().contains("devices  none: "), devices.out());
        assertTrue(devices.out().contains(Fault.NO_JVMCI.message()), devices.out());
    }

    /// A JVM that does not know the flag says so and ends.
    @Test
    void aJvmThatDoesNotKnowJvmciIsSaid() throws Exception {
        Path java = Files.writeString(folder.resolve("java"), """
                #!/bin/sh
                echo "Unrecognized VM option 'EnableJVMCI'" >&2
                echo "Error: Could not create the Java Virtual Machine." >&2
                exit 1
                """);
        assertTrue(java.toFile().setExecutable(true));
        String said = Found.probe(List.of(java.toString())).getProperty("problem", "");
        assertTrue(said.startsWith(Fault.NO_JVMCI.message()), said);
    }

    /// The loader finds a file of the library's name first, which is no library. A device that was remembered before is
    /// missed by the second JVM.
    @Test
    void noDriverIsSaid() throws Exception {
        Found found = found("noDriverIsSaid");
        if (!found.choose().driver().equals("opencl")) abort("only OpenCL's library is hidden here");
        Files.createFile(folder.resolve("libOpenCL.so.1"));
        Map<String, String> hidden = Map.of("LD_LIBRARY_PATH", folder.toString());
        says(2, "--backend tornado: opencl: " + Fault.NO_DRIVER.message(), run(hidden, plain()));
        assertTrue(run(hidden, DeviceJvm.plain("devices")).out().contains(Fault.NO_DRIVER.message()));
        DeviceJvm.Said again = run(Map.of(), DeviceJvm.plain("devices"));
        assertTrue(again.out().contains("device   opencl:0: "), again.out() + again.err());
        says(2, "--backend tornado: " + Fault.NO_DRIVER.message(), run(hidden, plain()));
    }

    @Test
    void devicesAreListedOrWhyThereAreNone() throws Exception {
        Found found = found("devicesAreListedOrWhyThereAreNone");
        DeviceJvm.Said with = run(Map.of(), DeviceJvm.plain("devices"));
        assertEquals(0, with.code(), with.err());
        for (DeviceInfo d : found.devices()) assertTrue(with.out().contains("device   " + d.id() + ": "), with.out());
        if (!found.choose().driver().equals("opencl")) abort("only OpenCL's devices can be hidden");
        Map<String, String> hidden = Map.of("OCL_ICD_VENDORS", folder.toString());
        DeviceJvm.Said without = run(hidden, DeviceJvm.plain("devices"));
        assertEquals(0, without.code(), without.err());
        assertTrue(without.out().contains("devices  none: "), without.out());
        assertTrue(without.out().contains(Fault.NO_DEVICE.message()), without.out());
        says(2, Fault.NO_DEVICE.message(), run(hidden, plain()));
    }

    @Test
    void aFolderThatIsNoSdkIsSaid() throws Exception {
        found("aFolderThatIsNoSdkIsSaid");
        Map<String, String> wrong = Map.of("TORNADOVM_HOME", folder.toString());
        says(2, "is no SDK of TornadoVM", run(wrong, plain()));
        DeviceJvm.Said devices = run(wrong, DeviceJvm.plain("devices"));
        assertEquals(0, devices.code(), devices.err());
        assertTrue(devices.out().contains("devices  none: TORNADOVM_HOME="), devices.out());
    }

    @Test
    void anSdkOfAnotherVersionIsSaid() throws Exception {
        Sdk sdk = DeviceJvm.sdk(found("anSdkOfAnotherVersionIsSaid"));
        if (Sdk.built().isEmpty()) abort("the build does not say its SDK's version");
        Path other = Files.createDirectories(folder.resolve("sdk"));
        Path etc = Files.createDirectories(other.resolve("etc"));
        Files.writeString(etc.resolve("tornado.release"), "version=0.1\ncommit=abcdef0\n");
        List<Path> parts = List.of(Path.of("share"), Path.of("lib"), Path.of("etc", "exportLists"));
        for (Path part : parts)
            Files.createSymbolicLink(other.resolve(part), sdk.folder().resolve(part));
        DeviceJvm.Said said = run(Map.of("TORNADOVM_HOME", other.toString()), plain());
        for (Path part : parts) Files.delete(other.resolve(part));
        says(2, Fault.OTHER_SDK.message() + " (0.1 abcdef0 in ", said);
    }

    /// The memory of the device is gone although there should be enough.
    @Test
    void tooLittleMemoryIsSaid() throws Exception {
        List<String> command = DeviceJvm.command(
                found("tooLittleMemoryIsSaid"),
                List.of("-Dtornado.device.memory=3MB"),
                "ornstein.cli.Main",
                simulate("--paths", "1000000").toArray(String[]::new));
        says(1, Fault.OUT_OF_MEMORY.message(), run(Map.of(), command));
    }

    @Test
    void aDeviceThatIsTakenAwayIsSaid() throws Exception {
        found("aDeviceThatIsTakenAwayIsSaid");
        says(1, "was killed (signal 9)", ended("KILL"));
    }

    /// An abort, as a driver that finds an error of its own ends the program; the line is all that is said.
    @Test
    void aDriverThatCrashesIsSaid() throws Exception {
        found("aDriverThatCrashesIsSaid");
        DeviceJvm.Said said = ended("ABRT");
        says(1, "crashed the program (signal 6); give --backend vector, or update the driver", said);
        assertEquals(1, said.err().lines().filter(l -> !l.startsWith("WARNING")).count(), said.err());
    }

    /// Sends a signal to the JVM with the SDK's flags, once it has the run folder, until it ends.
    private DeviceJvm.Said ended(String signal) throws Exception {
        Map<String, String> environment =
                Map.of("ORNSTEIN_CACHE", folder.resolve("cache").toString());
        Process process = DeviceJvm.start(folder, environment, plain("--paths", "100000000", "--steps", "1000000"));
        while (!Files.exists(folder.resolve("run")) && process.isAlive()) Thread.sleep(20);
        while (process.isAlive()) {
            for (ProcessHandle second : process.descendants().toList()) {
                new ProcessBuilder("kill", "-" + signal, Long.toString(second.pid()))
                        .start()
                        .waitFor();
            }
            process.waitFor(1, TimeUnit.SECONDS);
        }
        return DeviceJvm.end(folder, process);
    }

    /// A fault that ends the JVM by its own handler, whose report is not printed.
    @Test
    void aDriverThatCrashesWhenItIsAskedIsSaid() throws Exception {
        Found found = found("aDriverThatCrashesWhenItIsAskedIsSaid");
        String said =
                probed(found, List.of("-Xmx4m", "-XX:+CrashOnOutOfMemoryError")).getProperty("problem", "");
        assertEquals("the driver crashes when it is asked for its devices (signal 6); update it", said);
    }

    /// Fast math leaves the flags of accurate math out; the mean is the accurate one but for roundings, of which a
    /// driver
    /// may make the same.
    @Test
    void fastMathIsAChoice() throws Exception {
        Sdk sdk = DeviceJvm.sdk(found("fastMathIsAChoice"));
        String flags = String.join(" ", sdk.flags("opencl", 1L << 30, true));
        assertTrue(!flags.contains("nativeFunctions=False") && !flags.contains("compiler.flags"), flags);
        double accurate = mean(plain("--precision", "f32", "--paths", "4096", "--steps", "50", "--save", "1"));
        double fast =
                mean(plain("--precision", "f32", "--paths", "4096", "--steps", "50", "--save", "1", "--fast-math"));
        assertEquals(accurate, fast, 1e-4);
        double doubles = mean(plain("--paths", "4096", "--steps", "50", "--save", "1", "--fast-math"));
        assertEquals(accurate, doubles, 1e-4);
        DeviceJvm.Said elsewhere = run(
                Map.of(), DeviceJvm.plain("simulate", "ou", "--method", "euler-maruyama", "--fast-math", "--quiet"));
        says(2, "--fast-math: only with --backend tornado", elsewhere);
    }

    /// The driver is told to round as it likes although accurate math was asked for, so that its sines are wrong.
    @Test
    void aDeviceThatFailsItsCheckLeavesTheRunToTheCpu() throws Exception {
        Found found = found("aDeviceThatFailsItsCheckLeavesTheRunToTheCpu");
        if (!found.choose().driver().equals("opencl")) abort("only OpenCL's flags make it inaccurate");
        List<String> command = DeviceJvm.command(
                found,
                List.of(
                        "-Dtornado.opencl.compiler.flags=-cl-fast-relaxed-math",
                        "-Dtornado.enable.nativeFunctions=True"),
                "ornstein.cli.Main",
                simulate("--paths", "10", "--steps", "2").toArray(String[]::new));
        DeviceJvm.Said said = run(Map.of(), command);
        assertEquals(0, said.code(), said.err());
        assertTrue(said.err().contains(") failed its check, so the CPU is taken: its sin("), said.err());
        assertTrue(said.out().contains("\"backend\":\"scalar\""), said.out());
    }

    @Test
    void adaptedStepsAreRefusedByName() throws Exception {
        found("adaptedStepsAreRefusedByName");
        List<String> command = DeviceJvm.plain(
                "simulate", "ou", "--method", "milstein", "--tolerance", "0.01", "--backend", "tornado", "--quiet");
        says(
                2,
                "steps of milstein that --tolerance adapts are taken on the host; leave one of the two options out",
                run(Map.of(), command));
    }

    /// To the first process alone, which passes it on; the second says once that it stops.
    @Test
    void aSignalStopsBothProcesses() throws Exception {
        found("aSignalStopsBothProcesses");
        Map<String, String> environment =
                Map.of("ORNSTEIN_CACHE", folder.resolve("cache").toString());
        Process process = DeviceJvm.start(folder, environment, plain("--paths", "100000000", "--steps", "1000000"));
        while (!Files.exists(folder.resolve("run")) && process.isAlive()) Thread.sleep(20);
        Thread.sleep(2000); // until it has begun to compute
        List<ProcessHandle> seconds = process.descendants().toList();
        process.destroy();
        DeviceJvm.Said said = DeviceJvm.end(folder, process);
        assertEquals(130, said.code(), said.err());
        long times =
                said.err().lines().filter(l -> l.startsWith("interrupting: ")).count();
        assertTrue(times <= 1, said.err()); // none where the machine is so busy that it has not begun
        for (ProcessHandle second : seconds) assertTrue(!second.isAlive(), said.err());
    }

    private double mean(List<String> command) throws Exception {
        DeviceJvm.Said said = run(Map.of(), command);
        assertEquals(0, said.code(), said.err());
        assertTrue(said.out().contains("\"backend\":\"tornado\""), said.err() + said.out());
        Matcher mean = MEAN.matcher(said.out().replaceAll("\\s", ""));
        assertTrue(mean.find(), said.out());
        return Double.parseDouble(mean.group(1));
    }

    @Test
    void faultsAreToldApart() throws IOException {
        assertEquals(Fault.OUT_OF_MEMORY, Fault.of(new IllegalStateException(new OutOfMemoryError("x"))));
        assertEquals(Fault.OTHER_SDK, Fault.of(new NoSuchMethodError("uk.ac.manchester.X")));
        assertEquals(Fault.NO_SDK, Fault.of(new ClassNotFoundException("ornstein.tornado.TornadoDevices")));
        assertEquals(Fault.OTHER, Fault.of(new IllegalStateException("x")));
    }
}
