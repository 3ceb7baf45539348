package ornstein.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import ornstein.report.Block;
import ornstein.report.Page;
import ornstein.report.RunPage;
import ornstein.run.Json;
import ornstein.run.RunFolder;
import ornstein.run.RunPlan;
import ornstein.stats.chart.Chart;
import ornstein.stats.chart.Clock;
import ornstein.stats.chart.Series;
import ornstein.stats.chart.Timing;

@ResourceLock(Resources.SYSTEM_ERR)
class ReportCommandTest {
    private final PrintStream standardError = System.err;
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void captureError() {
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restoreError() {
        System.setErr(standardError);
    }

    private String report(int code, Object... arguments) {
        err.reset();
        var out = new ByteArrayOutputStream();
        var words = new ArrayList<>(List.of("report"));
        for (Object argument : arguments) {
            words.add(argument.toString());
        }
        int got = Main.run(
                Main.commandLine(new PrintStream(out, true, StandardCharsets.UTF_8)), words.toArray(String[]::new));
        assertEquals(code, got, err.toString(StandardCharsets.UTF_8));
        return code == 0 ? out.toString(StandardCharsets.UTF_8).strip() : err.toString(StandardCharsets.UTF_8);
    }

    private Path run(String name, double eta) {
        Path path = folder.resolve(name);
        var plan = new RunPlan("simulate", name, Map.of("eta", eta), 1, List.of("ornstein", "simulate", name));
        try (var run = RunFolder.open(plan, new RunFolder.Place(folder, path, false, false))) {
            double[] x = {0, 100, 200};
            var series = Series.line("mean", x, new double[] {1, 0.5, 0.25}).timing(new Timing(Clock.STEPS, eta, 0));
            RunPage.write(
                    run.path(),
                    new Page(
                            name,
                            List.of(new Block.Picture(
                                    Chart.of("mean", "Mean", "k", "mean").with(series)))));
            run.finish();
        }
        return path;
    }

    @Test
    void remakesAPageFromWhatIsStored() throws IOException {
        Path run = run("a", 0.1);
        byte[] html = Files.readAllBytes(run.resolve("report.html"));
        Files.delete(run.resolve("report.html"));
        Files.delete(run.resolve("figures/mean.pdf"));
        assertEquals(run.resolve("report.html").toString(), report(0, run));
        assertArrayEquals(html, Files.readAllBytes(run.resolve("report.html")));
        assertTrue(Files.exists(run.resolve("figures/mean.pdf")));
    }

    @Test
    void laysRunsOverEachOtherOnOneClock() throws IOException {
        Path out = folder.resolve("overlay");
        String answer = report(0, run("a", 0.1), run("b", 0.2), "--clock", "gradient", "--out", out, "--json");
        assertEquals(
                out.resolve("report.html").toString(),
                Json.parse(answer).path("report").asString());
        Page page = RunPage.read(out);
        String kept = Files.readString(out.resolve("report.json"));
        assertTrue(kept.contains("\"a: mean\"") && kept.contains("\"b: mean\""));
        assertTrue(kept.contains("40.0"), "200 steps at eta 0.2");
        assertEquals("a, b", page.title());
        assertFalse(Files.readString(folder.resolve("a/report.json")).contains("20.0"), "the run itself is unchanged");
    }

    @Test
    void refusesWhatIsNoRun() {
        assertTrue(report(2, folder).contains("it has no manifest.json"));
        assertTrue(report(2, folder.resolve("x")).contains("is not a folder"));
        assertTrue(
                report(2, run("a", 0.1), run("b", 0.1), "--clock", "intrinsic").contains("lambda = 0"));
        assertTrue(report(2, folder, "--clock", "sundial").contains("sundial"));
    }
}
