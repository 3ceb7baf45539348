package ornstein.ensemble;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// The statistics of a set of consecutive paths.
final class Partial {
    final Moments states;
    final Moments observables;
    final Moments distances;
    /// Paths that have not failed.
    long count;

    Failures failures = Failures.NONE;
    StepCounts steps = StepCounts.NONE;

    Partial(EnsembleSpec spec) {
        states = new Moments(spec.saved().size(), spec.dimension(), true);
        observables = new Moments(spec.saved().size(), spec.observables().size(), false);
        distances = new Moments(spec.lags().size(), 1, false);
    }

    void clear() {
        count = 0;
        failures = Failures.NONE;
        steps = StepCounts.NONE;
        states.clear();
        observables.clear();
        distances.clear();
    }

    /// Ends a leaf.
    void close(long alive, Failures failed, StepCounts taken) {
        count = alive;
        failures = failed;
        steps = taken;
        states.close(alive);
        observables.close(alive);
        distances.close(alive);
    }

    /// Takes in the paths that follow.
    void merge(Partial right) {
        states.merge(count, right.states, right.count);
        observables.merge(count, right.observables, right.count);
        distances.merge(count, right.distances, right.count);
        count += right.count;
        failures = failures.and(right.failures);
        steps = steps.and(right.steps);
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(count);
        out.writeLong(failures.count());
        Failures.First first = failures.first();
        out.writeLong(first == null ? -1 : first.path());
        out.writeLong(first == null ? -1 : first.step());
        steps.write(out);
        states.write(out);
        observables.write(out);
        distances.write(out);
    }

    void read(DataInput in) throws IOException {
        count = in.readLong();
        long failed = in.readLong();
        long path = in.readLong();
        long step = in.readLong();
        failures = new Failures(failed, path < 0 ? null : new Failures.First(path, step));
        steps = StepCounts.read(in);
        states.read(in);
        observables.read(in);
        distances.read(in);
    }
}
