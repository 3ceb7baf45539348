package ornstein.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ornstein.kernel.StepTable;

/// The device back end, on the first device that is found: a GPU, or PoCL, which is OpenCL on the CPU. Each test is a
/// process with the SDK's flags.
class TornadoTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    private static Found found(String test) {
        Found found = Found.look(false);
        if (found.devices().isEmpty()) {
            String said = "SKIPPED TornadoTest." + test + ", as there is no device: " + found.problem();
            System.err.println(said);
            abort(said);
        }
        return found;
    }

    private static Sdk sdk(Found found) {
        Sdk sdk = found.sdk();
        if (sdk == null) throw new IllegalStateException("devices without an SDK");
        return sdk;
    }

    private static List<String> command(Found found, List<String> flags, String main, String... arguments) {
        DeviceInfo device = found.choose();
        Sdk sdk = sdk(found);
        List<String> more = new ArrayList<>(flags);
        more.add("-Dornstein.device=" + device.id());
        return Start.command(sdk, device.driver(), device.memory() / 2, false, more, main, List.of(arguments));
    }

    private List<String> lines(String test, String main, String... arguments) throws Exception {
        return lines(test, List.of(), main, arguments);
    }

    private List<String> lines(String test, List<String> flags, String main, String... arguments) throws Exception {
        Path out = folder.resolve("out");
        Found found = found(test);
        Process process = Start.process(sdk(found), command(found, flags, main, arguments))
                .redirectOutput(out.toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        if (!process.waitFor(10, TimeUnit.MINUTES)) process.destroyForcibly();
        String err = Files.readString(folder.resolve("err"));
        assertEquals(0, process.exitValue(), err);
        return Files.readAllLines(out).stream().filter(l -> l.contains("\t")).toList();
    }

    /// Every third case, in single and double precision in turn; with `-Dornstein.every=1 -Dornstein.both=true` every
    /// one in both, in five minutes on two processors. Columns are those of `DeviceSteps`, and the tables of
    /// them lie in `target/device-steps.md`.
    @Test
    void oneStepOfEveryCaseIsThatOfTheReference() throws Exception {
        int every = Integer.getInteger("ornstein.every", 3);
        List<String> flags =
                List.of("-Dornstein.every=" + every, "-Dornstein.both=" + Boolean.getBoolean("ornstein.both"));
        List<String> lines =
                lines("oneStepOfEveryCaseIsThatOfTheReference", flags, "ornstein.kernel.DeviceSteps", "100000");
        assertTrue(lines.size() > 240 / every, "cases: " + lines.size());
        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target", "device-steps.md"), StepTable.of(lines));
        List<String> wrong = new ArrayList<>();
        for (String line : lines) {
            String[] parts = line.split("\t");
            boolean right = !parts[2].equals("failed") && parts[3].equals("0") && Double.parseDouble(parts[5]) <= 1;
            if (!right) wrong.add(line.substring(0, Math.min(100, line.length())));
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void statisticsHaveTheBitsOfTheReferenceWhereStatesHave() throws Exception {
        for (String line : lines(
                "statisticsHaveTheBitsOfTheReferenceWhereStatesHave", "ornstein.ensemble.DeviceEnsembles", "bits")) {
            String[] parts = line.split("\t");
            if (parts[0].startsWith("bits") || parts[0].equals("same failures")) {
                assertEquals(1, Double.parseDouble(parts[1]), line);
            }
        }
    }

    @Test
    void ensemblesAreCloseToTheReference() throws Exception {
        List<String> lines = lines("ensemblesAreCloseToTheReference", "ornstein.ensemble.DeviceEnsembles", "close");
        assertEquals(8, lines.size());
        for (String line : lines) {
            String[] parts = line.split("\t");
            assertTrue(Double.parseDouble(parts[1]) <= (parts[0].endsWith("F32") ? 1e-3 : 1e-9), line);
        }
    }

    private static Properties probed(Found found, List<String> flags) {
        return Found.probe(command(found, flags, Probe.class.getName()));
    }

    @Test
    void aJvmWithoutJvmciIsSaid() {
        String said = probed(found("aJvmWithoutJvmciIsSaid"), List.of("-XX:-EnableJVMCI"))
                .getProperty("problem", "");
        assertTrue(said.startsWith(Fault.NO_JVMCI.message()), said);
    }

    @Test
    void noDriverIsSaid() {
        Found found = found("noDriverIsSaid");
        String said = probed(found, List.of("-Djava.library.path=" + folder)).getProperty("problem", "");
        assertTrue(said.startsWith(Fault.NO_DRIVER.message()), said);
    }

    @Test
    void noDeviceIsSaid() throws Exception {
        Found found = found("noDeviceIsSaid");
        if (!found.choose().driver().equals("opencl")) abort("only OpenCL's devices can be hidden");
        List<String> command = new ArrayList<>(List.of("env", "OCL_ICD_VENDORS=" + folder));
        command.addAll(command(found, List.of(), Probe.class.getName()));
        String said = Found.probe(command).getProperty("problem", "");
        assertTrue(said.startsWith(Fault.NO_DEVICE.message()), said);
    }

    @Test
    void faultsAreToldApart() {
        assertEquals(Fault.OUT_OF_MEMORY, Fault.of(new IllegalStateException(new OutOfMemoryError("x"))));
        assertEquals(Fault.OTHER_SDK, Fault.of(new NoSuchMethodError("uk.ac.manchester.X")));
        assertEquals(Fault.NO_SDK, Fault.of(new ClassNotFoundException("ornstein.tornado.TornadoDevices")));
        assertEquals(Fault.OTHER, Fault.of(new IllegalStateException("x")));
    }

    @Test
    void onlyTheFirstWordsOfTheJvmAreLeftOut() throws IOException {
        String noise = "WARNING: Using incubator modules: jdk.incubator.vector\n";
        assertEquals("a\rb\n", told(noise + "a\rb\n"));
        assertEquals("WARNING: other\n" + noise, told("WARNING: other\n" + noise));
        assertEquals("WARN", told("WARN"));
        assertEquals("", told(""));
    }

    private static String told(String text) throws IOException {
        var out = new java.io.ByteArrayOutputStream();
        try (var stream = new java.io.PrintStream(out, true, StandardCharsets.UTF_8)) {
            Start.tell(new java.io.ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), stream);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
