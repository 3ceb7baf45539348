package ornstein.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import ornstein.ensemble.EnsembleSpec;
import ornstein.ensemble.estimator.Mlmc;
import ornstein.ensemble.estimator.TalayTubaro;
import ornstein.expr.Expr;
import ornstein.run.Column;
import ornstein.run.RunFolder;
import ornstein.run.Table;
import ornstein.run.Timings;
import ornstein.stats.chart.Chart;
import ornstein.stats.chart.Series;

/// The files of an estimator's run: `results.csv` and `.parquet`, for multilevel Monte Carlo a row a level, and
/// the page.
public final class EstimateFiles {
    private EstimateFiles() {}

    /// @return why there are no figures, or null
    public static @Nullable String write(RunFolder folder, TalayTubaro.Result r) {
        EnsembleSpec spec = r.coarse().spec();
        List<Expr.Sym> state = r.of().coarse().model().state();
        List<Column> columns = new ArrayList<>(List.of(Column.ofLong("step"), Column.ofDouble("time")));
        for (Expr.Sym s : state) {
            columns.add(Column.ofDouble("mean." + s.name()));
            columns.add(Column.ofDouble("se." + s.name()));
        }
        for (String name : spec.names()) {
            columns.add(Column.ofDouble("observable." + name + ".mean"));
            columns.add(Column.ofDouble("observable." + name + ".se"));
        }
        double[] times = r.of().coarse().times();
        Chart chart = Chart.of("means", "Extrapolated means", r.of().coarse().timeLabel(), "mean");
        for (int i = 0; i < state.size(); i++)
            chart = chart.with(series(r, i, state.get(i).name(), times));
        try (Table table = Table.create(folder.path(), "results", columns)) {
            for (int t = 0; t < times.length; t++) {
                List<Object> row = new ArrayList<>(List.of(spec.saved().get(t), times[t]));
                for (int i = 0; i < state.size(); i++) {
                    row.add(r.mean(t, i));
                    row.add(r.standardError(t, i));
                }
                for (int k = 0; k < spec.names().size(); k++) {
                    row.add(r.observable(t, k));
                    row.add(r.observableError(t, k));
                }
                table.row(row.toArray());
            }
            table.commit();
        }
        Timings.write(folder);
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Text(HtmlPage.sentence(EstimateAnswer.asked(r))));
        blocks.add(new Block.Table(
                EstimateAnswer.table(r), "At the end: extrapolated means beside those of both step sizes."));
        blocks.add(new Block.Picture(chart.withCaption("Extrapolated means with two standard errors.")));
        blocks.addAll(RunPage.provenance(folder.manifest()));
        String title = r.of().coarse().model().name() + ", talay-tubaro of "
                + r.of().coarse().method().name();
        return RunPage.write(folder.path(), new Page(title, blocks));
    }

    private static Series series(TalayTubaro.Result r, int i, String name, double[] times) {
        double[] mean = new double[times.length];
        double[] lo = new double[times.length];
        double[] hi = new double[times.length];
        for (int t = 0; t < times.length; t++) {
            mean[t] = r.mean(t, i);
            lo[t] = mean[t] - 2 * r.standardError(t, i);
            hi[t] = mean[t] + 2 * r.standardError(t, i);
        }
        return Series.line(name, times, mean).interval(lo, hi);
    }

    /// @return why there are no figures, or null
    public static @Nullable String write(RunFolder folder, Mlmc asked, Mlmc.Result r) {
        List<Column> columns = List.of(
                Column.ofLong("level"),
                Column.ofDouble("step"),
                Column.ofLong("paths"),
                Column.ofLong("functional"),
                Column.ofDouble("mean"),
                Column.ofDouble("variance"),
                Column.ofDouble("plain_variance"),
                Column.ofDouble("path_steps"));
        try (Table table = Table.create(folder.path(), "results", columns)) {
            for (Mlmc.Level l : r.levels()) {
                for (int f = 0; f < l.mean().length; f++) {
                    table.row(
                            (long) l.level(),
                            l.step(),
                            l.paths(),
                            (long) f,
                            l.mean()[f],
                            l.variance()[f],
                            l.plain()[f],
                            l.cost());
                }
            }
            table.commit();
        }
        Timings.write(folder);
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Table(
                EstimateAnswer.table(asked, r),
                "Means at time " + Numbers.text(asked.until()) + ", with standard errors."));
        blocks.add(new Block.Table(EstimateAnswer.levels(r), "Levels; of all functionals, the one that varies most."));
        blocks.add(new Block.Text(costs(asked, r)));
        blocks.add(new Block.Picture(variances(r)));
        blocks.addAll(RunPage.provenance(folder.manifest()));
        return RunPage.write(
                folder.path(),
                new Page(asked.model().name() + ", mlmc of " + asked.base().name(), blocks));
    }

    /// What the levels cost beside plain Monte Carlo.
    public static String costs(Mlmc asked, Mlmc.Result r) {
        return Math.round(r.cost()) + " path steps for a tolerance of " + Numbers.text(asked.tolerance())
                + "; paths of the finest step alone would take " + Math.round(r.plainCost())
                + " for the same noise. The bias left is estimated as " + Numbers.text(r.bias()) + ".";
    }

    private static Chart variances(Mlmc.Result r) {
        int f = EstimateAnswer.widest(r);
        double[] step = r.levels().stream().mapToDouble(Mlmc.Level::step).toArray();
        double[] own = r.levels().stream().mapToDouble(l -> l.variance()[f]).toArray();
        double[] plain = r.levels().stream().mapToDouble(l -> l.plain()[f]).toArray();
        own[0] = Double.NaN;
        return Chart.of("variances", "Variances of the levels", "step size", "variance of a path")
                .withLogX()
                .withLogY()
                .with(Series.points("P_l - P_l-1", step, own))
                .with(Series.points("P_l", step, plain))
                .withCaption("Variance of the difference between a fine and a coarse path on one Brownian path, and of"
                        + " the fine path itself.");
    }
}
