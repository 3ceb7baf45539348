package ornstein.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import ornstein.spec.UserError;
import ornstein.train.data.DataSpec;
import ornstein.train.data.DataStore;
import ornstein.train.data.Dataset;
import picocli.CommandLine.Option;

/// The options that choose a data set, for commands that train.
final class DataOptions {
    @Option(
            names = "--data",
            paramLabel = "NAME",
            description = "synthetic, mnist, fashion-mnist or cifar-10 (default: synthetic).")
    private String name = "synthetic";

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Where its files are looked for first, then in ORNSTEIN_DATA, then in the cache folder;"
                    + " else they are downloaded.")
    private @Nullable Path folder;

    @Option(
            names = "--data-n",
            paramLabel = "N",
            description = "Training examples: the first N (default: all; synthetic: 4096).")
    private int train;

    @Option(
            names = "--held-out",
            paramLabel = "N",
            description = "Held-out examples: the first N (default: all; synthetic: 200).")
    private int heldOut;

    /// Which data were asked for, with `trainDefault` and `heldOutDefault` where no number was given (0 = all).
    ///
    /// @param seed what `synthetic` is made from
    DataSpec spec(long seed, int trainDefault, int heldOutDefault) {
        try {
            return new DataSpec(name, train == 0 ? trainDefault : train, heldOut == 0 ? heldOutDefault : heldOut, seed);
        } catch (IllegalArgumentException e) {
            throw new UserError("--data: " + e.getMessage(), e);
        }
    }

    /// Finds the data or downloads them. To be called before [Common#interruption], so that Ctrl-C ends a download at
    /// once; the next one goes on where it stopped.
    Dataset load(DataSpec spec, Common common) {
        return store(common).load(spec);
    }

    DataStore store(Common common) {
        return new DataStore(folder, common::progress);
    }
}
