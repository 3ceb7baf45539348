package ornstein.ensemble;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import ornstein.kernel.Backend;
import ornstein.kernel.Precision;
import ornstein.run.Interruption;
import ornstein.run.Progress;
import ornstein.run.RunFolder;
import ornstein.run.RunPlan;

/// A simulation of seven leaves in groups of one, which keeps its paths, some of which blow up; as a program,
/// one to be killed.
final class KilledSimulation {
    static final EnsembleSpec SPEC = Runs.request(
                    Runs.model("cubic", Map.of()),
                    "euler-maruyama",
                    6 * 4096 + 1000,
                    0.6,
                    20,
                    5,
                    Precision.F64,
                    0.6,
                    3.0)
            .resolve()
            .ensemble();

    private KilledSimulation() {}

    /// Runs what is not done in a folder.
    static EnsembleResult run(Path path, int threads, Interruption stop, Progress progress) {
        RunPlan plan = new RunPlan("simulate", "killed", List.of(), 1, List.of());
        var place = new RunFolder.Place(Path.of("."), path, false, true);
        try (RunFolder folder = RunFolder.open(plan, place);
                Kept kept = new Kept(folder.path(), SPEC)) {
            return new Ensemble(SPEC, Backend.SCALAR)
                    .threads(threads)
                    .groups(1)
                    .in(folder)
                    .keeping(kept)
                    .telling((task, unit, total, before) -> progress)
                    .until(stop)
                    .run();
        }
    }

    /// Runs slowly, until killed.
    public static void main(String[] arguments) {
        Progress slow = new Progress() {
            @Override
            public void step(long amount) {
                try {
                    Thread.sleep(40);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }

            @Override
            public void note(String message) {}

            @Override
            public void close() {}
        };
        run(Path.of(arguments[0]), 1, new Interruption(), slow);
    }
}
