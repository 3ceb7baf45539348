package ornstein.report;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import ornstein.stats.chart.Chart;

/// A [Page] as one HTML file that needs no network: style, font and figures are inside. All texts are escaped, and the
/// page forbids itself scripts and any fetch.
final class HtmlPage {
    /// Words that are shown as a badge.
    private static final Set<String> GOOD = Set.of("reproduced", "holds", "yes");
    private static final Set<String> BAD = Set.of("not-reproduced", "fails", "no");
    private static final Set<String> OPEN = Set.of("partial", "undecided", "not-run");

    private static final String STYLE = """
            :root { --ink: #222; --paper: #fff; --faint: #666; --line: #ddd; --code: #f5f5f5; \
            --good: #00704f; --bad: #b64400; --open: #6a5400; color-scheme: light dark; }
            @media (prefers-color-scheme: dark) { :root { --ink: #ddd; --paper: #161616; --faint: #999; \
            --line: #3a3a3a; --code: #222; --good: #4fc9a0; --bad: #ff9a5c; --open: #dcc060; }
            figure svg { filter: invert(0.914) hue-rotate(180deg); } }
            * { box-sizing: border-box; }
            body { margin: 0; background: var(--paper); color: var(--ink); \
            font: 16px/1.5 system-ui, Roboto, Helvetica, Arial, sans-serif; }
            main { max-width: 46rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
            h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 1rem; }
            h2 { font-size: 1.25rem; line-height: 1.3; margin: 2.2rem 0 .6rem; }
            p, figcaption, caption, h1, h2 { overflow-wrap: anywhere; }
            pre { background: var(--code); padding: .7rem .9rem; border-radius: 6px; font-size: .85rem; \
            white-space: pre-wrap; overflow-wrap: anywhere; }
            ul { font-size: .9rem; padding-left: 1.2rem; } li { margin: .25rem 0; overflow-wrap: anywhere; }
            .wide { overflow-x: auto; }
            table { border-collapse: collapse; font-size: .9rem; margin: .6rem 0; }
            caption { text-align: left; color: var(--faint); caption-side: bottom; padding-top: .3rem; }
            th, td { text-align: left; vertical-align: top; padding: .28rem .9rem .28rem 0; \
            border-bottom: 1px solid var(--line); }
            th { font-weight: 600; } .number { text-align: right; font-variant-numeric: tabular-nums; \
            white-space: nowrap; } .short { white-space: nowrap; } td { min-width: 2rem; } \
            th { vertical-align: bottom; } th.number, th.short { white-space: normal; }
            figure { margin: 1.6rem 0; } figure svg { width: 100%; min-width: 30rem; height: auto; display: block; }
            figcaption { font-size: .9rem; color: var(--faint); margin-top: .3rem; } figcaption b { color: var(--ink); }
            .badge { font-weight: 600; white-space: nowrap; } h2 .badge { font-size: .85rem; padding: .15rem .6rem; \
            margin-left: .5rem; border: 1.5px solid; border-radius: 1rem; vertical-align: middle; }
            .good { color: var(--good); } .bad { color: var(--bad); } .open { color: var(--open); }
            @media print { :root { --ink: #000; --paper: #fff; --faint: #444; --line: #bbb; --code: #f5f5f5; \
            --good: #00704f; --bad: #b64400; --open: #6a5400; } body { font-size: 10.5pt; }
            figure svg { filter: none; min-width: 0; max-width: 13cm; margin: 0 auto; }
            figure, tr { break-inside: avoid; } h2 { break-after: avoid; } }
            """;

    private final StringBuilder out = new StringBuilder();
    private final Map<String, byte[]> drawings;
    private int figures;

    private HtmlPage(Map<String, byte[]> drawings) {
        this.drawings = drawings;
    }

    /// @param drawings the SVG files of the page's charts by their names; a missing one is said
    static byte[] of(Page page, Map<String, byte[]> drawings) {
        var html = new HtmlPage(drawings);
        html.write(page);
        return html.out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /// Text as it may stand anywhere in HTML, in an attribute too.
    static String escape(String text) {
        var safe = new StringBuilder(text.length());
        Texts.lines(text).codePoints().forEach(c -> {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(c);
            }
        });
        return safe.toString();
    }

    private void write(Page page) {
        String title = escape(page.title());
        out.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';")
                .append(" style-src 'unsafe-inline'; font-src data:\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
                .append(title)
                .append("</title>\n<style>\n@font-face { font-family: Roboto; src: url(data:font/ttf;base64,")
                .append(Base64.getEncoder().encodeToString(Theme.fontFile()))
                .append("); }\n")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n<main>\n<h1>")
                .append(title)
                .append("</h1>\n");
        page.blocks().forEach(this::write);
        out.append("</main>\n</body>\n</html>\n");
    }

    private void write(Block block) {
        switch (block) {
            case Block.Heading heading -> element("h2", escape(heading.text()));
            case Block.Verdict verdict -> element("h2", escape(verdict.text()) + " " + cell(verdict.verdict()));
            case Block.Text text -> element("p", escape(text.text()));
            case Block.Notes notes -> {
                out.append("<ul>\n");
                notes.texts().forEach(note -> element("li", escape(note)));
                out.append("</ul>\n");
            }
            case Block.Code code -> element("pre", escape(code.text()));
            case Block.Table table -> write(table.grid(), table.caption());
            case Block.Picture picture -> write(picture.chart());
        }
    }

    private void element(String name, String content) {
        out.append('<')
                .append(name)
                .append('>')
                .append(content)
                .append("</")
                .append(name)
                .append(">\n");
    }

    private void write(Grid grid, String caption) {
        out.append("<div class=\"wide\"><table>\n");
        if (!caption.isEmpty()) {
            element("caption", escape(caption));
        }
        if (grid.hasHead()) {
            out.append("<thead>");
            row(grid, grid.columns(), "th");
            out.append("</thead>\n");
        }
        out.append("<tbody>\n");
        grid.rows().forEach(row -> row(grid, row, "td"));
        out.append("</tbody></table></div>\n");
    }

    private void row(Grid grid, List<String> cells, String element) {
        out.append("<tr>");
        for (int i = 0; i < cells.size(); i++) {
            String kind =
                    grid.isNumeric(i) ? " class=\"number\"" : cells.get(i).length() < 24 ? " class=\"short\"" : "";
            out.append('<').append(element).append(kind).append('>');
            out.append(element.equals("td") ? cell(cells.get(i)) : escape(cells.get(i)))
                    .append("</")
                    .append(element)
                    .append('>');
        }
        out.append("</tr>\n");
    }

    private static String cell(String text) {
        String kind = GOOD.contains(text) ? "good" : BAD.contains(text) ? "bad" : OPEN.contains(text) ? "open" : "";
        return kind.isEmpty() ? escape(text) : "<span class=\"badge " + kind + "\">" + escape(text) + "</span>";
    }

    private void write(Chart chart) {
        figures++;
        out.append("<figure>\n<div class=\"wide\">").append(drawing(chart)).append("</div>\n<figcaption><b>Figure ");
        out.append(figures).append(". ").append(escape(sentence(chart.title()))).append("</b> ");
        out.append(escape(chart.caption())).append("</figcaption>\n</figure>\n");
    }

    private String drawing(Chart chart) {
        byte[] svg = drawings.get(FigureFormat.SVG.fileOf(chart));
        if (svg == null) {
            return "<p>" + escape(Objects.requireNonNullElse(Theme.problem(), "not drawn")) + "</p>";
        }
        String text = new String(svg, StandardCharsets.UTF_8);
        return text.substring(text.indexOf("<svg"));
    }

    static String sentence(String text) {
        return text.isEmpty() || text.endsWith(".") || text.endsWith("?") ? text : text + ".";
    }
}
