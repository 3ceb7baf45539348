package ornstein.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ornstein.stats.chart.Chart;

/// A [Page] as Markdown, with its figures as links to PNG files.
final class MarkdownPage {
    private static final String SPECIAL = "\\`*_[]<>|";

    private MarkdownPage() {}

    /// @param figures the folder of the figures, relative to the file
    static String of(Page page, String figures) {
        return "# " + escape(page.title()) + "\n\n"
                + page.blocks().stream().map(block -> text(block, figures)).collect(Collectors.joining("\n"));
    }

    private static String text(Block block, String figures) {
        return switch (block) {
            case Block.Heading heading -> "## " + escape(heading.text()) + "\n";
            case Block.Verdict verdict -> "## " + escape(verdict.text()) + ": **" + escape(verdict.verdict()) + "**\n";
            case Block.Text text -> escape(text.text()) + "\n";
            case Block.Notes notes ->
                notes.texts().stream().map(note -> "- " + escape(note) + "\n").collect(Collectors.joining());
            case Block.Code code -> "    " + Texts.lines(code.text()).strip().replace("\n", "\n    ") + "\n";
            case Block.Table table -> table(table.grid(), table.caption());
            case Block.Picture picture -> figure(picture.chart(), figures);
        };
    }

    private static String table(Grid grid, String caption) {
        String rule = IntStream.range(0, grid.columns().size())
                .mapToObj(i -> grid.isNumeric(i) ? "---:" : "---")
                .collect(Collectors.joining(" | ", "| ", " |\n"));
        return row(grid.columns())
                + rule
                + grid.rows().stream().map(MarkdownPage::row).collect(Collectors.joining())
                + (caption.isEmpty() ? "" : "\n" + escape(caption) + "\n");
    }

    private static String row(List<String> cells) {
        return cells.stream().map(MarkdownPage::escape).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String figure(Chart chart, String figures) {
        return "![" + escape(chart.title()) + "](" + figures + "/" + chart.id() + ".png)\n\n**"
                + escape(HtmlPage.sentence(chart.title())) + "** " + escape(chart.caption()) + "\n";
    }

    /// Text in which nothing is markup, on one line.
    static String escape(String text) {
        var safe = new StringBuilder(text.length());
        Texts.line(text).strip().codePoints().forEach(c -> {
            if (SPECIAL.indexOf(c) >= 0 || (safe.isEmpty() && c == '#')) {
                safe.append('\\');
            }
            safe.appendCodePoint(c);
        });
        return safe.toString();
    }
}
