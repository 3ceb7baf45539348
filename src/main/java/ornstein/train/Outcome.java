package ornstein.train;

import java.nio.file.Path;
import java.util.List;

/// What one [TrainSpec] gave. It lies in files of the unit's folder, so a finished unit is never trained again.
public interface Outcome {
    /// Replicas in the group.
    int replicas();

    /// One for each step of the plan.
    List<Probe> probes();

    /// Replicas that diverged, by number.
    List<Divergence> diverged();

    /// Whether replica index r (0 .. R-1) stayed finite to the end.
    boolean finite(int replica);

    /// The file that holds theta `[R, P]` at a step of the plan's snapshots; also what [Init.Fork] starts from.
    Path snapshotFile(long step);

    /// Theta at a step of the plan's snapshots.
    Snapshot snapshot(long step);

    /// |w|^2 (first) and |g|^2 (second) of a group before each update k = 0 .. steps-1, when the plan keeps every step.
    double[][] everyStep(int replica, int group);
}
