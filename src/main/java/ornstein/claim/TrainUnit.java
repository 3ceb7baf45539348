package ornstein.claim;

import java.nio.file.Path;
import java.util.function.DoubleConsumer;
import ornstein.run.Interruption;
import ornstein.train.Outcome;
import ornstein.train.TrainSpec;
import ornstein.train.Training;
import ornstein.train.Watch;
import ornstein.train.data.Dataset;

/// A group of replicas of one configuration, trained side by side.
///
/// @param cost expected CPU seconds
public record TrainUnit(String name, TrainSpec spec, Dataset data, double cost) implements Unit {

    @Override
    public void run(Path folder, DoubleConsumer done, Interruption interruption) {
        double total = (double) Math.max(1, spec.steps() * spec.replicas());
        Training.run(spec, data, folder, new Watch() {
            private long sofar;

            @Override
            public void advanced(long replicaSteps) {
                sofar += replicaSteps;
                done.accept(Math.min(1, sofar / total));
            }

            @Override
            public boolean interrupted() {
                return interruption.requested();
            }

            @Override
            public void stopped() {
                interruption.check();
                throw new IllegalStateException("training stopped without an interruption");
            }
        });
    }

    /// What the finished unit gave.
    public Outcome outcome(Results results) {
        return Training.run(spec, data, results.folder(this), Watch.NONE);
    }
}
