package ornstein.train;

import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// The gradient of the loss by hand, for networks of linear layers (plain, weight-normalised or fixed) with
/// relu or tanh. On a tiny network automatic differentiation costs 1.6 times as much. Tests hold it to that.
final class DenseGradient {
    private final Net net;
    private final List<Op> ops;

    private DenseGradient(Net net) {
        this.net = net;
        ops = net.layout().ops();
    }

    /// Null for a network of another kind.
    static @Nullable DenseGradient of(Net net) {
        List<Op> ops = net.layout().ops();
        boolean fits = net.spec().input().size() == 1 && ops.stream().allMatch(DenseGradient::knows);
        return fits && ops.getLast() instanceof Op.Linear ? new DenseGradient(net) : null;
    }

    private static boolean knows(Op op) {
        return switch (op) {
            case Op.Activate(Layer.Activation kind) -> kind != Layer.Activation.GELU;
            case Op.Linear(Slot _, Slot _, Normalisation norm) ->
                norm == null || !norm.norm().ofOutput() && norm.gain() == null;
            default -> false;
        };
    }

    /// What the backward pass needs of one linear layer.
    ///
    /// @param input `[R, B, in]`
    /// @param weight `[R, out, in]`, not normalised
    /// @param product the input times the normalised weight `[R, B, out]`; where a relu follows, its output will do
    /// @param inverse with a weight norm 1/|row| `[R, 1, out]`
    private record Saved(
            Tensor input,
            Tensor weight,
            Tensor product,
            @Nullable Tensor inverse) {}

    /// @param weights of the examples' losses `[R, B]`; null for ones
    Tensor gradient(Tensor theta, Tensor x, Tensor y, @Nullable Tensor weights) {
        try (NoGradGuard _ = Torch.noGradients()) {
            Pass pass = new Pass(net, theta, null, null);
            @Nullable Saved[] saved = new @Nullable Saved[ops.size()];
            Tensor[] outputs = new Tensor[ops.size()];
            Tensor a = x;
            for (int i = 0; i < ops.size(); i++) {
                a = forward(pass, i, a, saved);
                outputs[i] = a;
            }
            return assemble(backward(pass, logitsGradient(a, y, weights), saved, outputs));
        }
    }

    private Tensor forward(Pass pass, int i, Tensor a, @Nullable Saved[] saved) {
        return switch (ops.get(i)) {
            case Op.Linear(Slot slot, Slot bias, Normalisation norm) -> {
                Tensor w = pass.get(slot);
                Tensor product =
                        slot.from() < 0 ? shared(a, net.buffer(slot).squeeze(0).t()) : Products.of(a, false, w, true);
                Tensor inverse = norm == null ? null : norm.inverseLengths(w).unsqueeze(1);
                if (inverse != null) {
                    product.mul_(inverse);
                }
                saved[i] = new Saved(a, w, product, inverse);
                yield bias == null ? product : product.add(pass.get(bias).unsqueeze(1));
            }
            case Op.Activate(Layer.Activation kind) when i > 0 -> kind == Layer.Activation.RELU ? a.relu_() : a.tanh();
            case Op op -> op.apply(pass, a);
        };
    }

    private Tensor[] backward(Pass pass, Tensor top, @Nullable Saved[] saved, Tensor[] outputs) {
        Tensor[] gradients = new Tensor[net.layout().slots().size()];
        Tensor d = top;
        for (int i = ops.size() - 1; i >= 0; i--) {
            switch (ops.get(i)) {
                case Op.Linear(Slot slot, Slot bias, Normalisation _) -> {
                    Saved s = java.util.Objects.requireNonNull(saved[i]);
                    if (bias != null) {
                        gradients[pass.index(bias)] = Torch.sum(d, 1, false);
                    }
                    if (slot.from() >= 0) {
                        gradients[pass.index(slot)] = weightGradient(d, s);
                    }
                    if (i > 0) {
                        d = slot.from() < 0
                                ? shared(d, net.buffer(slot).squeeze(0))
                                : Products.of(d, false, s.weight, false);
                    }
                }
                case Op.Activate(Layer.Activation kind) ->
                    d = kind == Layer.Activation.RELU
                            ? torch.threshold_backward(d, outputs[i], new Scalar(0.0))
                            : torch.tanh_backward(d, outputs[i]);
                default -> throw new IllegalStateException("no gradient of " + ops.get(i));
            }
        }
        return gradients;
    }

    /// `[R, B, m]` times a matrix `[m, n]` that all replicas share: one product.
    private static Tensor shared(Tensor a, Tensor matrix) {
        return a.reshape(-1, a.size(2)).matmul(matrix).reshape(a.size(0), a.size(1), -1);
    }

    /// The loss's derivatives in the logits / B times the weights.
    private Tensor logitsGradient(Tensor logits, Tensor y, @Nullable Tensor weights) {
        long r = logits.size(0);
        long batch = logits.size(1);
        Tensor p = net.spec().loss().slope(logits, y).div_(new Scalar((double) batch));
        if (weights != null) {
            p.mul_(weights.reshape(1, r * batch));
        }
        return p.t().reshape(r, batch, logits.size(2));
    }

    /// dL/dW = d^T a. Through a weight norm u = v/|v| it is (dU - u (u . dU)) / |v|, where u . dU is the sum
    /// of d times the product over the batch; d is then multiplied by 1/|v|, for the layers below too.
    private static Tensor weightGradient(Tensor d, Saved s) {
        if (s.inverse == null) {
            return Products.of(d, true, s.input, false);
        }
        Tensor dot = Torch.sum(d.mul(s.product), 1, true);
        Tensor radial = s.inverse.square().mul_(dot).neg_().transpose(1, 2);
        return Products.add(s.weight.mul(radial), d.mul_(s.inverse), true, s.input, false);
    }

    private static Tensor assemble(Tensor[] gradients) {
        return Net.join(Stream.of(gradients).map(g -> g.reshape(g.size(0), -1)).toList(), 1);
    }
}
