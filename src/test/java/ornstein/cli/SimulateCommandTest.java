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
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ornstein.device.Found;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SimulateCommandTest {
    @TempDir
    Path temporary;

    private int runs;

    private String answer(int code, String... arguments) {
        var all = new ArrayList<>(List.of("simulate"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--quiet", "--out", temporary.resolve("run" + runs++).toString()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertEquals(
                code,
                Main.run(
                        Main.commandLine(new PrintStream(out, true, StandardCharsets.UTF_8)),
                        all.toArray(String[]::new)));
        return out.toString(StandardCharsets.UTF_8);
    }

    private JsonNode json(int code, String arguments) {
        return JsonMapper.shared().readTree(answer(code, (arguments + " --json").split(" ")));
    }

    @Test
    void theJsonHasExactlyTheKeysOfTheContract() {
        JsonNode a = json(0, "double-well --method euler-maruyama --paths 1e3 --until 0.2 --save 5 --lags 0.05,0.1");
        assertEquals(
                "[model, method, seed, paths, steps, dt, backend, precision, state, times, mean, cov, se, observables,"
                        + " lags, failed, seconds, pathStepsPerSecond]",
                a.propertyNames().toString());
        assertEquals("[\"x\"]", a.get("state").toString());
        assertEquals(20, a.get("steps").asInt());
        assertEquals(0.01, a.get("dt").asDouble());
        assertEquals(6, a.get("times").size());
        assertEquals(0, a.get("times").get(0).asDouble());
        assertEquals(0.2, a.get("times").get(5).asDouble(), 1e-15);
        assertEquals(6, a.get("mean").size());
        assertEquals(1, a.get("mean").get(0).get(0).asDouble());
        assertEquals(6, a.get("se").size());
        assertEquals(1, a.get("cov").get(5).get(0).size());
        assertEquals(
                "[fourth, right, second]", a.get("observables").propertyNames().toString());
        assertEquals(
                "[mean, se]", a.get("observables").get("right").propertyNames().toString());
        assertEquals(
                "[lag, from, value, se]", a.get("lags").get(0).propertyNames().toString());
        assertEquals(0.1, a.get("lags").get(0).get("from").asDouble(), 1e-15);
        assertEquals("{\"count\":0,\"first\":null}", a.get("failed").toString());
        assertTrue(a.get("pathStepsPerSecond").asDouble() > 0);
    }

    @Test
    void onePathHasNoCovariance() {
        JsonNode a = json(0, "ou --method exact-ou --paths 1 --steps 3");
        assertTrue(a.get("cov").isNull());
        assertTrue(a.get("lags").isNull());
        assertTrue(a.get("se").get(3).get(0).isNull());
        assertEquals(4, a.get("times").size());
    }

    @Test
    void algorithmsCountSteps() {
        JsonNode a = json(0, "four-points --method sgd --eta 0.05 --steps 40 --save 4 --paths 100");
        assertEquals("[0.0,10.0,20.0,30.0,40.0]", a.get("times").toString());
        assertEquals(0.05, a.get("dt").asDouble());
        JsonNode b = json(0, "four-points --method sgd --eta 0.05 --steps 40 --save 2 --paths 100 --clock gradient");
        assertEquals("[0.0,1.0,2.0]", b.get("times").toString());
    }

    @Test
    void pathsThatBlowUpAreSaidAndIfAllDoTheCodeIsThree() {
        JsonNode some = json(0, "cubic --method euler-maruyama --dt 0.6 --steps 20 --paths 1000");
        long count = some.get("failed").get("count").asLong();
        assertTrue(count > 0 && count < 1000, some.get("failed").toString());
        assertEquals(
                "[path, step, time]",
                some.get("failed").get("first").propertyNames().toString());
        long path = some.get("failed").get("first").get("path").asLong();
        JsonNode one = json(3, "cubic --method euler-maruyama --dt 0.6 --steps 20 --paths 1 --first-path " + path);
        assertEquals(some.get("failed").get("first"), one.get("failed").get("first"));
        assertTrue(one.get("mean").get(0).get(0).isNull());
    }

    @Test
    void wrongRequestsEndWithCodeTwo() {
        for (String wrong : List.of(
                "nothing --method sgd",
                "ou --method sgd",
                "ou --method euler",
                "ou --method euler-maruyama --paths 1.5",
                "ou --method euler-maruyama --paths 0",
                "ou --method euler-maruyama --dt -1",
                "ou --method euler-maruyama --dt 0.1 --until 1 --steps 10",
                "ou --method euler-maruyama --lags 0.015",
                "ou --method euler-maruyama --lags 2",
                "ou --method euler-maruyama --clock intrinsic",
                "ou --method euler-maruyama --sampling shuffle",
                "ou --method euler-maruyama --steps 1e9 --save 1e9 --paths 1",
                "ou --method euler-maruyama --batch 2",
                "four-points --method sgd --batch 5 --sampling shuffle")) {
            assertEquals("", answer(Exit.WRONG, wrong.split(" ")), wrong);
        }
    }

    private String refusal(Runnable request) {
        PrintStream standardError = System.err;
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            request.run();
        } finally {
            System.setErr(standardError);
        }
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aDeviceWithoutAnSdkIsRefused() {
        for (boolean built : new boolean[] {false, true}) {
            Path nowhere = temporary.resolve("no-sdk");
            CommandLine line = Main.commandLine(new PrintStream(new ByteArrayOutputStream()));
            SimulateCommand simulate = Objects.requireNonNull(
                            line.getSubcommands().get("simulate"))
                    .getCommand();
            simulate.devices(() -> Found.look(false, built, _ -> nowhere.toString()));
            String said = refusal(() -> assertEquals(
                    Exit.WRONG,
                    Main.run(line, "simulate", "ou", "--method", "euler-maruyama", "--backend", "tornado", "--quiet")));
            assertTrue(
                    said.startsWith(
                            built
                                    ? "ornstein: --backend tornado: TORNADOVM_HOME=" + nowhere
                                            + " is no SDK of TornadoVM"
                                    : "ornstein: --backend tornado: no SDK of TornadoVM was found"),
                    said);
        }
    }

    /// A drift whose derivative is too large to write down.
    @Test
    void aStepThatCannotBeWrittenIsRefused() throws IOException {
        String drift =
                IntStream.range(0, 3000).mapToObj(i -> "(x - " + i + "/7)").collect(Collectors.joining("*"));
        Path file = Files.writeString(
                temporary.resolve("product.yaml"),
                "kind: sde\nname: product\nstate: [x]\ndrift: [\"" + drift + "\"]\ndiffusion: 1\nstart: [1]\n");
        for (String method : List.of("milstein", "euler-implicit")) {
            String said = refusal(() -> answer(Exit.WRONG, file.toString(), "--method", method));
            assertTrue(said.contains(method + " on product: the derivative of a product of"), said);
        }
    }

    /// Noises that do not depend on the state ask nothing of methods for other noises.
    @Test
    void manyCoordinatesAreSimulated() throws IOException {
        int d = 128;
        Path file = many(d);
        String options = " --paths 2 --steps 1 --save 1 --backend scalar";
        JsonNode euler = json(0, file + " --method euler-maruyama" + options);
        JsonNode milstein = json(0, file + " --method milstein" + options);
        assertEquals(d, euler.get("mean").get(1).size());
        assertEquals(euler.get("mean"), milstein.get("mean"));
    }

    /// A linear equation of coordinates in a ring.
    private Path many(int d) throws IOException {
        StringBuilder text = new StringBuilder("kind: sde\nname: many\nstate: [");
        text.append(IntStream.range(0, d).mapToObj(i -> "x" + i).collect(Collectors.joining(", ")));
        text.append("]\ndrift:\n");
        for (int i = 0; i < d; i++) {
            text.append("  - \"-x" + i + " + x" + (i + 1) % d + "/10\"\n");
        }
        text.append("diffusion: 1\nstart: [").append("1, ".repeat(d - 1)).append("1]\n");
        return Files.writeString(temporary.resolve("many" + d + ".yaml"), text);
    }

    /// A linear equation whose every coordinate depends on each other.
    private Path coupled(int d) throws IOException {
        String names = IntStream.range(0, d).mapToObj(i -> "x" + i).collect(Collectors.joining(", "));
        String ones = IntStream.range(0, d).mapToObj(_ -> "1").collect(Collectors.joining(", "));
        String mean = "(" + names.replace(", ", "+") + ")/" + d;
        StringBuilder text = new StringBuilder("kind: sde\nname: coupled\nstate: [" + names + "]\ndrift:\n");
        for (int i = 0; i < d; i++) text.append("  - \"-x" + i + " + " + mean + "\"\n");
        text.append("diffusion: 0.5\nstart: [" + ones + "]\n");
        return Files.writeString(temporary.resolve("coupled" + d + ".yaml"), text);
    }

    /// Matrices that would take minutes to write out are refused at once, with the methods that do run.
    @Test
    void tooManyCoordinatesForAMethodAreRefused() throws IOException {
        Path large = many(513);
        String said = refusal(() -> answer(Exit.WRONG, large.toString(), "--method", "exact-ou"));
        assertTrue(
                said.startsWith("ornstein: exact-ou does not run on many: its 513 coordinates are more than the 512"),
                said);
        assertTrue(said.contains("; take euler-maruyama, "), said);
        Path coupled = coupled(72);
        said = refusal(() -> answer(Exit.WRONG, coupled.toString(), "--method", "euler-implicit"));
        assertTrue(
                said.startsWith("ornstein: euler-implicit on coupled: the linear systems of its 1 Newton round in 72"
                        + " unknowns take 129648 products, more than 100000"),
                said);
    }

    private Path last() {
        return temporary.resolve("run" + (runs - 1));
    }

    @Test
    void aRunLeavesTablesAndFigures() throws IOException {
        json(0, "ou-2d --method exact-ou --dt 0.1 --paths 5000 --lags 0.2,0.5 --histogram --keep --save 2 --threads 2");
        for (String table : List.of("results", "lags", "histogram", "quantiles")) {
            assertTrue(Files.exists(last().resolve(table + ".csv")), table);
            assertTrue(Files.exists(last().resolve(table + ".parquet")), table);
        }
        assertEquals(
                "step,time,paths,mean.x,se.x,mean.y,se.y,cov.x.x,cov.x.y,cov.y.y",
                Files.readAllLines(last().resolve("results.csv")).getFirst());
        assertEquals(4, Files.readAllLines(last().resolve("results.csv")).size());
        assertEquals(
                "unit,seconds,attempts,host",
                Files.readAllLines(last().resolve("timings.csv")).getFirst());
        for (String figure : List.of("paths-1", "paths-2", "mean-1", "mean-2", "distances", "density-1", "density-2")) {
            for (String kind : List.of(".png", ".svg", ".pdf")) {
                assertTrue(Files.size(last().resolve("figures/" + figure + kind)) > 1000, figure + kind);
            }
        }
        try (var paths = Files.list(last().resolve("paths"))) {
            assertEquals(
                    List.of("leaf-000000.parquet", "leaf-000001.parquet"),
                    paths.map(p -> String.valueOf(p.getFileName())).sorted().toList());
        }
        assertFalse(Files.exists(last().resolve("groups")));
        String page = Files.readString(last().resolve("report.html"));
        assertTrue(page.contains("the exact normal law of the equation at that time"), "exact density");
    }

    @Test
    void densitiesAreShownAgainstTheGibbsDensity() throws IOException {
        json(0, "double-well --method euler-maruyama --paths 500 --until 1");
        String page = Files.readString(last().resolve("report.html"));
        assertTrue(page.contains("the Gibbs density of the equation, its limit for long times"), "Gibbs density");
        json(0, "cir --method euler-maruyama --paths 500 --until 1");
        page = Files.readString(last().resolve("report.html"));
        assertTrue(page.contains("the stationary density of the equation"), "stationary density");
        assertFalse(page.contains("exactly"), "a diffusion with a kink has no exact moments");
    }

    @Test
    void runsOfSgdAndItsEquationAreLaidOverEachOtherOnOneClock() throws IOException {
        json(0, "four-points --method sgd --eta 0.05 --steps 40 --paths 500");
        Path first = last();
        json(0, "four-points --method sgd --eta 0.1 --steps 20 --paths 500");
        Path overlay = temporary.resolve("overlay");
        assertEquals(
                0,
                Main.run(
                        Main.commandLine(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8)),
                        "report",
                        first.toString(),
                        last().toString(),
                        "--clock",
                        "gradient",
                        "--quiet",
                        "--out",
                        overlay.toString()));
        assertTrue(Files.exists(overlay.resolve("figures/mean-1.svg")));
        JsonNode page = JsonMapper.shared().readTree(Files.readString(overlay.resolve("report.json")));
        for (JsonNode block : page.get("blocks")) {
            JsonNode chart = block.path("chart");
            if (chart.path("id").asString("").equals("mean-1")) {
                assertEquals(2, chart.get("series").size());
                for (JsonNode series : chart.get("series")) {
                    JsonNode x = series.get("x");
                    assertEquals(2.0, x.get(x.size() - 1).asDouble(), 1e-12);
                }
            }
        }
    }

    /// `--threads`, the back end and the time at which a folder is made do not change a byte of the results.
    @Test
    void resultsAreTheSameBytes() throws IOException {
        String command = "double-well --method euler-maruyama --paths 9000 --steps 20 --lags 0.1 --histogram";
        json(0, command + " --threads 1 --backend scalar");
        Path first = last();
        json(0, command + " --threads 3 --backend vector");
        for (String file : List.of("results", "lags", "histogram", "quantiles")) {
            assertEquals(-1, Files.mismatch(first.resolve(file + ".csv"), last().resolve(file + ".csv")), file);
            assertEquals(-1, Files.mismatch(first.resolve(file + ".parquet"), last().resolve(file + ".parquet")), file);
        }
    }
}
