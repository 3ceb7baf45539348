package ornstein.train;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import ornstein.spec.UserError;

/// An outcome as files of a folder: `outcome.bin`, `snapshot-STEP.bin`, `every-STEP.bin`.
final class OutcomeData implements Outcome {
    private static final String KIND = "outcome";

    private final Path folder;
    private final String owner;
    private final TrainSpec spec;
    private final List<ProbeData> probes;
    private final List<Divergence> diverged;
    private @Nullable List<double[]> everyStep;

    OutcomeData(Path folder, String owner, TrainSpec spec, List<ProbeData> probes, List<Divergence> diverged) {
        this.folder = folder;
        this.owner = owner;
        this.spec = spec;
        this.probes = List.copyOf(probes);
        this.diverged = List.copyOf(diverged);
        for (Divergence d : diverged) {
            for (ProbeData probe : probes) {
                if (probe.step() >= d.step()) {
                    probe.forget((int) (d.replica() - spec.firstReplica()));
                }
            }
        }
    }

    static Path file(Path folder) {
        return folder.resolve("outcome.bin");
    }

    static Path snapshotFile(Path folder, long step) {
        return folder.resolve("snapshot-" + step + ".bin");
    }

    void write() {
        Frame.write(file(folder), KIND, owner, out -> {
            ProbeData.writeAll(out, probes);
            Accounts.writeDiverged(out, diverged);
        });
    }

    /// The finished outcome in a folder, or null.
    static @Nullable OutcomeData find(Path folder, String owner, TrainSpec spec) {
        if (!Files.exists(file(folder))) {
            return null;
        }
        return Frame.read(
                file(folder),
                KIND,
                owner,
                in -> new OutcomeData(folder, owner, spec, ProbeData.readAll(in), Accounts.readDiverged(in)));
    }

    @Override
    public int replicas() {
        return spec.replicas();
    }

    @Override
    public List<Probe> probes() {
        return List.copyOf(probes);
    }

    @Override
    public List<Divergence> diverged() {
        return diverged;
    }

    @Override
    public boolean finite(int replica) {
        return diverged.stream().noneMatch(d -> d.replica() == spec.firstReplica() + replica);
    }

    @Override
    public Path snapshotFile(long step) {
        if (!spec.probes().snapshots().contains(step)) {
            throw new UserError(
                    "no snapshot at step " + step + ", only at " + spec.probes().snapshots());
        }
        return snapshotFile(folder, step);
    }

    @Override
    public Snapshot snapshot(long step) {
        return Snapshot.read(snapshotFile(step));
    }

    @Override
    public synchronized double[][] everyStep(int replica, int group) {
        if (!spec.probes().everyStep()) {
            throw new IllegalStateException("the plan does not keep every step");
        }
        int groups = new Layout(spec.network()).groups().size();
        int width = spec.replicas() * groups;
        if (everyStep == null) {
            everyStep = StepLog.read(folder, owner, spec.steps(), 2 * width);
        }
        double[][] out = new double[2][everyStep.size()];
        int at = replica * groups + group;
        for (int k = 0; k < everyStep.size(); k++) {
            out[0][k] = everyStep.get(k)[at];
            out[1][k] = everyStep.get(k)[width + at];
        }
        return out;
    }
}
