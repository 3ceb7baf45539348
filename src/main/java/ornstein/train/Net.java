package ornstein.train;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
import ornstein.random.Normals;
import ornstein.random.Streams;

/// A network as a function of one flat parameter tensor theta `[R, P]`, R being a number of replicas. Immutable, and
/// safe to share between threads (each of which has called [Torch#oneThread]).
///
/// Theta may also be one row expanded to R rows: then the replicas are minibatches (or single examples) of
/// one network.
public final class Net {
    private final NetworkSpec spec;
    private final Precision precision;
    private final Layout layout;
    private final Map<Slot, Tensor> buffers = new HashMap<>();
    private final @Nullable DenseGradient dense;

    private Net(NetworkSpec spec, Precision precision, long seed) {
        Torch.oneThread();
        this.spec = spec;
        this.precision = precision;
        layout = new Layout(spec);
        for (int i = 0; i < layout.fixed().size(); i++) {
            Slot slot = layout.fixed().get(i);
            double[] values = new double[Math.toIntExact(slot.size())];
            Normals.fill(seed, FIXED_PATH + i, 0, Streams.START, values);
            scale(values, 0, values.length, Math.sqrt(1.0 / slot.fanIn()));
            buffers.put(slot, Torch.of(precision, values, slot.withReplicas(1)));
        }
        dense = DenseGradient.of(this);
    }

    /// First of the paths (of the stream of starts) that fixed layers are drawn from.
    private static final long FIXED_PATH = 1L << 62;

    /// @param seed draws the fixed layers
    public static Net of(NetworkSpec spec, Precision precision, long seed) {
        return new Net(spec, precision, seed);
    }

    public NetworkSpec spec() {
        return spec;
    }

    public Precision precision() {
        return precision;
    }

    /// P, the number of trained parameters of one replica.
    public long size() {
        return layout.size();
    }

    /// The scale-invariant groups, in the order of theta.
    public List<Group> groups() {
        return List.copyOf(layout.groups());
    }

    /// Whether an example's logits depend on the other examples of its batch.
    public boolean hasBatchNorm() {
        return layout.hasBatchNorm();
    }

    Layout layout() {
        return layout;
    }

    Tensor buffer(Slot slot) {
        Tensor buffer = buffers.get(slot);
        if (buffer == null) {
            throw new IllegalStateException("no fixed layer " + slot.name());
        }
        return buffer;
    }

    /// @param theta `[R, P]`
    /// @param x `[R, B, ...]`: every replica's own batch; batch norms use the statistics of that batch
    /// @return logits `[R, B, K]`
    public Tensor logits(Tensor theta, Tensor x) {
        return forward(new Pass(this, theta, null, null), x);
    }

    /// As [#logits(Tensor, Tensor)], but batch norms use given statistics; without batch norms they change nothing.
    public Tensor logits(Tensor theta, Tensor x, BatchStatistics statistics) {
        return forward(new Pass(this, theta, statistics, null), x);
    }

    /// The statistics that batch norms see when the whole of `x` `[R, B, ...]` is one batch; to be closed.
    public BatchStatistics statistics(Tensor theta, Tensor x) {
        BatchStatistics statistics = new BatchStatistics();
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = Torch.noGradients()) {
            forward(new Pass(this, theta, null, statistics), x);
        }
        return statistics;
    }

    private Tensor forward(Pass pass, Tensor x) {
        Tensor a = x;
        if (spec.input().size() == 3) {
            a = x.transpose(0, 1).reshape(x.size(1), x.size(0) * x.size(2), x.size(3), x.size(4));
        }
        return Op.all(layout.ops(), pass, a);
    }

    /// Mean loss of each replica `[R]`.
    ///
    /// @param y labels `[R, B]`, 64-bit integers
    public Tensor loss(Tensor theta, Tensor x, Tensor y) {
        return Torch.mean(spec.loss().each(logits(theta, x), y).reshape(y.size(0), y.size(1)), 1);
    }

    /// Gradient `[R, P]` of the loss of each replica in its own parameters; not differentiable again (for that, use
    /// [Torch#gradient] on [#loss]).
    public Tensor gradient(Tensor theta, Tensor x, Tensor y) {
        return gradient(theta, x, y, null);
    }

    /// As [#gradient(Tensor, Tensor, Tensor)], of the mean of the examples' losses times their weights.
    ///
    /// @param weights `[R, B]`; null for ones
    Tensor gradient(Tensor theta, Tensor x, Tensor y, @Nullable Tensor weights) {
        return dense != null ? dense.gradient(theta, x, y, weights) : autograd(theta, x, y, weights);
    }

    /// As [#gradient], always by automatic differentiation.
    Tensor autograd(Tensor theta, Tensor x, Tensor y, @Nullable Tensor weights) {
        try (AutoGradMode _ = new AutoGradMode(true)) {
            Tensor leaf = theta.detach().requires_grad_(true);
            Tensor each = spec.loss().each(logits(leaf, x), y);
            Tensor sum = (weights == null ? each : each.mul(weights.reshape(-1))).sum();
            return Torch.gradient(sum.div(new Scalar((double) y.size(1))), leaf, false);
        }
    }

    /// |.|^2 of each scale-invariant group `[R, G]` of a tensor shaped like theta.
    public Tensor groupSquares(Tensor t) {
        return groupProducts(t, t);
    }

    /// The inner products of each scale-invariant group `[R, G]` of two tensors shaped like theta.
    public Tensor groupProducts(Tensor s, Tensor t) {
        return join(
                layout.blocks().stream()
                        .map(block -> rowSums(rows(s, block).mul(rows(t, block))))
                        .toList(),
                1);
    }

    /// Sums over the last axis of `[R, m, n]`, as products with ones: for short rows faster than a reduction.
    private static Tensor rowSums(Tensor t) {
        return t.reshape(-1, t.size(2))
                .mv(torch.ones(new long[] {t.size(2)}, t.options()))
                .reshape(t.size(0), t.size(1));
    }

    /// |.|^2 of the vector of all scale-invariant parameters `[R]` of a tensor shaped like theta; the network must have
    /// some ([#groups]).
    public Tensor invariantSquare(Tensor t) {
        return invariantProduct(t, t);
    }

    /// The inner product over all scale-invariant parameters `[R]` of two tensors shaped like theta.
    Tensor invariantProduct(Tensor s, Tensor t) {
        return layout.spans().stream()
                .map(span -> Torch.sum(
                        s.narrow(1, span.from(), span.size()).mul(t.narrow(1, span.from(), span.size())), 1, false))
                .reduce(Tensor::add)
                .orElseThrow(() -> new IllegalStateException(spec.name() + " has no scale-invariant parameters"));
    }

    /// A block's part of `t` as `[R, groups, size]`.
    static Tensor rows(Tensor t, Layout.Block block) {
        return t.narrow(1, block.from(), block.groups() * block.size())
                .reshape(t.size(0), block.groups(), block.size());
    }

    /// Tensors one after another along an axis.
    static Tensor join(List<Tensor> parts, long axis) {
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        TensorVector all = new TensorVector();
        parts.forEach(all::push_back);
        return torch.cat(all, axis);
    }

    static void scale(double[] values, int from, int to, double factor) {
        for (int i = from; i < to; i++) {
            values[i] *= factor;
        }
    }
}
