package ornstein.train.probe;

import java.util.List;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import ornstein.train.Group;
import ornstein.train.Net;
import ornstein.train.data.Examples;

/// Networks small enough for closed forms, written out in full.
final class TinyNets {
    private TinyNets() {}

    /// Per-example loss w x: the gradient of example i is its input.
    static final class Slopes extends Plain {
        Slopes() {
            super(1, List.of(new Group("w", 0, 1)));
        }

        @Override
        public Tensor logits(Tensor theta, Tensor x) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Tensor loss(Tensor theta, Tensor x, Tensor y) {
            return x.squeeze(2).mul(theta).mean(new long[] {1}, false, new ScalarTypeOptional());
        }
    }

    /// Softmax regression: logits W x with W of `classes` rows; the rows are called groups.
    static Net softmax(int width, int classes) {
        List<Group> rows = java.util.stream.IntStream.range(0, classes)
                .mapToObj(k -> new Group("row/" + k, (long) k * width, (long) (k + 1) * width))
                .toList();
        return new Plain((long) width * classes, rows) {
            @Override
            public Tensor logits(Tensor theta, Tensor x) {
                Tensor w = theta.reshape(theta.size(0), classes, width);
                return x.matmul(w.transpose(1, 2));
            }
        };
    }

    /// tanh MLP whose first layer has rows divided by their lengths, so they are scale-invariant; the second is plain.
    static Net mlp(int width, int hidden, int classes) {
        List<Group> rows = java.util.stream.IntStream.range(0, hidden)
                .mapToObj(k -> new Group("0/" + k, (long) k * width, (long) (k + 1) * width))
                .toList();
        return new Plain((long) width * hidden + (long) hidden * classes, rows) {
            @Override
            public Tensor logits(Tensor theta, Tensor x) {
                long r = theta.size(0);
                Tensor v = theta.narrow(1, 0, (long) width * hidden).reshape(r, hidden, width);
                Tensor w1 = v.div(v.norm(new org.bytedeco.pytorch.ScalarOptional(new Scalar(2)), new long[] {2}, true));
                Tensor w2 = theta.narrow(1, (long) width * hidden, (long) hidden * classes)
                        .reshape(r, classes, hidden);
                return x.matmul(w1.transpose(1, 2)).tanh().matmul(w2.transpose(1, 2));
            }
        };
    }

    /// `n` examples with standard normal inputs and random labels.
    static Examples examples(int n, int width, int classes) {
        float[] inputs = new float[n * width];
        byte[] labels = new byte[n];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = (float) ornstein.random.Normals.at(5, 0, i, 0);
        }
        for (int i = 0; i < n; i++) {
            labels[i] = (byte) (classes * ornstein.random.Uniforms.at(6, 0, i, 0));
        }
        return new Examples(inputs, labels);
    }

    static double[] point(int size, long seed) {
        double[] theta = new double[size];
        ornstein.random.Normals.fill(seed, 0, 0, 0, theta);
        return theta;
    }

    /// What every network here shares.
    private abstract static class Plain extends Net {
        private final long size;
        private final List<Group> groups;

        Plain(long size, List<Group> groups) {
            this.size = size;
            this.groups = groups;
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public List<Group> groups() {
            return groups;
        }

        @Override
        public Tensor loss(Tensor theta, Tensor x, Tensor y) {
            return logits(theta, x)
                    .log_softmax(2)
                    .gather(2, y.unsqueeze(2))
                    .squeeze(2)
                    .mean(new long[] {1}, false, new ScalarTypeOptional())
                    .neg();
        }

        @Override
        public Tensor gradient(Tensor theta, Tensor x, Tensor y) {
            Tensor t = theta.detach().requires_grad_(true);
            return torch.grad(
                            new TensorVector(loss(t, x, y).sum()),
                            new TensorVector(t),
                            new TensorVector(),
                            new BoolOptional(false),
                            false,
                            false)
                    .get(0);
        }
    }
}
