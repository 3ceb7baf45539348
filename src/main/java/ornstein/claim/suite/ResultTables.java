package ornstein.claim.suite;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import ornstein.claim.ClaimResult;
import ornstein.claim.Prediction;
import ornstein.run.Column;
import ornstein.run.RunFolder;
import ornstein.run.Table;
import ornstein.stats.Interval;
import ornstein.stats.chart.Chart;
import ornstein.stats.chart.Series;
import tools.jackson.databind.JsonNode;

/// What a validation writes: `results.csv` and `results.parquet`, a row a prediction and a row a point of each
/// figure, functions of the results alone; and `timings.csv`, a row a unit.
public final class ResultTables {

    private ResultTables() {}

    /// Writes `results.csv` and `results.parquet`.
    public static void results(Path folder, List<ClaimResult> results) {
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

    /// Writes `timings.csv` from the journal: seconds of each unit, its expected CPU seconds, the attempts at the
    /// run, the machine.
    public static void timings(RunFolder folder) {
        String host = host();
        int attempts = folder.journal().entries("begun").size()
                + folder.journal().entries("resumed").size();
        StringBuilder text = new StringBuilder("unit,seconds,expected,attempts,host\n");
        for (JsonNode entry : folder.journal().entries("done")) {
            text.append(String.format(
                    Locale.ROOT,
                    "%s,%.3f,%.3f,%d,%s%n",
                    entry.path("unit").asString(""),
                    entry.path("seconds").asDouble(0),
                    entry.path("expected").asDouble(0),
                    attempts,
                    host));
        }
        folder.writeAtomically("timings.csv", text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }

    private static String holds(Prediction prediction) {
        Boolean holds = prediction.holds();
        return holds == null ? "undecided" : holds ? "yes" : "no";
    }
}
