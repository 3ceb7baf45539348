package ornstein.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import ornstein.device.Device;
import ornstein.device.DeviceFault;
import ornstein.ensemble.Ensemble;
import ornstein.ensemble.EnsembleResult;
import ornstein.ensemble.EnsembleSpec;
import ornstein.ensemble.Failures;
import ornstein.ensemble.Kept;
import ornstein.ensemble.Simulation;
import ornstein.kernel.Backend;
import ornstein.kernel.BackendChoice;
import ornstein.method.Flow;
import ornstein.method.Halving;
import ornstein.report.Numbers;
import ornstein.report.SimulationAnswer;
import ornstein.report.SimulationFiles;
import ornstein.run.Interrupted;
import ornstein.run.Interruption;
import ornstein.run.RunFolder;
import ornstein.spec.Counted;
import ornstein.spec.UserError;

/// A simulation in its run folder: the paths, the files, the answer, and what is said of paths that failed.
///
/// @param device what it runs on; empty for the CPU
record SimulationRun(
        Common common,
        Simulation simulation,
        SimulateCommand.Choice backend,
        Optional<Device> device,
        boolean histogram,
        boolean keep) {
    /// Returns the exit code.
    int in(RunFolder folder) throws Exception {
        Interruption interruption = common.interruption();
        EnsembleSpec spec = simulation.ensemble();
        Backend chosen = chosen();
        String place = device.isEmpty() ? chosen.name().toLowerCase(Locale.ROOT) : "tornado";
        EnsembleResult result;
        try (Kept kept = keep ? new Kept(folder.path(), spec) : null) {
            Ensemble ensemble = device.map(d -> new Ensemble(spec, d))
                    .orElseGet(() -> new Ensemble(spec, chosen))
                    .threads(common.threads())
                    .in(folder)
                    .telling(common::progress)
                    .until(interruption);
            result = run(kept == null ? ensemble : ensemble.keeping(kept));
        }
        Map<String, Object> facts = new LinkedHashMap<>(Map.of("seconds", result.seconds()));
        SimulationAnswer.Adaptive.of(result).ifPresent(a -> facts.put("adaptive", a));
        folder.done("paths", facts);
        String problem = SimulationFiles.write(folder, simulation, result, histogram);
        if (problem != null) common.note(problem);
        Ensemble.removeGroups(folder);
        common.answer(SimulationAnswer.of(simulation, result, place), SimulationAnswer.text(simulation, result));
        tellFailures(result);
        tellUndefined(result);
        return result.count() == 0 ? Exit.UNMET : Exit.DONE;
    }

    private Backend chosen() {
        EnsembleSpec spec = simulation.ensemble();
        if (spec.step() instanceof Flow) {
            if (backend != SimulateCommand.Choice.VECTOR) return Backend.SCALAR;
            throw new UserError("--backend vector: " + simulation.method().name()
                    + " is computed on the host; leave the option out");
        }
        return switch (backend) {
            case SCALAR -> Backend.SCALAR;
            case VECTOR -> Backend.VECTOR;
            case AUTO, TORNADO ->
                BackendChoice.of((double) spec.paths() * spec.steps()).backend();
        };
    }

    /// Runs; says what it means if a device fails.
    private EnsembleResult run(Ensemble ensemble) {
        if (device.isEmpty()) return ensemble.run();
        try {
            return ensemble.run();
        } catch (UserError | Interrupted e) {
            throw e;
        } catch (RuntimeException | Error e) {
            var info = device.get().info();
            throw new DeviceFault(info.id() + " (" + info.name() + ")", e);
        }
    }

    private void tellFailures(EnsembleResult result) {
        Failures failures = result.failures();
        Failures.First first = failures.first();
        if (first == null) return;
        System.err.println(String.format(
                Locale.ROOT,
                "%d of %s %s and %s left out; the first is path %d, at step %d (time %s); to see it: the same"
                        + " command with --seed %d --first-path %d --paths 1",
                failures.count(),
                Counted.of(simulation.ensemble().paths(), "path"),
                result.stepCounts().isEmpty()
                        ? "blew up"
                        : "blew up, or did not meet the tolerance in " + Halving.DEPTH
                                + " halvings of a step (take a larger --tolerance or a smaller --dt)",
                Counted.are(failures.count()),
                first.path(),
                first.step(),
                Numbers.text(simulation.time(first.step())),
                simulation.ensemble().seed(),
                first.path()));
    }

    private static void tellUndefined(EnsembleResult result) {
        for (int k = 0; k < result.spec().names().size(); k++) {
            int times = result.undefined(k);
            if (times > 0) {
                System.err.println("the observable " + result.spec().names().get(k) + " has no mean at " + times
                        + " of " + Counted.of(result.spec().saved().size(), "saved time")
                        + ": on some path it is infinite or not a number");
            }
        }
    }
}
