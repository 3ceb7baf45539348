package ornstein.train.probe;

import java.util.Arrays;
import java.util.function.BiConsumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import ornstein.train.Net;
import ornstein.train.Precision;
import ornstein.train.Torch;
import ornstein.train.data.Examples;

/// The mean loss of a network over fixed examples, without weight decay, as a function of theta.
///
/// The examples are taken in chunks. Chunks change results by rounding only, except with batch norm, whose
/// batches they are: the loss is then the mean over these batches. Not for two threads at once.
public final class LossSurface implements AutoCloseable {
    private final Net net;
    private final Tensor inputs;
    private final Tensor labels;
    private final int count;
    private final int chunk;

    /// @param chunk examples that go through the network at once
    public LossSurface(Net net, Examples examples, int chunk) {
        if (chunk < 1) {
            throw new IllegalArgumentException("a chunk has at least one example, not " + chunk);
        }
        this.net = net;
        this.count = examples.count();
        this.chunk = Math.min(chunk, count);
        long[] shape = new long[net.spec().input().size() + 1];
        shape[0] = count;
        Arrays.setAll(shape, i -> i == 0 ? count : net.spec().input().get(i - 1));
        long[] wide = new long[count];
        Arrays.setAll(wide, i -> examples.labels()[i]);
        Torch.oneThread();
        inputs = Torch.of(net.precision(), examples.inputs(), shape);
        labels = Torch.of(wide, count);
        inputs.retainReference();
        labels.retainReference();
    }

    /// Frees the examples' native memory.
    @Override
    public void close() {
        inputs.releaseReference();
        labels.releaseReference();
    }

    /// P, the number of parameters.
    public int size() {
        return Math.toIntExact(net.size());
    }

    /// N, the number of examples.
    public int count() {
        return count;
    }

    /// Whether examples of a batch depend on each other, so that there is no gradient of one example.
    public boolean hasBatchNorm() {
        return net.hasBatchNorm();
    }

    Net net() {
        return net;
    }

    /// The loss at theta.
    public double loss(double[] theta) {
        double[] sum = new double[1];
        chunks((x, y) -> {
            double weight = (double) y.size(1) / count;
            sum[0] += weight * net.loss(point(theta), x, y).item_double();
        });
        return sum[0];
    }

    /// The gradient at theta.
    public double[] gradient(double[] theta) {
        double[] sum = new double[theta.length];
        chunks((x, y) -> {
            Tensor t = point(theta).requires_grad_(true);
            Vectors.add(
                    sum,
                    (double) y.size(1) / count,
                    Torch.doubles(Torch.gradient(net.loss(t, x, y).sum(), t, false)));
        });
        return sum;
    }

    /// The Hessian at theta times v, by differentiating the gradient's inner product with v.
    public double[] hessianTimes(double[] theta, double[] v) {
        double[] sum = new double[theta.length];
        chunks((x, y) -> {
            Tensor t = point(theta).requires_grad_(true);
            Tensor g = Torch.gradient(net.loss(t, x, y).sum(), t, true);
            Tensor product = g.mul(point(v)).sum();
            Vectors.add(sum, (double) y.size(1) / count, Torch.doubles(Torch.gradient(product, t, false)));
        });
        return sum;
    }

    /// The `k` largest eigenvalues of the Hessian at theta; weight decay lambda adds lambda to each. In single
    /// precision, rounding adds about 1e-7 of the largest eigenvalue to the residuals, which they do not show.
    ///
    /// @param tolerance on the residuals, relative to the largest eigenvalue
    /// @param products Hessian-vector products at most
    public Eigenpairs topOfHessian(double[] theta, int k, double tolerance, int products, long seed) {
        return new Lanczos(size(), v -> hessianTimes(theta, v), seed).top(k, tolerance, products);
    }

    /// Gradients of single examples, `[n, P]`, at theta: every example is the batch of a replica of its own.
    Tensor perExample(double[] theta, int[] indices) {
        Tensor which = which(indices);
        Tensor t = point(theta).expand(indices.length, theta.length).requires_grad_(true);
        Tensor x = inputs.index_select(0, which).unsqueeze(1);
        Tensor y = labels.index_select(0, which).unsqueeze(1);
        return Torch.gradient(net.loss(t, x, y).sum(), t, false);
    }

    /// The gradient of one batch, `[P]`.
    double[] batchGradient(double[] theta, int[] indices) {
        try (PointerScope _ = new PointerScope()) {
            Tensor which = which(indices);
            Tensor t = point(theta).requires_grad_(true);
            Tensor x = inputs.index_select(0, which).unsqueeze(0);
            Tensor y = labels.index_select(0, which).unsqueeze(0);
            return Torch.doubles(Torch.gradient(net.loss(t, x, y).sum(), t, false));
        }
    }

    private void chunks(BiConsumer<Tensor, Tensor> use) {
        for (int from = 0; from < count; from += chunk) {
            try (PointerScope _ = new PointerScope()) {
                int n = Math.min(chunk, count - from);
                use.accept(
                        inputs.narrow(0, from, n).unsqueeze(0),
                        labels.narrow(0, from, n).unsqueeze(0));
            }
        }
    }

    /// A vector as `[1, P]` in the network's precision.
    private Tensor point(double[] x) {
        return Torch.of(net.precision(), x, 1, x.length);
    }

    private static Tensor which(int[] indices) {
        return Torch.of(Arrays.stream(indices).asLongStream().toArray(), indices.length);
    }

    /// Vectors of length `size` as the columns of a 64-bit matrix.
    static Tensor columns(double[][] vectors, int size) {
        double[] flat = new double[vectors.length * size];
        for (int k = 0; k < vectors.length; k++) {
            System.arraycopy(vectors[k], 0, flat, k * size, size);
        }
        return Torch.of(Precision.F64, flat, vectors.length, size).t();
    }
}
