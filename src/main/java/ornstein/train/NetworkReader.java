package ornstein.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import ornstein.spec.Nearest;
import ornstein.spec.UserError;
import ornstein.spec.YamlNode;

/// Reads networks from YAML:
/// ```yaml
/// kind: network
/// name: cnn
/// about: One line.                # optional; so is cite: [arXiv:...]
/// input: [1, 28, 28]
/// classes: 10
/// loss: cross-entropy             # the default; or squares: |logits - unit vector of the label|^2 / 2
/// layers:
///   - {conv: 16, kernel: 3, stride: 1, padding: 1, norm: group, groups: 4, eps: 0, affine: false, bias: false}
///   - relu                        # or tanh, gelu
///   - {residual: [{conv: 16, norm: batch}, relu, {conv: 16, norm: batch}], shortcut: []}
///   - {max-pool: 2, stride: 2}    # or average-pool; the stride is the size unless given
///   - global-pool                 # the mean of every channel; or flatten
///   - {linear: 10, fixed: true}
/// ```
/// Defaults: kernel 3, stride 1, padding half the kernel, no norm, no bias, no affine, not fixed; `eps` 0 for a weight
/// norm and 1e-5 for the others. `norm` is `weight`, `batch`, `group` (with `groups`) or `layer`.
final class NetworkReader {
    private static final double OUTPUT_EPS = 1e-5;
    private static final List<String> WORDS = List.of("relu", "tanh", "gelu", "global-pool", "flatten");
    private static final List<String> KEYS = List.of("linear", "conv", "residual", "average-pool", "max-pool");

    private NetworkReader() {}

    static NetworkSpec read(YamlNode tree) {
        YamlNode.Mapping top = tree.asMapping();
        YamlNode kind = top.get("kind");
        if (!kind.asText().equals("network")) {
            throw kind.place().error("kind \"" + kind.asText() + "\" is not a network; only networks can be trained");
        }
        top.allow("kind", "name", "about", "cite", "input", "classes", "loss", "layers");
        String name = top.get("name").asText();
        if (!name.matches("[a-z0-9][a-z0-9-]{0,63}")) {
            throw top.get("name").place().error("a name is made of a-z, 0-9 and -, at most 64 of them");
        }
        List<Integer> input = new ArrayList<>();
        for (YamlNode side : top.get("input").asItems()) {
            input.add(integer(side, 1, 1 << 20));
        }
        if (input.size() != 1 && input.size() != 3) {
            throw top.get("input").place().error("an input has the shape [width] or [channels, height, width]");
        }
        int classes = integer(top.get("classes"), 2, 127);
        NetworkSpec spec = new NetworkSpec(name, input, classes, loss(top.find("loss")), layers(top.get("layers")));
        try {
            spec.check();
        } catch (IllegalArgumentException e) {
            throw new UserError(top.get("layers").place() + ": " + e.getMessage(), e);
        }
        return spec;
    }

    private static Loss loss(@Nullable YamlNode node) {
        return switch (node == null ? "cross-entropy" : node.asText()) {
            case "cross-entropy" -> Loss.CROSS_ENTROPY;
            case "squares" -> Loss.SQUARES;
            case String other ->
                throw Objects.requireNonNull(node)
                        .place()
                        .error("unknown loss \"" + other + "\""
                                + Nearest.hint(other, List.of("cross-entropy", "squares")));
        };
    }

    private static List<Layer> layers(YamlNode list) {
        List<Layer> layers = new ArrayList<>();
        for (YamlNode item : list.asItems()) {
            try {
                layers.add(item instanceof YamlNode.Mapping mapping ? layer(mapping) : word(item));
            } catch (IllegalArgumentException e) {
                throw new UserError(item.place() + ": " + e.getMessage(), e);
            }
        }
        return layers;
    }

    private static Layer word(YamlNode item) {
        return switch (item.asText()) {
            case "relu" -> Layer.Activation.RELU;
            case "tanh" -> Layer.Activation.TANH;
            case "gelu" -> Layer.Activation.GELU;
            case "global-pool" -> Layer.Shape.GLOBAL_MEAN;
            case "flatten" -> Layer.Shape.FLATTEN;
            case String other -> {
                String hint = Nearest.hint(other, KEYS.contains(other) ? KEYS : WORDS);
                throw item.place().error("unknown layer \"" + other + "\"" + hint);
            }
        };
    }

    private static Layer layer(YamlNode.Mapping map) {
        String key = map.keys().stream().filter(KEYS::contains).findFirst().orElse(null);
        if (key == null) {
            String first = map.keys().isEmpty() ? "" : map.keys().getFirst();
            throw map.place().error("unknown layer \"" + first + "\"" + Nearest.hint(first, KEYS));
        }
        return switch (key) {
            case "linear" -> {
                map.allow("linear", "norm", "groups", "eps", "affine", "bias", "fixed");
                yield new Layer.Linear(integer(map.get(key), 1, 1 << 20), norm(map), flag(map, "bias"), fixed(map));
            }
            case "conv" -> {
                map.allow("conv", "kernel", "stride", "padding", "norm", "groups", "eps", "affine", "bias", "fixed");
                int kernel = integer(map.find("kernel"), 1, 1024, 3);
                yield new Layer.Conv(
                        integer(map.get(key), 1, 1 << 20),
                        kernel,
                        integer(map.find("stride"), 1, 1024, 1),
                        integer(map.find("padding"), 0, 1024, kernel / 2),
                        norm(map),
                        flag(map, "bias"),
                        fixed(map));
            }
            case "residual" -> {
                map.allow("residual", "shortcut");
                YamlNode shortcut = map.find("shortcut");
                yield new Layer.Residual(layers(map.get(key)), shortcut == null ? List.of() : layers(shortcut));
            }
            default -> {
                map.allow(key, "stride");
                int size = integer(map.get(key), 1, 1024);
                yield new Layer.Pool(key.equals("max-pool"), size, integer(map.find("stride"), 1, 1024, size));
            }
        };
    }

    private static Norm norm(YamlNode.Mapping map) {
        YamlNode node = map.find("norm");
        if (node == null) {
            for (String key : List.of("groups", "eps", "affine")) {
                YamlNode stray = map.find(key);
                if (stray != null) {
                    throw stray.place().error(key + " needs a norm");
                }
            }
            return Norm.NONE;
        }
        Norm.Kind kind = switch (node.asText()) {
            case "weight" -> Norm.Kind.WEIGHT;
            case "batch" -> Norm.Kind.BATCH;
            case "group" -> Norm.Kind.GROUP;
            case "layer" -> Norm.Kind.LAYER;
            case String other ->
                throw node.place()
                        .error("unknown norm \"" + other + "\""
                                + Nearest.hint(other, List.of("weight", "batch", "group", "layer")));
        };
        if (kind == Norm.Kind.GROUP && map.find("groups") == null) {
            throw map.place().error("norm group needs groups, the number of channel groups");
        }
        YamlNode eps = map.find("eps");
        return new Norm(
                kind,
                integer(map.find("groups"), 1, 1 << 20, 1),
                eps != null ? eps.asDouble() : kind == Norm.Kind.WEIGHT ? 0 : OUTPUT_EPS,
                flag(map, "affine"));
    }

    private static boolean fixed(YamlNode.Mapping map) {
        boolean fixed = flag(map, "fixed");
        for (String key : List.of("norm", "bias")) {
            YamlNode other = map.find(key);
            if (fixed && other != null && !other.asText().equals("false")) {
                throw other.place().error("a fixed layer has neither norm nor bias");
            }
        }
        return fixed;
    }

    private static boolean flag(YamlNode.Mapping map, String key) {
        YamlNode node = map.find(key);
        return node != null && node.asBoolean();
    }

    private static int integer(@Nullable YamlNode node, int least, int most, int otherwise) {
        return node == null ? otherwise : integer(node, least, most);
    }

    private static int integer(YamlNode node, int least, int most) {
        long value = node.asLong();
        if (value < least || value > most) {
            throw node.place().error("expected a whole number in " + least + ".." + most + ", found " + value);
        }
        return (int) value;
    }
}
