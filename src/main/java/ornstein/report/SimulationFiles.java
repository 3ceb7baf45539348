package ornstein.report;

import org.jspecify.annotations.Nullable;
import ornstein.ensemble.EnsembleResult;
import ornstein.ensemble.Simulation;
import ornstein.run.RunFolder;
import ornstein.run.Timings;

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
        var tables = new SimulationTables(folder.path(), simulation, result);
        tables.results();
        if (!result.spec().lags().isEmpty()) tables.lags();
        if (histogram) {
            tables.histogram(SimulationCharts.bins(result));
            tables.quantiles();
        }
        Timings.write(folder);
        return RunPage.write(folder.path(), SimulationPage.of(simulation, result, folder.manifest()));
    }
}
