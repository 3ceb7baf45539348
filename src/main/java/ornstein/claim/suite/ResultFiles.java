package ornstein.claim.suite;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import ornstein.claim.ClaimResult;
import ornstein.claim.Prediction;
import ornstein.claim.Verdict;
import ornstein.run.AtomicFile;
import ornstein.run.Column;
import ornstein.run.Table;
import ornstein.stats.Interval;
import ornstein.stats.chart.Chart;
import ornstein.stats.chart.Series;

/// What a validation writes: `results.csv` and `results.parquet`, a row a prediction and a row a point of each
/// figure; and `validation/FOLDER/RESULT.md` for each claim, to be copied beside its `claim.yaml`.
public final class ResultFiles {

    private ResultFiles() {}

    /// Writes the tables, a function of the results alone.
    public static void table(Path folder, List<ClaimResult> results) {
        List<Column> columns = List.of(
                Column.ofString("claim"),
                Column.ofString("kind"),
                Column.ofString("name"),
                Column.ofString("series"),
                Column.ofDouble("x"),
                Column.ofDouble("predicted"),
                Column.ofDouble("value"),
                Column.ofDouble("lo"),
                Column.ofDouble("hi"),
                Column.ofString("holds"));
        try (Table table = Table.create(folder, "results", columns)) {
            for (ClaimResult result : results) {
                String id = result.claim().id();
                table.row(id, "verdict", result.verdict().text(), null, null, null, null, null, null, null);
                for (Prediction p : result.predictions()) {
                    Interval ci = p.ci();
                    table.row(
                            id,
                            "prediction",
                            p.name(),
                            null,
                            null,
                            p.predicted(),
                            p.measured(),
                            ci == null ? null : ci.lo(),
                            ci == null ? null : ci.hi(),
                            holds(p));
                }
                for (Chart chart : result.charts()) {
                    for (Series series : chart.series()) {
                        points(table, id, chart.id(), series);
                    }
                }
            }
            table.commit();
        }
    }

    private static void points(Table table, String id, String chart, Series series) {
        double[] lo = series.lo();
        double[] hi = series.hi();
        for (int i = 0; i < series.x().length; i++) {
            table.row(
                    id,
                    "curve",
                    chart,
                    series.name(),
                    series.x()[i],
                    null,
                    series.y()[i],
                    lo == null ? null : lo[i],
                    hi == null ? null : hi[i],
                    null);
        }
    }

    /// Writes RESULT.md of every claim that was run.
    ///
    /// @param facts lines of the head, such as the command
    public static void texts(Path folder, List<ClaimResult> results, Map<String, String> facts) {
        for (ClaimResult result : results) {
            if (result.verdict() != Verdict.NOT_RUN) {
                Path file = folder.resolve("validation")
                        .resolve(String.valueOf(result.claim().folder().getFileName()))
                        .resolve("RESULT.md");
                AtomicFile.write(file, text(result, facts).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    static String text(ClaimResult result, Map<String, String> facts) {
        StringBuilder text = new StringBuilder();
        text.append("# ")
                .append(result.claim().id())
                .append(": ")
                .append(result.claim().title());
        text.append("\n\nVerdict: **").append(result.verdict().text()).append("**");
        if (result.runsNeeded() > 0) {
            text.append(" (about ").append(result.runsNeeded()).append(" runs a group would decide)");
        }
        text.append("\n\n").append(result.claim().statement()).append("\n\n");
        facts.forEach((key, value) ->
                text.append("- ").append(key).append(": ").append(value).append('\n'));
        if (!result.predictions().isEmpty()) {
            text.append(
                    "\n| prediction | | predicted | measured | 90 % interval | holds |\n|---|---|---|---|---|---|\n");
            for (Prediction p : result.predictions()) {
                Interval ci = p.ci();
                text.append(String.format(
                        Locale.ROOT,
                        "| %s | %s | %s | %s | %s | %s |%n",
                        p.name(),
                        p.statement(),
                        number(p.predicted()),
                        number(p.measured()),
                        ci == null ? "" : "[" + number(ci.lo()) + ", " + number(ci.hi()) + "]",
                        holds(p)));
            }
            text.append("\nEach end of an interval is a one-sided 95 % bound.\n");
        }
        if (!result.notes().isEmpty()) {
            text.append('\n');
            result.notes().forEach(note -> text.append("- ").append(note).append('\n'));
        }
        return text.toString();
    }

    private static String holds(Prediction prediction) {
        Boolean holds = prediction.holds();
        return holds == null ? "undecided" : holds ? "yes" : "no";
    }

    private static String number(@Nullable Double value) {
        return value == null ? "" : String.format(Locale.ROOT, "%.4g", value);
    }
}
