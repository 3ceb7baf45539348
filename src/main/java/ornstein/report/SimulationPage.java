package ornstein.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import ornstein.ensemble.EnsembleResult;
import ornstein.ensemble.Failures;
import ornstein.ensemble.Simulation;
import ornstein.run.Manifest;

/// The page of a simulation: what ran, the last time in numbers, figures, how it was made.
final class SimulationPage {
    private SimulationPage() {}

    static Page of(Simulation simulation, EnsembleResult result, Manifest manifest) {
        List<Block> blocks = new ArrayList<>();
        String about = simulation.model().header().about();
        if (!about.isEmpty()) blocks.add(new Block.Text(about));
        blocks.add(new Block.Text(String.format(
                Locale.ROOT,
                "%d paths of %s, %d steps of %s each.",
                result.spec().paths(),
                simulation.method().name(),
                result.spec().steps(),
                Numbers.text(simulation.stepSize()))));
        SimulationAnswer.Adaptive.of(result)
                .ifPresent(a -> blocks.add(
                        new Block.Text("Steps are " + a.text(result.spec().paths()) + ".")));
        failures(simulation, result, blocks);
        blocks.add(new Block.Table(
                SimulationAnswer.last(simulation, result),
                "At the end, " + simulation.timeLabel() + " = "
                        + Numbers.text(simulation.time(result.spec().steps()))
                        + ": mean over paths with its standard error, standard deviation of a path."));
        String rest = SimulationAnswer.rest(simulation, result);
        if (!rest.isEmpty()) blocks.add(new Block.Text(rest + "."));
        if (!result.spec().lags().isEmpty()) {
            blocks.add(new Block.Table(SimulationAnswer.distances(simulation, result), ""));
        }
        new SimulationCharts(simulation, result).all().forEach(chart -> blocks.add(new Block.Picture(chart)));
        if (simulation.model().dimension() > SimulationCharts.MOST) {
            blocks.add(new Block.Text("Figures show the first " + SimulationCharts.MOST + " of "
                    + simulation.model().dimension() + " coordinates."));
        }
        blocks.addAll(RunPage.provenance(manifest));
        return new Page(simulation.model().name() + ", " + simulation.method().name(), blocks);
    }

    private static void failures(Simulation simulation, EnsembleResult result, List<Block> blocks) {
        Failures.First first = result.failures().first();
        if (first == null) return;
        blocks.add(new Block.Text(String.format(
                Locale.ROOT,
                "%d of %d paths blew up and are left out of all statistics. The first is path %d, at step %d, %s = %s"
                        + " (seed %d).",
                result.failures().count(),
                result.spec().paths(),
                first.path(),
                first.step(),
                simulation.timeLabel(),
                Numbers.text(simulation.time(first.step())),
                result.spec().seed())));
    }
}
