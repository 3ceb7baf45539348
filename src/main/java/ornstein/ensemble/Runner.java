package ornstein.ensemble;

import java.util.List;

/// Moves leaves through time and adds up their statistics; of one thread.
sealed interface Runner extends AutoCloseable permits LeafRunner, DeviceRunner {
    /// How many leaves it can move at once.
    int most();

    /// Runs consecutive leaves into as many partials; where paths fail, a second time without these.
    void run(long first, List<Partial> out);

    /// Nanoseconds spent on steps so far.
    long nanos();

    /// Steps done so far, over all paths.
    long pathSteps();

    @Override
    default void close() {}
}
