package ornstein.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import ornstein.run.Column;
import ornstein.run.RunFolder;
import ornstein.run.Table;
import ornstein.run.Timings;
import ornstein.stats.chart.Chart;
import ornstein.stats.chart.Series;

/// The files of a run of `converge`: `results.csv` and `.parquet` with a row an error, `timings.csv`, the page
/// with a log-log figure for strong and for weak errors.
public final class ConvergenceFiles {
    private ConvergenceFiles() {}

    /// Writes them all.
    ///
    /// @return why there are no figures, or null
    public static @Nullable String write(
            RunFolder folder, String model, double until, List<ConvergenceAnswer> answers) {
        results(folder, answers);
        Timings.write(folder);
        return RunPage.write(folder.path(), page(folder, model, until, answers));
    }

    private static void results(RunFolder folder, List<ConvergenceAnswer> answers) {
        List<Column> columns = List.of(
                Column.ofString("method"),
                Column.ofString("kind"),
                Column.ofDouble("step"),
                Column.ofDouble("error"),
                Column.ofDouble("se"));
        try (Table table = Table.create(folder.path(), "results", columns)) {
            for (ConvergenceAnswer a : answers) {
                rows(table, a.method(), "strong", a.strong());
                rows(table, a.method(), "weak", a.weak());
            }
            table.commit();
        }
    }

    private static void rows(Table table, String method, String kind, ConvergenceAnswer.@Nullable Part part) {
        if (part == null) return;
        for (int l = 0; l < part.step().length; l++) {
            table.row(method, kind, part.step()[l], part.error()[l], part.se()[l]);
        }
    }

    private static Page page(RunFolder folder, String model, double until, List<ConvergenceAnswer> answers) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(
                new Block.Text("Errors at T = " + Numbers.text(until) + " on grids whose steps are halved. Strong: root"
                        + " mean square of the difference between steps h and h/2 on one Brownian path. Weak:"
                        + " Euclidean length of the errors of all first and second moments."));
        blocks.add(new Block.Table(
                ConvergenceAnswer.table(answers),
                "Slopes of log error on log step size by least squares, with 90 % intervals."));
        Chart strong = chart("strong-order", "Strong errors", until);
        Chart weak = chart("weak-order", "Weak errors", until);
        int colour = 0;
        for (ConvergenceAnswer a : answers) {
            strong = with(strong, a.method(), a.strong(), colour);
            weak = with(weak, a.method(), a.weak(), colour);
            colour++;
        }
        for (Chart chart : List.of(strong, weak)) {
            if (!chart.series().isEmpty()) blocks.add(new Block.Picture(chart));
        }
        List<String> how = new ArrayList<>();
        for (ConvergenceAnswer a : answers) {
            if (a.strong() != null)
                how.add(a.method() + ", strong: " + a.strong().how() + ".");
            if (a.weak() != null) how.add(a.method() + ", weak: " + a.weak().how() + ".");
        }
        blocks.add(new Block.Notes(how));
        blocks.addAll(RunPage.provenance(folder.manifest()));
        return new Page("Orders of convergence on " + model, blocks);
    }

    private static Chart chart(String id, String title, double until) {
        return Chart.of(id, title, "step size", "error at T = " + Numbers.text(until))
                .withLogX()
                .withLogY()
                .withCaption("Errors against the step size, with two standard errors where they are estimated; dashed,"
                        + " the slope that the method claims, through the error at the smallest step.");
    }

    private static Chart with(Chart chart, String method, ConvergenceAnswer.@Nullable Part part, int colour) {
        if (part == null || part.exact()) return chart;
        int n = part.step().length;
        double[] lo = new double[n];
        double[] hi = new double[n];
        double[] claim = new double[n];
        for (int l = 0; l < n; l++) {
            lo[l] = part.error()[l] - 2 * part.se()[l];
            hi[l] = part.error()[l] + 2 * part.se()[l];
            double order = part.claimed() instanceof Double x ? x : Double.NaN;
            claim[l] = part.error()[n - 1] * Math.pow(part.step()[l] / part.step()[n - 1], order);
        }
        Chart drawn = chart.with(Series.points(method, part.step(), part.error())
                .interval(lo, hi)
                .colour(colour));
        if (!(part.claimed() instanceof Double order)) return drawn;
        return drawn.with(Series.dashed("order " + Numbers.text(order), part.step(), claim)
                .colour(colour));
    }
}
