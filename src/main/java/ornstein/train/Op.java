package ornstein.train;

import java.util.List;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// One operation of a network on the activations of R replicas at once: vectors are `[R, B, D]`, images `[B,
/// R C, H, W]` (so that a convolution in R groups keeps the replicas apart).
sealed interface Op {
    Tensor apply(Pass pass, Tensor a);

    /// All of `ops` in order.
    static Tensor all(List<Op> ops, Pass pass, Tensor a) {
        for (Op op : ops) {
            a = op.apply(pass, a);
        }
        return a;
    }

    /// Matrix of `[out, in]`.
    record Linear(
            Slot weight, @Nullable Slot bias, @Nullable Normalisation norm) implements Op {
        @Override
        public Tensor apply(Pass pass, Tensor a) {
            Tensor w = pass.get(weight);
            if (norm != null) {
                w = norm.weight(pass, w);
            }
            Tensor y = bias == null
                    ? a.bmm(w.transpose(1, 2))
                    : torch.baddbmm(pass.get(bias).unsqueeze(1), a, w.transpose(1, 2));
            if (norm == null || !norm.norm().ofOutput()) {
                return y;
            }
            long batch = y.size(1);
            Tensor rows = y.transpose(0, 1).reshape(batch, -1);
            return norm.output(pass, rows).reshape(batch, pass.replicas(), -1).transpose(0, 1);
        }
    }

    /// Kernel of `[out, in, k, k]`.
    record Conv(Slot weight, @Nullable Slot bias, @Nullable Normalisation norm, int stride, int padding) implements Op {
        @Override
        public Tensor apply(Pass pass, Tensor a) {
            Tensor w = pass.get(weight);
            if (norm != null) {
                w = norm.weight(pass, w);
            }
            List<Long> shape = weight.shape();
            long r = pass.replicas();
            Tensor y = torch.conv2d(
                    a,
                    w.reshape(r * shape.get(0), shape.get(1), shape.get(2), shape.get(3)),
                    bias == null
                            ? new TensorOptional()
                            : new TensorOptional(pass.get(bias).reshape(-1)),
                    new long[] {stride, stride},
                    new long[] {padding, padding},
                    new long[] {1, 1},
                    r);
            return norm == null ? y : norm.output(pass, y);
        }
    }

    record Residual(List<Op> body, List<Op> shortcut) implements Op {
        @Override
        public Tensor apply(Pass pass, Tensor a) {
            return all(body, pass, a).add(all(shortcut, pass, a));
        }
    }

    record Activate(Layer.Activation kind) implements Op {
        @Override
        public Tensor apply(Pass pass, Tensor a) {
            return switch (kind) {
                case RELU -> a.relu();
                case TANH -> a.tanh();
                case GELU -> torch.gelu(a);
            };
        }
    }

    record Pool(Layer.Pool pool) implements Op {
        @Override
        public Tensor apply(Pass pass, Tensor a) {
            long[] size = {pool.size(), pool.size()};
            long[] stride = {pool.stride(), pool.stride()};
            long[] padding = {0, 0};
            return pool.max()
                    ? torch.max_pool2d(a, size, stride, padding, new long[] {1, 1}, false)
                    : torch.avg_pool2d(a, size, stride, padding, false, true, new LongOptional());
        }
    }

    record GlobalMean(long channels) implements Op {
        @Override
        public Tensor apply(Pass pass, Tensor a) {
            Tensor mean = Torch.mean(a, 2, 3);
            return mean.reshape(a.size(0), pass.replicas(), channels).transpose(0, 1);
        }
    }

    record Flatten(List<Integer> shape) implements Op {
        @Override
        public Tensor apply(Pass pass, Tensor a) {
            long r = pass.replicas();
            long width = shape.stream().mapToLong(d -> d).reduce(1, Math::multiplyExact);
            return a.reshape(a.size(0), r, width).transpose(0, 1);
        }
    }
}
