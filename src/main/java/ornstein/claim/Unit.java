package ornstein.claim;

import java.nio.file.Path;
import java.util.function.DoubleConsumer;
import ornstein.run.Interruption;
import ornstein.run.Json;

/// A unit of work: its result is the files of one folder, a function of [#spec] alone.
public interface Unit {

    /// A readable name, `[a-z0-9.-]+`, such as `wide-0.008-1-3`.
    String name();

    /// Everything that decides the result, as a record that JSON can hold.
    Record spec();

    /// Expected CPU seconds: decides the order of work and the estimate of the time left.
    double cost();

    /// Does the work, or goes on with it from what an interrupted attempt left in the folder.
    ///
    /// @param done told the fraction done so far, from 0 to 1
    /// @param interruption asked now and then; when it is requested, the state is saved and its check called
    void run(Path folder, DoubleConsumer done, Interruption interruption);

    /// The name of its folder: two units of equal spec are one.
    default String key() {
        return name() + "-" + Json.hash(spec()).substring(0, 12);
    }
}
