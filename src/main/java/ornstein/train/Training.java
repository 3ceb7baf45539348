package ornstein.train;

import java.nio.file.Path;
import ornstein.train.data.Dataset;

/// Trains one group of replicas.
public final class Training {
    private Training() {}

    /// Runs `spec`, or goes on from the checkpoint in `folder`, or only reads the outcome that lies there finished.
    ///
    /// @param folder belongs to this spec alone; made when missing
    /// @param watch told of progress, asked whether to stop
    /// @throws ornstein.spec.UserError when spec and data do not fit, or the folder holds another spec's files
    @SuppressWarnings("DoNotCallSuggester")
    public static Outcome run(TrainSpec spec, Dataset data, Path folder, Watch watch) {
        throw new UnsupportedOperationException(spec.toString() + data + folder + watch);
    }
}
