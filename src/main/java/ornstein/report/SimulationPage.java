package ornstein.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import ornstein.ensemble.EnsembleResult;
import ornstein.ensemble.Failures;
import ornstein.ensemble.Simulation;
import ornstein.run.Manifest;
import ornstein.spec.Counted;

/// The page of a simulation: what ran, the last time in numbers, figures, how it was made.
final class SimulationPage {
    private SimulationPage() {}

    static Page of(Simulation simulation, EnsembleResult result, Manifest manifest) {
        List<Block> blocks = new ArrayList<>();
        String about = simulation.model().header().about();
        if (!about.isEmpty()) blocks.add(new Block.Text(about));
        blocks.add(new Block.Text(String.format(
                Locale.ROOT,
                "%s of %s, %s of %s each.",
                Counted.of(result.spec().paths(), "path"),
                simulation.method().name(),
                Counted.of(result.spec().steps(), "step"),
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
                "%d of %s blew up and %s left out of all statistics. The first is path %d, at step %d, %s = %s"
                        + " (seed %d).",
                result.failures().count(),
                Counted.of(result.spec().paths(), "path"),
                Counted.are(result.failures().count()),
                first.path(),
                first.step(),
                simulation.timeLabel(),
                Numbers.text(simulation.time(first.step())),
                result.spec().seed())));
    }
}
