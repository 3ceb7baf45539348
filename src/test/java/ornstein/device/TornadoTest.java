package ornstein.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ornstein.kernel.Precision;
import ornstein.kernel.StepTable;
import ornstein.method.Sampling;

/// The device back end, on the first device that is found: a GPU, or PoCL, which is OpenCL on the CPU. Each test is a
/// process with the SDK's flags.
class TornadoTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    private List<String[]> table(String test, List<String> flags, String main, String... arguments) throws Exception {
        return DeviceJvm.table(folder, DeviceJvm.found("TornadoTest." + test), flags, main, arguments);
    }

    /// In each of the check's kernels one number of one path is wrong in turn.
    @Test
    void aDeviceThatGivesAWrongNumberFailsItsCheck() throws Exception {
        List<String> parts =
                List.of("its Philox gives", "its exp(", "its step with normals", "its step with", "it does not");
        for (String[] how : new String[][] {{}, {"fast-math"}}) {
            List<String[]> rows =
                    table("aDeviceThatGivesAWrongNumberFailsItsCheck", List.of(), "ornstein.device.DeviceLies", how);
            String all = rows.stream().map(r -> String.join(" ", r)).collect(Collectors.joining("\n"));
            for (Precision precision : Precision.values()) {
                List<String> said = rows.stream()
                        .filter(r -> r[0].equals(precision.name()))
                        .map(r -> r[2])
                        .toList();
                int kernels = said.size() - 2;
                assertEquals("right", said.getFirst(), all);
                assertEquals("right", said.getLast(), "there is one kernel less than the last that was to lie: " + all);
                assertEquals(5 + Sampling.values().length, kernels, all); // shuffling has two
                for (int k = 1; k <= kernels; k++) {
                    String part = parts.get(k <= 3 ? k - 1 : k < kernels ? 3 : 4);
                    assertTrue(said.get(k).startsWith(part), k + ": " + all);
                }
            }
        }
    }

    /// Every third case, in single and double precision in turn; with `-Dornstein.every=1
    /// -Dornstein.both=true` every one in both, in five minutes on two processors. Columns are those of
    /// `DeviceSteps`, and the tables of them lie in `target/device-steps.md`.
    @Test
    void oneStepOfEveryCaseIsThatOfTheReference() throws Exception {
        int every = Integer.getInteger("ornstein.every", 3);
        List<String[]> rows = table(
                "oneStepOfEveryCaseIsThatOfTheReference",
                List.of("-Dornstein.every=" + every, "-Dornstein.both=" + Boolean.getBoolean("ornstein.both")),
                "ornstein.kernel.DeviceSteps",
                "100000");
        List<String> lines = rows.stream().map(r -> String.join("\t", r)).toList();
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
    void trajectoriesOfContractingModelsAreThoseOfTheReference() throws Exception {
        List<String[]> rows = table(
                "trajectoriesOfContractingModelsAreThoseOfTheReference",
                List.of(),
                "ornstein.kernel.DeviceTrajectories",
                "euler-maruyama",
                "srk-a1",
                "sgd",
                "momentum",
                "adam");
        assertTrue(rows.size() > 30, "cases: " + rows.size());
        for (String[] row : rows) {
            String line = String.join(" ", row);
            assertTrue(Double.parseDouble(row[2]) <= (row[1].equals("F32") ? 1e-5 : 1e-12), line);
            assertEquals("0", row[3], line);
        }
    }

    @Test
    void momentsOfAMillionPathsAreExact() throws Exception {
        List<String[]> rows = table("momentsOfAMillionPathsAreExact", List.of(), "ornstein.ensemble.DeviceMoments");
        assertTrue(rows.size() > 30, "moments: " + rows.size());
        for (String[] row : rows) {
            double se = Double.parseDouble(row[3]);
            double exact = Double.parseDouble(row[2]);
            double z = (Double.parseDouble(row[1]) - exact) / se;
            assertTrue(Math.abs(z) < 4, z + ": " + String.join(" ", row));
            assertTrue(se < 0.02 * (Math.abs(exact) + 1), String.join(" ", row));
        }
    }

    /// Sums, products, observables, distances and the counts of histograms; a device that holds two leaves gives them
    /// in pieces. Starts that are drawn, two coordinates each, go to the device in more than one portion.
    @Test
    void statisticsHaveTheBitsOfTheReferenceWhereStatesHave() throws Exception {
        Map<String, Double> values = values(table(
                "statisticsHaveTheBitsOfTheReferenceWhereStatesHave",
                List.of(),
                "ornstein.ensemble.DeviceEnsembles",
                "bits",
                "limited"));
        for (String bits : List.of("whole", "pieces", "drawn starts", "failing pieces", "limited")) {
            assertEquals(1.0, values.get("bits " + bits), bits);
        }
        assertEquals(1.0, values.get("same failures"));
        assertTrue(values.getOrDefault("failures", 0.0) > 0);
        assertTrue(values.getOrDefault("close failing", Double.NaN) <= 1e-6, values.toString());
        assertEquals(8192.0, values.get("paths at once"));
    }

    @Test
    void ensemblesAreCloseToTheReference() throws Exception {
        List<String[]> rows =
                table("ensemblesAreCloseToTheReference", List.of(), "ornstein.ensemble.DeviceEnsembles", "close");
        assertEquals(8, rows.size());
        for (String[] row : rows) {
            double off = Double.parseDouble(row[1]);
            assertTrue(off <= (row[0].endsWith("F32") ? 1e-3 : 1e-9), String.join(" ", row));
        }
    }

    /// TornadoVM prints the source of each kernel that it compiles; the results are those of kernels compiled anew.
    @Test
    void aSweepAndAnEnsembleInPiecesCompileEachKernelOnce() throws Exception {
        Found found = DeviceJvm.found("TornadoTest.aSweepAndAnEnsembleInPiecesCompileEachKernelOnce");
        List<String> alone = new ArrayList<>();
        Map<String, Integer> anew = compiled(found, "alone", alone);
        assertTrue(anew.size() == 5 && Set.copyOf(anew.values()).equals(Set.of(3)), anew.toString());
        for (String what : List.of("sweep", "pieces")) {
            List<String> results = new ArrayList<>();
            Map<String, Integer> once = compiled(found, what, results);
            assertTrue(once.keySet().containsAll(anew.keySet()), once.toString());
            assertEquals(7, once.size(), once.toString()); // two put the paths at their start again
            assertEquals(Set.of(1), Set.copyOf(once.values()), once.toString());
            assertEquals(alone.subList(0, results.size()), results, what);
        }
        assertEquals(3, Set.copyOf(alone).size());
    }

    /// How often kernels were compiled, by name.
    private Map<String, Integer> compiled(Found found, String what, List<String> results) throws Exception {
        String out = DeviceJvm.output(
                folder, found, List.of("-Dtornado.printKernel=True"), "ornstein.ensemble.DeviceSweep", what);
        Map<String, Integer> counts = new TreeMap<>();
        Matcher kernel =
                Pattern.compile("__(?:kernel|global__) void (ornstein_\\w+)").matcher(out);
        while (kernel.find()) counts.merge(kernel.group(1), 1, Integer::sum);
        out.lines().filter(l -> l.startsWith("run\t")).forEach(l -> results.add(l.split("\t")[2]));
        return counts;
    }

    private static Map<String, Double> values(List<String[]> rows) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (String[] row : rows) values.put(row[0], Double.parseDouble(row[1]));
        return values;
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
