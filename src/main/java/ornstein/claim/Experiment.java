package ornstein.claim;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// An experiment on one claim, with all its numbers fixed.
public interface Experiment {

    /// The units that can be named now. Asked again with their results when they are done, until it names nothing
    /// new; so a pilot can decide the rest, and a checkpoint can be forked from.
    List<Unit> plan(Results done) throws IOException;

    /// The result, from the files of the units alone: the same files give the same result to the last bit.
    ClaimResult analyse(Results done) throws IOException;

    /// Writes the raw data behind the result into the run's folder, for anyone to judge anew; nothing by default.
    default void writeRaw(Results done, Path folder) throws IOException {}
}
