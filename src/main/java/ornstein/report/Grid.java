package ornstein.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// A table of texts: the same on the console, in HTML and in Markdown. Columns of numbers are aligned to the right.
///
/// @param columns heads of the columns; all empty: a table without a head
/// @param rows    one text a column
public record Grid(List<String> columns, List<List<String>> rows) {
    private static final Pattern NUMBER =
            Pattern.compile("[-\u2212]?(\\d[\\d .]*|\u221e)(e-?\\d+)?( ?%)?|" + Numbers.NONE);
    private static final String GAP = "  ";
    private static final int NARROWEST = 24;

    public Grid {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        for (List<String> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException("a row of " + row.size() + " for " + columns.size() + " columns");
            }
        }
    }

    boolean hasHead() {
        return columns.stream().anyMatch(column -> !column.isEmpty());
    }

    /// Whether all cells of a column are numbers.
    boolean isNumeric(int column) {
        return !rows.isEmpty()
                && rows.stream()
                        .map(row -> row.get(column))
                        .allMatch(cell -> cell.isEmpty() || NUMBER.matcher(cell).matches());
    }

    /// Lines of at most `width` characters where the last column can be broken to fit, each ended by a line feed.
    public String text(int width) {
        int last = columns.size() - 1;
        int[] widths = IntStream.range(0, columns.size())
                .map(i -> Math.max(
                        length(columns.get(i)),
                        rows.stream().mapToInt(row -> length(row.get(i))).max().orElse(0)))
                .toArray();
        int before = IntStream.range(0, Math.max(0, last))
                .map(i -> widths[i] + GAP.length())
                .sum();
        widths[last] = Math.min(widths[last], Math.max(NARROWEST, width - before));
        var out = new StringBuilder();
        if (hasHead()) {
            line(out, columns, widths);
        }
        rows.forEach(row -> line(out, row, widths));
        return out.toString();
    }

    /// Lines as long as they come.
    public String text() {
        return text(Integer.MAX_VALUE);
    }

    private void line(StringBuilder out, List<String> row, int[] widths) {
        int last = widths.length - 1;
        List<String> broken = wrap(Texts.line(row.get(last)), widths[last]);
        for (int n = 0; n < broken.size(); n++) {
            var line = new StringBuilder();
            for (int i = 0; i <= last; i++) {
                String cell = i == last ? broken.get(n) : n == 0 ? Texts.line(row.get(i)) : "";
                String fill = " ".repeat(Math.max(0, widths[i] - length(cell)));
                line.append(isNumeric(i) ? fill + cell : cell + fill).append(GAP);
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }
    }

    private static List<String> wrap(String text, int width) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && length(line) + 1 + length(word) > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private static int length(CharSequence text) {
        return (int) text.codePoints().count();
    }
}
