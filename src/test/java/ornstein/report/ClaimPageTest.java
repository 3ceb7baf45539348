package ornstein.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import ornstein.claim.Claim;
import ornstein.claim.ClaimResult;
import ornstein.claim.Prediction;
import ornstein.claim.Verdict;
import ornstein.run.Json;
import ornstein.run.Manifest;
import ornstein.stats.Interval;
import ornstein.stats.chart.Chart;
import ornstein.stats.chart.Series;

class ClaimPageTest {
    private static ClaimResult result(String id) {
        var claim =
                new Claim(id, "name", "Title " + id, "group", "A statement.", "A law.", "A. Author", null, Path.of(id));
        return new ClaimResult(
                claim,
                Verdict.UNDECIDED,
                List.of(
                        Prediction.of("H1", "p is one", 1, 1.0123456, new Interval(0.9, 1.1), true),
                        new Prediction("H2", "q is zero", null, null, null, null, 414)),
                414,
                List.of("a note"),
                List.of(Chart.of("curve", "t", "x", "y")
                        .with(Series.line("s", new double[] {1, 2}, new double[] {1, 2}))));
    }

    private static final Manifest MANIFEST = new Manifest(
            "validate",
            "group",
            "abc",
            7,
            Json.tree(Map.of("n", 300)),
            Map.of("train-images", "0123"),
            List.of("ornstein", "validate", "group"),
            null,
            "a JVM",
            Map.of("cpu", "a processor"));

    @Test
    void markdownHoldsVerdictPredictionsFiguresAndOrigin() {
        String text = MarkdownPage.of(ClaimPage.of("Validation", List.of(result("C13")), MANIFEST), "figures");
        assertTrue(text.startsWith("# Validation\n\n## C13 Title C13: **undecided**\n\nA statement.\n"), text);
        assertTrue(text.contains("| H1: p is one | 1 | 1.012 | \\[0.9, 1.1\\] | yes |\n"));
        assertTrue(text.contains("| H2: q is zero | \u2013 | \u2013 | \u2013 | undecided |\n"));
        assertTrue(text.contains("about 414 runs per group"));
        assertTrue(text.contains("![t](figures/c13-curve.png)"));
        assertTrue(text.contains("- a note\n"));
        assertTrue(text.contains("    ornstein validate group\n"));
        assertTrue(text.contains("| seed | 7 |") && text.contains("| train-images | 0123 |"));
        assertTrue(text.endsWith("## References\n\nA. Author\n"));
    }

    @Test
    void figuresOfSeveralClaimsHaveNamesOfTheirOwn() {
        Page page = ClaimPage.of("Both", List.of(result("C13"), result("C14")), MANIFEST);
        assertEquals(
                List.of("c13-curve", "c14-curve"),
                page.charts().stream().map(Chart::id).toList());
        assertTrue(MarkdownPage.of(page, "f").contains("| C14 | undecided | Title C14 |"));
    }

    @Test
    void consoleTableHasAStatementToEachPrediction() {
        String text = ClaimPage.predictions(result("C13")).text(200);
        assertTrue(text.lines().anyMatch(line -> line.matches("H1 +1 +1.012  \\[0.9, 1.1\\] +yes +p is one")), text);
    }
}
