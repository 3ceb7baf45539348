package ornstein.train.probe;

import java.util.List;
import java.util.function.BiConsumer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import ornstein.train.Net;
import ornstein.train.Precision;
import ornstein.train.data.Examples;

/// The mean cross-entropy of a network over fixed examples, without weight decay, as a function of theta.
///
/// The examples are taken in chunks. Chunks change results by rounding only, except with batch norm, whose batches they
/// are: the loss is then the mean over these batches. Not for two threads at once.
public final class LossSurface implements AutoCloseable {
    private final Net net;
    private final ScalarType type;
    private final Tensor inputs;
    private final Tensor labels;
    private final int count;
    private final int chunk;

    /// @param precision of the network
    /// @param shape of one input
    /// @param chunk examples that go through the network at once
    public LossSurface(Net net, Precision precision, Examples examples, List<Integer> shape, int chunk) {
        if (chunk < 1) {
            throw new IllegalArgumentException("a chunk has at least one example, not " + chunk);
        }
        this.net = net;
        this.type = precision == Precision.F32 ? ScalarType.Float : ScalarType.Double;
        this.count = examples.count();
        this.chunk = Math.min(chunk, count);
        long[] sizes = new long[shape.size() + 1];
        sizes[0] = count;
        for (int i = 0; i < shape.size(); i++) {
            sizes[i + 1] = shape.get(i);
        }
        long[] wide = new long[count];
        for (int i = 0; i < count; i++) {
            wide[i] = examples.labels()[i];
        }
        try (PointerScope _ = new PointerScope()) {
            inputs = torch.from_blob(new FloatPointer(examples.inputs()), sizes, new TensorOptions(ScalarType.Float))
                    .to(type)
                    .clone();
            labels = torch.from_blob(new LongPointer(wide), new long[] {count}, new TensorOptions(ScalarType.Long))
                    .clone();
            inputs.retainReference();
            labels.retainReference();
        }
    }

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
                    host(gradient(net.loss(t, x, y).sum(), t, false)));
        });
        return sum;
    }

    /// The Hessian at theta times v, by differentiating the gradient's inner product with v.
    public double[] hessianTimes(double[] theta, double[] v) {
        double[] sum = new double[theta.length];
        chunks((x, y) -> {
            Tensor t = point(theta).requires_grad_(true);
            Tensor g = gradient(net.loss(t, x, y).sum(), t, true);
            Tensor product = g.mul(point(v)).sum();
            Vectors.add(sum, (double) y.size(1) / count, host(gradient(product, t, false)));
        });
        return sum;
    }

    /// The `k` largest eigenvalues of the Hessian at theta; weight decay lambda adds lambda to each.
    ///
    /// @param tolerance on the residuals, relative to the largest eigenvalue
    /// @param products Hessian-vector products at most
    public Eigenpairs topOfHessian(double[] theta, int k, double tolerance, int products, long seed) {
        return new Lanczos(size(), v -> hessianTimes(theta, v), seed).top(k, tolerance, products);
    }

    /// Gradients of single examples, `[n, P]`, at theta: every example is the batch of a replica of its own.
    Tensor perExample(double[] theta, int[] indices) {
        Tensor which = torch.tensor(longs(indices));
        Tensor t = point(theta).expand(indices.length, theta.length).requires_grad_(true);
        Tensor x = inputs.index_select(0, which).unsqueeze(1);
        Tensor y = labels.index_select(0, which).unsqueeze(1);
        return gradient(net.loss(t, x, y).sum(), t, false);
    }

    /// The gradient of one batch, `[P]`.
    double[] batchGradient(double[] theta, int[] indices) {
        try (PointerScope _ = new PointerScope()) {
            Tensor which = torch.tensor(longs(indices));
            Tensor t = point(theta).requires_grad_(true);
            Tensor x = inputs.index_select(0, which).unsqueeze(0);
            Tensor y = labels.index_select(0, which).unsqueeze(0);
            return host(gradient(net.loss(t, x, y).sum(), t, false));
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

    private static Tensor gradient(Tensor scalar, Tensor wrt, boolean again) {
        return torch.grad(
                        new TensorVector(scalar),
                        new TensorVector(wrt),
                        new TensorVector(),
                        new BoolOptional(again),
                        again,
                        false)
                .get(0);
    }

    /// A vector as `[1, P]` in the network's precision.
    private Tensor point(double[] x) {
        return torch.from_blob(new DoublePointer(x), new long[] {1, x.length}, new TensorOptions(ScalarType.Double))
                .to(type)
                .clone();
    }

    /// Vectors of length `size` as the columns of a 64-bit matrix.
    static Tensor columns(double[][] vectors, int size) {
        double[] flat = new double[vectors.length * size];
        for (int k = 0; k < vectors.length; k++) {
            System.arraycopy(vectors[k], 0, flat, k * size, size);
        }
        return torch.from_blob(
                        new DoublePointer(flat),
                        new long[] {vectors.length, size},
                        new TensorOptions(ScalarType.Double))
                .t()
                .clone();
    }

    static double[] host(Tensor t) {
        Tensor flat = t.detach().to(ScalarType.Double).contiguous();
        double[] out = new double[Math.toIntExact(flat.numel())];
        if (out.length > 0) {
            flat.data_ptr_double().get(out);
        }
        return out;
    }

    private static long[] longs(int[] x) {
        long[] out = new long[x.length];
        for (int i = 0; i < x.length; i++) {
            out[i] = x[i];
        }
        return out;
    }
}
