package ornstein.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ornstein.run.Json;
import ornstein.spec.UserError;
import ornstein.stats.chart.Chart;
import ornstein.stats.chart.Series;

class PageTest {
    private static final String HOSTILE = "<img src=x onerror=alert(1)>\"'&|*`_\u001b[2J";

    @TempDir
    private Path folder = Path.of("");

    /// A page with every kind of block.
    static Page page() {
        return new Page(
                "Does mixing take O(1/(\u03b7\u03bb)) steps?",
                List.of(
                        new Block.Verdict("C13 Fast equilibrium", "reproduced"),
                        new Block.Text("Three initialisations forget where they began. " + HOSTILE),
                        new Block.Table(
                                new Grid(
                                        List.of("prediction", "predicted", "measured", "90 % interval", "holds"),
                                        List.of(
                                                List.of("H1 collapse", "1.15", "1.02", "[0.97, 1.08]", "holds"),
                                                List.of("H2 scale", "1", "1.31", "[1.2, 1.4]", "fails"),
                                                List.of("H3 " + HOSTILE, "0.0025", "\u2013", "\u2013", "undecided"))),
                                "Predictions and measurements."),
                        new Block.Picture(Gallery.distance()),
                        new Block.Picture(Gallery.mixingTime()),
                        new Block.Notes(List.of("n = 300", HOSTILE)),
                        new Block.Heading("How it was made"),
                        new Block.Code("ornstein validate fast-equilibrium --seed 1 " + HOSTILE)));
    }

    @Test
    void htmlHoldsNoMarkupFromNamesAndFetchesNothing() throws IOException {
        List<Block> blocks = new ArrayList<>(page().blocks());
        blocks.add(new Block.Picture(Gallery.hard()));
        RunPage.write(folder, new Page("<script>alert(1)</script>", blocks));
        String html = Files.readString(folder.resolve(RunPage.HTML));
        assertFalse(html.contains("<img"));
        assertFalse(html.contains("<script"));
        assertFalse(html.contains("\u001b"));
        assertTrue(html.contains("&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;"));
        var links = Pattern.compile("(href|src|url)\\s*[=(]\\s*[\"']?(?!data:|#)(\\S{1,40})")
                .matcher(html.replace("&lt;img src=x", ""));
        assertFalse(links.find(), () -> "fetches " + links.group());
        assertTrue(html.contains("default-src 'none'"));
    }

    @Test
    void markdownHoldsNoMarkupFromNames() {
        String markdown = MarkdownPage.of(page(), "figures");
        assertTrue(markdown.contains("\\<img src=x onerror=alert(1)\\>"));
        assertTrue(markdown.contains("&\\|\\*\\`\\_"));
        assertTrue(markdown.contains("- n = 300\n- \\<img"));
        assertTrue(markdown.contains("(figures/distance.png)"));
        assertTrue(markdown.contains("| H1 collapse | 1.15 | 1.02 | \\[0.97, 1.08\\] | holds |"));
        assertEquals("\\# no heading", MarkdownPage.escape("# no\nheading"));
    }

    @Test
    void isReadBackAndDrawnAgainToTheSameBytes() throws IOException {
        Files.writeString(folder.resolve("manifest.json"), "{}");
        double[] gap = {1, Double.NaN, 3};
        Page page = new Page(
                "gaps",
                List.of(new Block.Picture(Chart.of("g", "t", "x", "y")
                        .with(Series.line("s", new double[] {0, 1, 2}, gap).interval(gap, gap)))));
        for (Page some : List.of(page, page())) {
            RunPage.write(folder, some);
            byte[] html = Files.readAllBytes(folder.resolve(RunPage.HTML));
            RunPage.write(folder, RunPage.read(folder));
            assertArrayEquals(html, Files.readAllBytes(folder.resolve(RunPage.HTML)));
        }
        RunPage.write(folder, page);
        assertTrue(Double.isNaN(
                RunPage.read(folder).charts().getFirst().series().getFirst().y()[1]));
        assertFalse(Files.readString(folder.resolve("report.json")).contains("NaN"));
    }

    @Test
    void saysWhatIsNotARun() throws IOException {
        assertTrue(assertThrows(UserError.class, () -> RunPage.read(folder.resolve("none")))
                .getMessage()
                .contains("is not a folder"));
        assertTrue(assertThrows(UserError.class, () -> RunPage.read(folder))
                .getMessage()
                .contains("it has no manifest.json"));
        Files.writeString(folder.resolve("manifest.json"), Json.line("x"));
        Files.writeString(folder.resolve("report.json"), "{\"title\": 1, \"blocks\": [{\"block\": \"script\"}]}");
        assertTrue(assertThrows(UserError.class, () -> RunPage.read(folder))
                .getMessage()
                .contains("report.json is damaged"));
    }

    @Test
    void writesMarkdownWithItsFigures() {
        RunPage.writeMarkdown(folder.resolve("RESULT.md"), page());
        assertTrue(Files.exists(folder.resolve("RESULT.md")));
        assertTrue(Files.exists(folder.resolve("figures/distance.png")));
    }
}
