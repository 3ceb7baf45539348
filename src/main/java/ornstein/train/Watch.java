package ornstein.train;

import ornstein.run.Interruption;
import ornstein.run.Progress;

/// Who watches a training run.
public interface Watch {
    /// Watches nothing.
    Watch NONE = new Watch() {};

    /// Called now and then: `replicaSteps` more steps (updates times replicas) are done.
    default void advanced(long replicaSteps) {}

    /// Whether to stop: the run then saves a checkpoint and calls [#stopped].
    default boolean interrupted() {
        return false;
    }

    /// Called after the state is saved; throws.
    default void stopped() {
        throw new ornstein.run.Interrupted();
    }

    /// Seconds between checkpoints.
    default double checkpointSeconds() {
        return 20;
    }

    /// Tells `progress` of replica-steps, and stops when `interruption` is requested.
    static Watch of(Progress progress, Interruption interruption) {
        return new Watch() {
            @Override
            public void advanced(long replicaSteps) {
                progress.step(replicaSteps);
            }

            @Override
            public boolean interrupted() {
                return interruption.requested();
            }

            @Override
            public void stopped() {
                interruption.check();
            }
        };
    }
}
