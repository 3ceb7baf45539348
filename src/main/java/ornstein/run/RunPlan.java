package ornstein.run;

import java.util.List;
import java.util.Map;

/// What a run is. Two runs with the same command, name, spec, seed and data have the same results, and the same hash.
///
/// @param command `simulate`, `train`, `validate`, `sweep`, ...
/// @param name stem of the folder's name: letters, digits, `.`, `_` and `-`
/// @param spec the effective spec, every default written out: a record or a map, to be written as JSON
/// @param seed key of all randomness
/// @param data count and SHA-256 of each data file by its name; empty without data
/// @param device what it runs on beyond processor and JVM, such as the backend; not part of the hash
/// @param commandLine the exact command; not part of the hash
public record RunPlan(
        String command,
        String name,
        Object spec,
        long seed,
        Map<String, String> data,
        Map<String, String> device,
        List<String> commandLine) {
    public RunPlan {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
            throw new IllegalArgumentException(
                    "name of a run: letters, digits, '.', '_' and '-', not \"" + name + "\"");
        }
        data = Map.copyOf(data);
        device = Map.copyOf(device);
        commandLine = List.copyOf(commandLine);
    }

    /// A plan without data on the processor.
    public RunPlan(String command, String name, Object spec, long seed, List<String> commandLine) {
        this(command, name, spec, seed, Map.of(), Map.of(), commandLine);
    }

    /// SHA-256 of command, name, spec, seed and data.
    public String hash() {
        return Json.hash(Map.of("command", command, "name", name, "spec", Json.tree(spec), "seed", seed, "data", data));
    }
}
