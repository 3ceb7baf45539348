package ornstein.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import ornstein.ensemble.Distribution;
import ornstein.ensemble.EnsembleResult;
import ornstein.ensemble.EnsembleSpec;
import ornstein.ensemble.Simulation;
import ornstein.run.Column;
import ornstein.run.Table;

/// The tables of a simulation, functions of its result alone.
final class SimulationTables {
    private static final double[] PROBABILITIES = {
        0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975, 0.99, 0.995, 0.999
    };

    /// Coordinates up to which `results` holds all covariances; of more it holds the variances alone.
    private static final int JOINT = 32;

    private final Path folder;
    private final Simulation simulation;
    private final EnsembleResult result;
    private final EnsembleSpec spec;
    private final List<String> state;

    SimulationTables(Path folder, Simulation simulation, EnsembleResult result) {
        this.folder = folder;
        this.simulation = simulation;
        this.result = result;
        spec = result.spec();
        state = simulation.model().state().stream().map(s -> s.name()).toList();
    }

    /// `results`: a row a saved time.
    void results() {
        List<Column> columns = new ArrayList<>();
        columns.add(Column.ofLong("step"));
        columns.add(Column.ofDouble("time"));
        columns.add(Column.ofLong("paths"));
        for (String name : state) {
            columns.add(Column.ofDouble("mean." + name));
            columns.add(Column.ofDouble("se." + name));
        }
        for (int i = 0; i < state.size(); i++) {
            for (int j = firstPartner(i); j <= i; j++)
                columns.add(Column.ofDouble("cov." + state.get(j) + "." + state.get(i)));
        }
        for (String name : spec.names()) {
            columns.add(Column.ofDouble("observable." + name + ".mean"));
            columns.add(Column.ofDouble("observable." + name + ".se"));
        }
        try (Table table = Table.create(folder, "results", columns)) {
            for (int t = 0; t < spec.saved().size(); t++) table.row(row(t));
            table.commit();
        }
    }

    private int firstPartner(int i) {
        return state.size() <= JOINT ? 0 : i;
    }

    private @Nullable Object[] row(int t) {
        List<@Nullable Object> row = new ArrayList<>();
        row.add(spec.saved().get(t));
        row.add(simulation.time(spec.saved().get(t)));
        row.add(result.count());
        for (int i = 0; i < state.size(); i++) {
            row.add(result.mean(t, i));
            row.add(result.standardError(t, i));
        }
        for (int i = 0; i < state.size(); i++) {
            for (int j = firstPartner(i); j <= i; j++) row.add(result.covariance(t, j, i));
        }
        for (int k = 0; k < spec.names().size(); k++) {
            row.add(result.observable(t, k));
            row.add(result.observableError(t, k));
        }
        return row.toArray();
    }

    /// `lags`: a row a lag.
    void lags() {
        List<Column> columns = List.of(
                Column.ofLong("lag_steps"),
                Column.ofDouble("lag"),
                Column.ofDouble("from"),
                Column.ofDouble("distance"),
                Column.ofDouble("se"));
        try (Table table = Table.create(folder, "lags", columns)) {
            for (int l = 0; l < spec.lags().size(); l++) {
                long lag = spec.lags().get(l);
                table.row(
                        lag,
                        simulation.time(lag),
                        simulation.time(spec.origin()),
                        result.distance(l),
                        result.distanceError(l));
            }
            table.commit();
        }
    }

    /// `histogram`: a row a coordinate and bin, at the end.
    void histogram(int bins) {
        List<Column> columns = List.of(
                Column.ofString("coordinate"),
                Column.ofDouble("from"),
                Column.ofDouble("to"),
                Column.ofDouble("density"));
        try (Table table = Table.create(folder, "histogram", columns)) {
            for (int c = 0; c < spec.sketched() && result.count() > 0; c++) {
                Distribution.Histogram h = result.distribution(c).histogram(bins);
                for (int b = 0; b < bins; b++) {
                    table.row(state.get(c), h.edges()[b], h.edges()[b + 1], h.density()[b]);
                }
            }
            table.commit();
        }
    }

    /// `quantiles`: a row a coordinate and probability, at the end.
    void quantiles() {
        List<Column> columns =
                List.of(Column.ofString("coordinate"), Column.ofDouble("probability"), Column.ofDouble("quantile"));
        try (Table table = Table.create(folder, "quantiles", columns)) {
            for (int c = 0; c < spec.sketched() && result.count() > 0; c++) {
                Distribution distribution = result.distribution(c);
                for (double p : PROBABILITIES) table.row(state.get(c), p, distribution.quantile(p));
            }
            table.commit();
        }
    }
}
