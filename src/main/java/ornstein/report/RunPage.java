package ornstein.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import ornstein.run.AtomicFile;
import ornstein.run.Json;
import ornstein.run.Manifest;
import ornstein.spec.UserError;
import ornstein.stats.chart.Chart;
import ornstein.stats.chart.Series;

/// The page of a run in its folder: `report.json` keeps it, `report.html` and `figures/ID.png`, `.svg` and `.pdf` show
/// it and can be made again from there.
public final class RunPage {
    private static final String KEPT = "report.json";
    private static final String FIGURES = "figures";

    /// The page for readers.
    public static final String HTML = "report.html";

    private RunPage() {}

    /// Loads what figures are drawn with, on a thread beside: a small run would else wait for it at its end.
    public static void prepare() {
        Chart chart = Chart.of("none", "x", "x", "x").with(Series.line("x", new double[] {0, 1}, new double[] {0, 1}));
        Thread.ofPlatform().daemon().name("figures").start(() -> {
            if (Theme.problem() != null) return;
            for (FigureFormat format : FigureFormat.values()) format.draw(chart);
        });
    }

    /// Writes a page and its figures into a folder.
    ///
    /// @return why there are no figures, where this machine cannot draw them; else null
    public static @Nullable String write(Path folder, Page page) {
        AtomicFile.write(folder.resolve(KEPT), Json.bytes(page));
        Map<String, byte[]> figures = figures(folder.resolve(FIGURES), page, FigureFormat.values());
        AtomicFile.write(folder.resolve(HTML), HtmlPage.of(page, figures));
        return Theme.problem();
    }

    /// Writes a page as Markdown to a file, with its figures as PNG in the folder `figures` beside it, in place of
    /// those of an earlier page.
    ///
    /// @return why there are no figures, or null
    public static @Nullable String writeMarkdown(Path file, Page page) {
        AtomicFile.write(file, MarkdownPage.of(page, FIGURES).getBytes(StandardCharsets.UTF_8));
        Path folder = file.resolveSibling(FIGURES);
        removeOthers(folder, figures(folder, page, FigureFormat.PNG).keySet());
        return Theme.problem();
    }

    private static void removeOthers(Path folder, Set<String> names) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith(".png") && !names.contains(name)) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The page that a run's folder keeps.
    public static Page read(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new UserError(folder + " is not a folder; name the folder of a run, such as runs/NAME-HASH");
        }
        if (!Files.exists(folder.resolve(Manifest.FILE))) {
            throw new UserError(folder + " is not the folder of a run: it has no " + Manifest.FILE);
        }
        if (!Files.exists(folder.resolve(KEPT))) {
            Manifest manifest = Manifest.read(folder);
            throw new UserError("the run in " + folder + " is not finished: it has no " + KEPT
                    + "; go on with it by its command: " + String.join(" ", manifest.commandLine()));
        }
        return Json.read(folder.resolve(KEPT), Page.class);
    }

    /// How a run was made: its exact command, spec, seed, commit, machine and data.
    public static List<Block> provenance(Manifest manifest) {
        var blocks = new ArrayList<>(origin(manifest));
        blocks.add(new Block.Code(Json.pretty(manifest.spec())));
        return blocks;
    }

    /// The same without the spec.
    static List<Block> origin(Manifest manifest) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("seed", Long.toString(manifest.seed())));
        rows.add(List.of("hash", manifest.hash()));
        rows.add(List.of("commit", manifest.commit() == null ? "not in a Git checkout" : manifest.commit()));
        rows.add(List.of("Java", manifest.jvm()));
        for (Map.Entry<String, String> part : manifest.device().entrySet()) {
            rows.add(List.of(part.getKey(), part.getValue()));
        }
        for (Map.Entry<String, String> file : manifest.data().entrySet()) {
            rows.add(List.of(file.getKey(), file.getValue()));
        }
        return List.of(
                new Block.Heading("How it was made"),
                new Block.Code(String.join(" ", manifest.commandLine())),
                new Block.Table(new Grid(List.of("", ""), rows), ""));
    }

    /// Draws and writes all figures; gives the files by their names, none where this machine cannot draw.
    private static Map<String, byte[]> figures(Path folder, Page page, FigureFormat... formats) {
        if (Theme.problem() != null) {
            return Map.of();
        }
        Map<String, byte[]> files = new ConcurrentSkipListMap<>();
        page.charts().parallelStream()
                .forEach(chart -> Arrays.stream(formats).parallel().forEach(format -> {
                    String name = format.fileOf(chart);
                    byte[] bytes = format.draw(chart);
                    AtomicFile.write(folder.resolve(name), bytes);
                    files.put(name, bytes);
                }));
        return files;
    }
}
