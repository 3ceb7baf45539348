package ornstein.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import ornstein.run.Journal;
import ornstein.run.Manifest;
import ornstein.run.RunFolder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `validate` as a user meets it, on a small claim of a folder of its own.
@ResourceLock(Resources.SYSTEM_ERR)
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class ValidateCommandTest {
    private static final int KILLS = 10;
    private static final String HOME = "ornstein.home";
    private static final String CLAIM = """
            id: C01
            title: Small
            group: small
            statement: s
            prediction: p
            source: none
            experiment:
              kind: fast-equilibrium
              limits: {deltas: [0.6], exponent-limit: 1.15, scale-delta: 0.6, scale-range: [0.85, 1.15], late-from: 1, late-to: 2, plateau: 0.0025}
              settings:
                synthetic:
                  quick:
                    arm: {network: mlp-wn-24, train: 256, held-out: 40, batch: 8, weight-decay: 0.02, runs: 40, group-size: 1, norms: [0.5, 2], rates: [0.02, 0.01], doubled: [0.02], to: 2, points: 6, blocks: 4, micros: 90}
                    exactness: {rate: 0.01, runs: 2, steps: 60, probes: 3}
            """;

    private final String before = System.getProperty(HOME, "");

    @TempDir
    private Path home;

    @BeforeEach
    void claims() throws IOException {
        Path claim = home.resolve("validation/c01-small");
        Files.createDirectories(claim);
        Files.writeString(claim.resolve("claim.yaml"), CLAIM);
        Files.createSymbolicLink(home.resolve("models"), Path.of("models").toAbsolutePath());
        System.setProperty(HOME, home.toString());
    }

    @AfterEach
    void back() {
        if (before.isEmpty()) {
            System.clearProperty(HOME);
        } else {
            System.setProperty(HOME, before);
        }
    }

    private String run(int code, String arguments) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        int got = Main.run(
                Main.commandLine(new PrintStream(answer, true, StandardCharsets.UTF_8)),
                Arrays.stream(arguments.split(" ")).toArray(String[]::new));
        assertEquals(code, got, arguments);
        return answer.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aResultIsRecordedBesideItsClaimAndListed() throws IOException {
        Path out = home.resolve("run");
        JsonNode answer = JsonMapper.shared()
                .readTree(run(Exit.UNMET, "validate small --quiet --json --record --out " + out))
                .get(0);
        String verdict = answer.get("verdict").asString();
        assertFalse(verdict.equals("not-run"));
        Path result = home.resolve("validation/c01-small/RESULT.md");
        String text = Files.readString(result);
        assertTrue(text.contains("## C01 Small: **" + verdict + "**"), text);
        assertTrue(text.contains("ornstein validate small"), text);
        assertTrue(text.contains("training examples | 256 examples, SHA-256 "), text);
        for (JsonNode prediction : answer.get("predictions")) {
            assertTrue(text.contains(prediction.get("name").asString().replace("_", "\\_")), text);
        }
        int figures = 0;
        for (String line : text.lines().filter(l -> l.startsWith("![")).toList()) {
            String figure = line.substring(line.lastIndexOf('(') + 1, line.length() - 1);
            assertTrue(Files.size(result.resolveSibling(figure)) > 1000, figure);
            figures++;
        }
        assertTrue(figures > 0);
        String file = Manifest.read(out).data().getOrDefault("training examples", "");
        assertTrue(file.startsWith("256 examples, SHA-256 "), file);
        JsonNode listed = JsonMapper.shared().readTree(run(Exit.DONE, "claims --json"));
        assertEquals(verdict, listed.get(0).get("verdicts").get("synthetic").asString());
    }

    @Test
    void wrongRequestsSayWhatWasMeant() {
        assertTrue(refusal("validate smal").contains("did you mean small?"));
        assertTrue(refusal("validate small --data minst").contains("did you mean \"mnist\"?"));
        assertTrue(refusal("validate small --scal full").contains("did you mean --scale?"));
        assertTrue(refusal("train mlp-wn-24 --eta 1 --step 5").contains("did you mean --steps?"));
        assertTrue(refusal("validate").contains("name claims or groups, or give --all"));
        assertTrue(run(Exit.UNMET, "validate small --data mnist").contains("no experiment on mnist at scale quick"));
    }

    private String refusal(String arguments) {
        PrintStream standardError = System.err;
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            run(Exit.WRONG, arguments);
        } finally {
            System.setErr(standardError);
        }
        String message = err.toString(StandardCharsets.UTF_8);
        assertEquals(1, message.lines().count(), message);
        return message;
    }

    /// Ten processes are killed at random moments; the eleventh ends.
    @Test
    void aRunKilledTenTimesEndsWithTheSameBytes() throws IOException, InterruptedException {
        Path whole = home.resolve("whole");
        Path broken = home.resolve("broken");
        run(Exit.UNMET, "validate small --quiet --json --threads 1 --out " + whole);
        SplittableRandom random = new SplittableRandom(17);
        int kills = 0;
        while (kills < KILLS) {
            int entries = entries(broken);
            Process process = start(broken);
            while (process.isAlive() && entries(broken) == entries) {
                Thread.sleep(2);
            }
            Thread.sleep(random.nextInt(500));
            if (!process.isAlive()) {
                break;
            }
            process.destroyForcibly().waitFor();
            kills++;
        }
        assertTrue(kills >= 3, "the run was killed only " + kills + " times before it ended");
        if (!RunFolder.isFinished(broken)) {
            assertEquals(Exit.UNMET, start(broken).waitFor());
        }
        for (String file : List.of("results.csv", "results.parquet", "labels-small.parquet")) {
            assertEquals(-1, Files.mismatch(whole.resolve(file), broken.resolve(file)), file);
        }
    }

    private static int entries(Path folder) {
        return Files.isDirectory(folder) ? Journal.read(folder).size() : 0;
    }

    private Process start(Path out) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.awt.headless=true",
                "-D" + HOME + "=" + home,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of("validate", "small", "--quiet", "--json", "--out", out.toString()));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
