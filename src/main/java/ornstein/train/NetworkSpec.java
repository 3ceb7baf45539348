package ornstein.train;

import java.nio.file.Path;
import java.util.List;

/// A network, from YAML (`kind: network`).
///
/// @param name as in models/
/// @param input shape of one input: `[width]` or `[channels, height, width]`
/// @param classes number of classes = outputs
/// @param layers in order
public record NetworkSpec(String name, List<Integer> input, int classes, List<Layer> layers) {
    public NetworkSpec {
        input = List.copyOf(input);
        layers = List.copyOf(layers);
    }

    /// Reads `model`: a file, or the name of one in models/.
    @SuppressWarnings("DoNotCallSuggester")
    public static NetworkSpec read(Path model) {
        throw new UnsupportedOperationException("network files: " + model);
    }

    /// Default number of replicas that train side by side.
    @SuppressWarnings("DoNotCallSuggester")
    public int groupSize() {
        throw new UnsupportedOperationException();
    }
}
