package ornstein.train;

import static ornstein.spec.Require.require;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where everything lies: the operations of a network in order, the slots of theta they read, and the scale-invariant
/// groups. Made from the spec alone; refuses layers that do not fit each other.
final class Layout {
    private static final long LARGEST = 50_000_000;

    private final List<Slot> slots = new ArrayList<>();
    private final List<Slot> fixed = new ArrayList<>();
    private final List<Group> groups = new ArrayList<>();
    private final List<Block> blocks = new ArrayList<>();
    private final List<Op> ops;
    private long size;
    private int batchNorms;
    private long widest;
    private long work;

    /// `groups` neighbouring scale-invariant groups of `size` parameters each, from index `from` of theta.
    record Block(long from, long groups, long size) {}

    /// A list of operations and the shape of what comes out.
    private record Chain(List<Op> ops, List<Integer> shape) {}

    Layout(NetworkSpec spec) {
        Chain chain = chain(spec.layers(), spec.input(), "");
        if (!chain.shape.equals(List.of(spec.classes()))) {
            throw new IllegalArgumentException(
                    "layers end with shape " + chain.shape + ", not with " + spec.classes() + " classes");
        }
        if (size == 0) {
            throw new IllegalArgumentException("layers hold nothing to train");
        }
        if (size > LARGEST) {
            throw new IllegalArgumentException("layers hold " + size + " parameters; the limit is " + LARGEST);
        }
        ops = chain.ops;
    }

    List<Op> ops() {
        return ops;
    }

    List<Slot> slots() {
        return slots;
    }

    /// Weights of fixed layers, which are no part of theta.
    List<Slot> fixed() {
        return fixed;
    }

    List<Group> groups() {
        return groups;
    }

    List<Block> blocks() {
        return blocks;
    }

    /// The scale-invariant parts of theta, as few ranges as they make.
    List<Group> spans() {
        List<Group> spans = new ArrayList<>();
        for (Block block : blocks) {
            long to = block.from + block.groups * block.size;
            boolean joins = !spans.isEmpty() && spans.getLast().to() == block.from;
            long from = joins ? spans.removeLast().from() : block.from;
            spans.add(new Group("span", from, to));
        }
        return spans;
    }

    /// P.
    long size() {
        return size;
    }

    /// Entries of the widest activation of one example.
    long widest() {
        return widest;
    }

    /// Multiplications of one example's forward pass.
    long work() {
        return work;
    }

    boolean hasBatchNorm() {
        return batchNorms > 0;
    }

    /// Whether it convolves.
    boolean hasConvolution() {
        return ops.stream().anyMatch(op -> op instanceof Op.Conv || op instanceof Op.Residual);
    }

    private Chain chain(List<Layer> layers, List<Integer> input, String prefix) {
        List<Op> out = new ArrayList<>();
        List<Integer> shape = input;
        for (int i = 0; i < layers.size(); i++) {
            String name = prefix + i;
            try {
                Chain next = layer(layers.get(i), shape, name);
                out.addAll(next.ops);
                shape = next.shape;
            } catch (IllegalArgumentException e) {
                throw e.getMessage() != null && e.getMessage().startsWith("layers")
                        ? e
                        : new IllegalArgumentException(
                                "layers: number " + name + ", input " + shape + ": " + e.getMessage(), e);
            }
            widest = Math.max(widest, shape.stream().mapToLong(d -> d).reduce(1, Math::multiplyExact));
        }
        return new Chain(List.copyOf(out), shape);
    }

    private Chain layer(Layer layer, List<Integer> in, String name) {
        return switch (layer) {
            case Layer.Linear linear -> linear(linear, in, name);
            case Layer.Conv conv -> conv(conv, in, name);
            case Layer.Residual residual -> residual(residual, in, name);
            case Layer.Activation activation -> new Chain(List.of(new Op.Activate(activation)), in);
            case Layer.Pool pool -> {
                require(in.size() == 3, "pooling needs an image");
                require(
                        in.get(1) >= pool.size() && in.get(2) >= pool.size(),
                        "the pooling window is larger than the image");
                yield new Chain(
                        List.of(new Op.Pool(pool)),
                        List.of(
                                in.get(0),
                                (in.get(1) - pool.size()) / pool.stride() + 1,
                                (in.get(2) - pool.size()) / pool.stride() + 1));
            }
            case Layer.Shape shape -> {
                require(in.size() == 3, "this layer needs an image");
                boolean mean = shape == Layer.Shape.GLOBAL_MEAN;
                yield new Chain(
                        List.of(mean ? new Op.GlobalMean(in.get(0)) : new Op.Flatten(in)),
                        List.of(mean ? in.get(0) : in.get(0) * in.get(1) * in.get(2)));
            }
        };
    }

    private Chain linear(Layer.Linear layer, List<Integer> in, String name) {
        require(in.size() == 1, "a linear layer needs a vector: put flatten or global-pool before it");
        Norm norm = layer.norm();
        Slot weight = weight(name, layer.fixed(), norm, List.of((long) layer.out(), (long) in.getFirst()));
        Slot bias = layer.bias() ? slot(name + ".bias", layer.out(), Slot.Start.ZERO) : null;
        work += weight.size();
        return new Chain(
                List.of(new Op.Linear(weight, bias, normalisation(name, norm, layer.out()))), List.of(layer.out()));
    }

    private Chain conv(Layer.Conv layer, List<Integer> in, String name) {
        require(in.size() == 3, "a convolution needs an image");
        int height = (in.get(1) + 2 * layer.padding() - layer.kernel()) / layer.stride() + 1;
        int width = (in.get(2) + 2 * layer.padding() - layer.kernel()) / layer.stride() + 1;
        require(
                in.get(1) + 2 * layer.padding() >= layer.kernel() && in.get(2) + 2 * layer.padding() >= layer.kernel(),
                "the kernel is larger than the image");
        Norm norm = layer.norm();
        long kernel = layer.kernel();
        Slot weight =
                weight(name, layer.fixed(), norm, List.of((long) layer.out(), (long) in.getFirst(), kernel, kernel));
        Slot bias = layer.bias() ? slot(name + ".bias", layer.out(), Slot.Start.ZERO) : null;
        work += weight.size() * height * width;
        Op.Conv op = new Op.Conv(weight, bias, normalisation(name, norm, layer.out()), layer.stride(), layer.padding());
        return new Chain(List.of(op), List.of(layer.out(), height, width));
    }

    private Chain residual(Layer.Residual layer, List<Integer> in, String name) {
        Chain body = chain(layer.body(), in, name + ".");
        Chain shortcut = chain(layer.shortcut(), in, name + ".shortcut.");
        require(
                body.shape.equals(shortcut.shape),
                "the body gives " + body.shape + " but the shortcut " + shortcut.shape);
        return new Chain(List.of(new Op.Residual(body.ops, shortcut.ops)), body.shape);
    }

    private Slot weight(String name, boolean isFixed, Norm norm, List<Long> shape) {
        long out = shape.getFirst();
        long row = shape.stream().skip(1).reduce(1L, Math::multiplyExact);
        if (isFixed) {
            Slot slot = new Slot(name, -1, shape, Slot.Start.NORMAL, row);
            fixed.add(slot);
            return slot;
        }
        long count = switch (norm.kind()) {
            case NONE -> 0;
            case WEIGHT, BATCH -> out;
            case GROUP -> norm.groups();
            case LAYER -> 1;
        };
        require(count == 0 || out % count == 0, out + " channels do not divide into " + count + " groups");
        Slot slot = new Slot(name, size, shape, Slot.Start.NORMAL, row);
        if (count > 0) {
            long each = out / count * row;
            blocks.add(new Block(size, count, each));
            for (int i = 0; i < count; i++) {
                groups.add(new Group(name + "/" + i, size + i * each, size + (i + 1) * each));
            }
        }
        slots.add(slot);
        size = Math.addExact(size, slot.size());
        return slot;
    }

    private Slot slot(String name, long length, Slot.Start start) {
        Slot slot = new Slot(name, size, List.of(length), start, 1);
        slots.add(slot);
        size += length;
        return slot;
    }

    private @Nullable Normalisation normalisation(String name, Norm norm, int channels) {
        if (norm.kind() == Norm.Kind.NONE) {
            return null;
        }
        Slot gain = norm.affine() ? slot(name + ".gain", channels, Slot.Start.ONE) : null;
        Slot shift = norm.affine() && norm.ofOutput() ? slot(name + ".shift", channels, Slot.Start.ZERO) : null;
        int number = norm.kind() == Norm.Kind.BATCH ? batchNorms++ : -1;
        return new Normalisation(norm, channels, gain, shift, number);
    }
}
