package ornstein.claim;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.DoubleConsumer;

/// A unit of work whose result is the files of one folder, a function of [#spec] alone.
public interface Unit {

    /// A readable name, `[a-z0-9.-]+`, such as `wide-0.008-1-03`; the folder is named after it and the hash of the
    /// spec.
    String name();

    /// Everything that decides the result: a record that JSON can hold.
    Record spec();

    /// Expected CPU seconds; decides the order of work and the estimate of the time left.
    double cost();

    /// Does the work, or goes on with it from what an interrupted attempt left in the folder.
    ///
    /// @param done told the fraction done, from 0 to 1
    void run(Path folder, DoubleConsumer done) throws IOException;
}
