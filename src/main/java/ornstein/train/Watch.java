package ornstein.train;

/// Who watches a training run.
public interface Watch {
    /// Watches nothing.
    Watch NONE = new Watch() {};

    /// Called now and then: `replicaSteps` more steps (updates times replicas) are done.
    default void advanced(long replicaSteps) {}

    /// Whether to stop: the run then saves a checkpoint and calls [#stopped], which throws.
    default boolean interrupted() {
        return false;
    }

    /// Ends the run after its state is saved.
    default void stopped() {
        throw new IllegalStateException("stopped without a reason");
    }
}
