package ornstein.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Processes of tests that need a device.
final class DeviceJvm {
    private static final List<String> PLAIN = List.of(
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Djava.awt.headless=true",
            "-Xmx1g");

    private DeviceJvm() {}

    /// What a process said.
    record Said(int code, String out, String err) {}

    /// The devices; without any, the test is skipped, loudly.
    static Found found(String test) {
        Found found = Found.look(false);
        if (found.devices().isEmpty()) {
            String said = "SKIPPED " + test + ", as there is no device: " + found.problem();
            System.err.println(said);
            abort(said);
        }
        return found;
    }

    static Sdk sdk(Found found) {
        Sdk sdk = found.sdk();
        if (sdk == null) throw new IllegalStateException("devices without an SDK");
        return sdk;
    }

    /// The command of a JVM for the first device.
    static List<String> command(Found found, List<String> flags, String main, String... arguments) {
        DeviceInfo device = found.choose();
        Sdk sdk = sdk(found);
        List<String> more = new ArrayList<>(flags);
        more.add("-Dornstein.device=" + device.id());
        return Start.command(sdk, device.driver(), device.memory() / 2, false, more, main, List.of(arguments));
    }

    /// The program as a user starts it, in a plain JVM.
    static List<String> plain(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(PLAIN);
        command.addAll(List.of(
                "-Dornstein.home=" + System.getProperty("ornstein.home", System.getProperty("user.dir")),
                "-cp",
                System.getProperty("java.class.path"),
                "ornstein.cli.Main"));
        command.addAll(List.of(arguments));
        return command;
    }

    static Process start(Path folder, Map<String, String> environment, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return start(folder, builder);
    }

    private static Process start(Path folder, ProcessBuilder builder) throws IOException {
        Process process = builder.redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        process.getOutputStream().close();
        return process;
    }

    static Said end(Path folder, Process process) throws IOException, InterruptedException {
        if (!process.waitFor(5, TimeUnit.MINUTES)) process.destroyForcibly().waitFor();
        return new Said(
                process.exitValue(), Files.readString(folder.resolve("out")), Files.readString(folder.resolve("err")));
    }

    /// Runs a program for the first device; gives what it printed.
    static String output(Path folder, Found found, List<String> flags, String main, String... arguments)
            throws IOException, InterruptedException {
        Process process = start(folder, Start.process(sdk(found), command(found, flags, main, arguments)));
        Said said = end(folder, process);
        assertEquals(0, said.code(), said.err());
        return said.out();
    }

    /// Runs a program for the first device; gives its lines of columns.
    static List<String[]> table(Path folder, Found found, List<String> flags, String main, String... arguments)
            throws IOException, InterruptedException {
        return output(folder, found, flags, main, arguments)
                .lines()
                .filter(l -> l.contains("\t"))
                .map(l -> l.split("\t"))
                .toList();
    }
}
