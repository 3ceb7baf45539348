package ornstein.train;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
import ornstein.random.Normals;
import ornstein.random.Streams;
import ornstein.train.data.Examples;

/// The gradient of the mean loss over all training examples, taken in chunks whose size depends on the network and the
/// number of replicas alone. With batch norm all examples are one batch.
final class FullGradient {
    private final Net net;
    private final Examples examples;
    private final int chunk;

    FullGradient(Net net, Examples examples, int replicas) {
        this.net = net;
        this.examples = examples;
        int count = examples.count();
        chunk = net.hasBatchNorm()
                ? count
                : Math.clamp(Evaluation.NUMBERS / (net.layout().widest() * replicas), 1, count);
    }

    /// The gradient `[R, P]` at theta `[R, P]`.
    Tensor at(Tensor theta) {
        return weighted(theta, null);
    }

    /// The gradient plus a normal vector for each replica, of the covariance of the gradient of a batch drawn with
    /// replacement: example i has the weight 1 + sqrt(N/B) (z_i - mean of z) with normals z.
    ///
    /// @param firstReplica number of the first row of theta
    Tensor noisy(Tensor theta, int batch, long seed, long firstReplica, long step) {
        int count = examples.count();
        int replicas = Math.toIntExact(theta.size(0));
        double[] weights = new double[replicas * count];
        double[] z = new double[count];
        double scale = Math.sqrt((double) count / batch);
        for (int r = 0; r < replicas; r++) {
            Normals.fill(seed, firstReplica + r, step * count, Streams.NOISE, z);
            double mean = 0;
            for (double x : z) {
                mean += x / count;
            }
            for (int i = 0; i < count; i++) {
                weights[r * count + i] = 1 + scale * (z[i] - mean);
            }
        }
        return weighted(theta, Torch.of(net.precision(), weights, replicas, count));
    }

    private Tensor weighted(Tensor theta, @Nullable Tensor weights) {
        Tensor sum = torch.zeros_like(theta);
        for (int from = 0; from < examples.count(); from += chunk) {
            int n = Math.min(chunk, examples.count() - from);
            try (PointerScope _ = new PointerScope()) {
                Tensor x = DataTensors.chunk(net, theta.size(0), examples, from, n);
                Tensor y = DataTensors.labels(examples, from, n).unsqueeze(0).expand(theta.size(0), n);
                Tensor g = net.gradient(theta, x, y, weights == null ? null : weights.narrow(1, from, n));
                sum.add_(g, new Scalar((double) n / examples.count()));
            }
        }
        return sum;
    }
}
