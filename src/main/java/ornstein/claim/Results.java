package ornstein.claim;

import java.nio.file.Path;

/// Where the results of units are.
public interface Results {

    boolean has(Unit unit);

    /// The folder of a finished unit.
    Path folder(Unit unit);
}
