package ornstein.claim.suite;

import java.nio.file.Path;
import java.util.List;
import ornstein.claim.ClaimResult;
import ornstein.claim.Prediction;
import ornstein.run.Column;
import ornstein.run.Table;
import ornstein.stats.Interval;
import ornstein.stats.chart.Chart;
import ornstein.stats.chart.Series;

/// What a validation writes: `results.csv` and `results.parquet`, a row a prediction and a row a point of each
/// figure, functions of the results alone.
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

    private static String holds(Prediction prediction) {
        Boolean holds = prediction.holds();
        return holds == null ? "undecided" : holds ? "yes" : "no";
    }
}
