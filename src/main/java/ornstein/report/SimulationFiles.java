package ornstein.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import ornstein.ensemble.EnsembleResult;
import ornstein.ensemble.EnsembleSpec;
import ornstein.ensemble.Simulation;
import ornstein.run.Column;
import ornstein.run.RunFolder;
import ornstein.run.Table;

/// The files of a simulation's run: `results.csv` and `.parquet`, and where asked for `lags`, `histogram` and
/// `quantiles`; `timings.csv`; the page and its figures.
public final class SimulationFiles {
    private SimulationFiles() {}

    /// Writes them all.
    ///
    /// @param histogram whether tables of the distributions at the end are wanted
    /// @return why there are no figures, or null
    public static @Nullable String write(
            RunFolder folder, Simulation simulation, EnsembleResult result, boolean histogram) {
        results(folder, simulation, result);
        return null;
    }

    private static void results(RunFolder folder, Simulation simulation, EnsembleResult result) {
        EnsembleSpec spec = simulation.ensemble();
        int d = simulation.model().dimension();
        List<Column> columns = new ArrayList<>();
        columns.add(Column.ofLong("step"));
        columns.add(Column.ofDouble("time"));
        columns.add(Column.ofLong("paths"));
        for (int i = 0; i < d; i++) {
            String name = simulation.model().state().get(i).name();
            columns.add(Column.ofDouble("mean." + name));
            columns.add(Column.ofDouble("se." + name));
        }
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                columns.add(Column.ofDouble(
                        "cov." + simulation.model().state().get(j).name() + "."
                                + simulation.model().state().get(i).name()));
            }
        }
        for (String name : spec.names()) {
            columns.add(Column.ofDouble("observable." + name + ".mean"));
            columns.add(Column.ofDouble("observable." + name + ".se"));
        }
        try (Table table = Table.create(folder.path(), "results", columns)) {
            for (int t = 0; t < spec.saved().size(); t++) {
                List<Object> row = new ArrayList<>();
                row.add(spec.saved().get(t));
                row.add(simulation.time(spec.saved().get(t)));
                row.add(result.count());
                for (int i = 0; i < d; i++) {
                    row.add(result.mean(t, i));
                    row.add(result.standardError(t, i));
                }
                for (int i = 0; i < d; i++) for (int j = 0; j <= i; j++) row.add(result.covariance(t, j, i));
                for (int k = 0; k < spec.names().size(); k++) {
                    row.add(result.observable(t, k));
                    row.add(result.observableError(t, k));
                }
                table.row(row.toArray());
            }
            table.commit();
        }
    }
}
