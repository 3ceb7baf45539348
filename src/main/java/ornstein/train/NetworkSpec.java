package ornstein.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import ornstein.model.Catalog;

/// A network, from YAML (`kind: network`).
///
/// @param name as in models/
/// @param input shape of one input: `[width]` or `[channels, height, width]`
/// @param classes number of classes = outputs
/// @param loss of an example
/// @param layers in order
public record NetworkSpec(String name, List<Integer> input, int classes, Loss loss, List<Layer> layers) {
    public NetworkSpec {
        input = List.copyOf(input);
        layers = List.copyOf(layers);
    }

    /// With the cross-entropy.
    public NetworkSpec(String name, List<Integer> input, int classes, List<Layer> layers) {
        this(name, input, classes, Loss.CROSS_ENTROPY, layers);
    }

    /// Reads `model`: a file, or the name of one in models/.
    public static NetworkSpec read(Path model) {
        return NetworkReader.read(
                Catalog.installed().find(model.toString(), Optional.empty()).spec());
    }

    /// P, the number of trained parameters.
    public long parameters() {
        return new Layout(this).size();
    }

    /// Default number of replicas that train side by side: many for tiny networks, whose steps are mostly
    /// overhead, one for convolutions, which only lose by it.
    public int groupSize() {
        Layout layout = new Layout(this);
        if (layout.hasConvolution()) {
            return 1;
        }
        return layout.size() <= 10_000 ? 64 : layout.size() <= 40_000 ? 16 : 4;
    }

    /// Roughly the CPU seconds of one step of one replica that computes the gradients of so many examples, to plan
    /// by: a fixed part, and three passes at 50 billion operations a second.
    public double seconds(double examples) {
        return 1.5e-5 + 6.0 * examples * new Layout(this).work() / 5e10;
    }

    /// Refuses layers that do not fit each other.
    void check() {
        if (new Layout(this).size() < 1) {
            throw new IllegalArgumentException("layers hold nothing to train");
        }
    }
}
