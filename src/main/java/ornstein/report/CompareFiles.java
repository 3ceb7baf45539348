package ornstein.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import ornstein.report.CompareAnswer.Distance;
import ornstein.report.CompareAnswer.Limit;
import ornstein.report.CompareAnswer.Slope;
import ornstein.run.Column;
import ornstein.run.RunFolder;
import ornstein.run.Table;
import ornstein.run.Timings;
import ornstein.stats.chart.Chart;
import ornstein.stats.chart.Clock;
import ornstein.stats.chart.Series;
import ornstein.stats.chart.Timing;

/// The files of a run of `compare`: `results` with the distances by limit and saved time, `errors` with the
/// exact errors against eta, each as CSV and Parquet; `timings.csv`; the page.
public final class CompareFiles {
    private CompareFiles() {}

    /// @return why there are no figures, or null
    public static @Nullable String write(RunFolder folder, CompareAnswer a) {
        results(folder, a);
        errors(folder, a);
        Timings.write(folder);
        return RunPage.write(folder.path(), page(folder, a));
    }

    private static void results(RunFolder folder, CompareAnswer a) {
        List<Column> columns = new ArrayList<>(List.of(Column.ofString("with"), Column.ofDouble("time")));
        for (String x : a.state()) {
            columns.add(Column.ofDouble("w1." + x));
            columns.add(Column.ofDouble("w1se." + x));
        }
        columns.addAll(List.of(Column.ofDouble("energy"), Column.ofDouble("energy_se")));
        try (Table table = Table.create(folder.path(), "results", columns)) {
            rows(table, a, a.of(), a.floor());
            for (Limit l : a.limits()) rows(table, a, l.limit(), l.distance());
            table.commit();
        }
    }

    private static void rows(Table table, CompareAnswer a, String with, Distance d) {
        for (int t = 0; t < a.times().length; t++) {
            List<Object> row = new ArrayList<>(List.of(with, a.times()[t]));
            for (int i = 0; i < a.state().size(); i++) {
                row.add(d.w1()[t][i]);
                row.add(d.w1se()[t][i]);
            }
            row.addAll(List.of(d.energy()[t], d.energySe()[t]));
            table.row(row.toArray());
        }
    }

    private static void errors(RunFolder folder, CompareAnswer a) {
        List<Column> columns = List.of(
                Column.ofString("limit"),
                Column.ofString("kind"),
                Column.ofDouble("eta"),
                Column.ofDouble("error"),
                Column.ofDouble("se"));
        try (Table table = Table.create(folder.path(), "errors", columns)) {
            for (Limit l : a.limits()) {
                rows(table, l.limit(), "local", l.local());
                rows(table, l.limit(), "global", l.global());
            }
            table.commit();
        }
    }

    private static void rows(Table table, String limit, String kind, @Nullable Slope s) {
        if (s == null) return;
        for (int r = 0; r < s.eta().length; r++) table.row(limit, kind, s.eta()[r], s.error()[r], s.se()[r]);
    }

    private static Page page(RunFolder folder, CompareAnswer a) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Text(HtmlPage.sentence(a.asked())));
        blocks.add(new Block.Table(
                a.table(),
                "Distances to the law of " + a.of() + " at the end, with standard errors; " + a.of()
                        + " again is a second sample."));
        blocks.add(new Block.Table(
                a.orders(),
                "Slopes of the exact errors of the first and second moments against eta, with 90 % intervals. At an end"
                        + " by which transients have died out, they compare stationary laws."));
        if (!a.epoch().isEmpty()) {
            blocks.add(new Block.Table(a.epochs(), "Exact moments after one epoch from the start."));
        }
        for (int i = 0; i < a.state().size() && i < 4; i++) blocks.add(new Block.Picture(wasserstein(a, i)));
        blocks.add(new Block.Picture(energy(a)));
        Chart local = slopes("local", "The error of one step", a, true);
        Chart global = slopes("global", "The error at the last time", a, false);
        for (Chart c : List.of(local, global)) if (!c.series().isEmpty()) blocks.add(new Block.Picture(c));
        blocks.addAll(RunPage.provenance(folder.manifest()));
        return new Page(a.of() + " and its limits on " + a.model(), blocks);
    }

    private static Chart wasserstein(CompareAnswer a, int i) {
        String x = a.state().get(i);
        Chart chart = Chart.of("w1-" + (i + 1), "W1 of " + x, Clock.GRADIENT.label(), "W1 of " + x + " to " + a.of());
        for (Limit l : a.limits()) {
            chart = chart.with(series(
                    a,
                    l.limit(),
                    column(l.distance().w1(), i),
                    column(l.distance().w1se(), i)));
        }
        double[] floor = column(a.floor().w1(), i);
        return chart.with(Series.dashed("a second sample of " + a.of(), a.times(), floor)
                        .timing(new Timing(Clock.GRADIENT, a.eta(), 0)))
                .withCaption("Wasserstein distance between the law of " + a.of()
                        + " and that of each limit, with two standard errors; dashed, what two samples of "
                        + a.of() + " are apart.");
    }

    private static Chart energy(CompareAnswer a) {
        Chart chart = Chart.of("energy", "Energy distance", Clock.GRADIENT.label(), "energy distance to " + a.of());
        for (Limit l : a.limits()) {
            chart = chart.with(
                    series(a, l.limit(), l.distance().energy(), l.distance().energySe()));
        }
        return chart.with(Series.level("", 0))
                .withCaption("Energy distance between the laws, without bias, with two standard errors: 0 where they"
                        + " are one.");
    }

    private static Series series(CompareAnswer a, String name, double[] y, double[] se) {
        double[] lo =
                IntStream.range(0, y.length).mapToDouble(t -> y[t] - 2 * se[t]).toArray();
        double[] hi =
                IntStream.range(0, y.length).mapToDouble(t -> y[t] + 2 * se[t]).toArray();
        return Series.line(name, a.times(), y).interval(lo, hi).timing(new Timing(Clock.GRADIENT, a.eta(), 0));
    }

    private static double[] column(double[][] rows, int i) {
        return Arrays.stream(rows).mapToDouble(row -> row[i]).toArray();
    }

    private static Chart slopes(String id, String title, CompareAnswer a, boolean local) {
        Chart chart = Chart.of(id + "-error", title, "learning rate \u03b7", "error of the moments")
                .withLogX()
                .withLogY()
                .withCaption("Euclidean length of the errors of the first and second moments, as far as clear of their"
                        + " noise; dashed, the nearest whole or half power of eta through the error at the smallest.");
        int colour = 0;
        for (Limit l : a.limits()) {
            Slope s = local ? l.local() : l.global();
            if (s == null || s.order() == null) continue;
            double power = Math.rint(2 * s.order()) / 2;
            int[] clear = IntStream.range(0, s.eta().length)
                    .filter(r -> s.error()[r] > 2 * s.se()[r])
                    .toArray();
            double[] eta = Arrays.stream(clear).mapToDouble(r -> s.eta()[r]).toArray();
            double[] error = Arrays.stream(clear).mapToDouble(r -> s.error()[r]).toArray();
            int n = clear.length - 1;
            double[] guide = Arrays.stream(eta)
                    .map(e -> error[n] * Math.pow(e / eta[n], power))
                    .toArray();
            chart = chart.with(Series.points(l.limit(), eta, error).colour(colour));
            chart = chart.with(
                    Series.dashed("order " + Numbers.text(power), eta, guide).colour(colour++));
        }
        return chart;
    }
}
