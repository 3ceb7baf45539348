package ornstein.train;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;
import ornstein.train.data.Examples;

/// What R replicas say of a set of examples.
public final class Evaluation {
    /// Examples whose activations are in memory at once are few enough for this many numbers.
    static final long NUMBERS = 4_000_000;
    /// Training examples over which batch norms' statistics are taken: the first ones.
    private static final int STATISTICS = 512;

    private final byte[][] predictions;
    private final double[][] logits;
    private final double[] loss;
    private final double[] accuracy;

    private Evaluation(int replicas, int examples, int classes, boolean keepLogits) {
        predictions = new byte[replicas][examples];
        logits = keepLogits ? new double[replicas][examples * classes] : new double[0][];
        loss = new double[replicas];
        accuracy = new double[replicas];
    }

    /// Evaluates theta `[R, P]` on `examples`; batch norms, if there are any, use their statistics over the first 512
    /// of `training`.
    public static Evaluation of(Net net, Tensor theta, Examples examples, Examples training, boolean keepLogits) {
        if (!net.hasBatchNorm()) {
            return of(net, theta, examples, (BatchStatistics) null, keepLogits);
        }
        int fixed = Math.min(training.count(), STATISTICS);
        try (PointerScope _ = new PointerScope();
                BatchStatistics statistics =
                        net.statistics(theta, DataTensors.chunk(net, theta.size(0), training, 0, fixed))) {
            return of(net, theta, examples, statistics, keepLogits);
        }
    }

    private static Evaluation of(
            Net net, Tensor theta, Examples examples, @Nullable BatchStatistics statistics, boolean keepLogits) {
        int replicas = Math.toIntExact(theta.size(0));
        int classes = net.spec().classes();
        Evaluation out = new Evaluation(replicas, examples.count(), classes, keepLogits);
        int size = Math.clamp(NUMBERS / (net.layout().widest() * replicas), 1, examples.count());
        for (int from = 0; from < examples.count(); from += size) {
            int n = Math.min(size, examples.count() - from);
            try (PointerScope _ = new PointerScope();
                    NoGradGuard _ = Torch.noGradients()) {
                Tensor x = DataTensors.chunk(net, replicas, examples, from, n);
                Tensor logits = statistics == null ? net.logits(theta, x) : net.logits(theta, x, statistics);
                out.take(Torch.doubles(logits), examples.labels(), from, n, net.spec());
            }
        }
        for (int r = 0; r < replicas; r++) {
            out.loss[r] /= examples.count();
            out.accuracy[r] /= examples.count();
        }
        return out;
    }

    private void take(double[] z, byte[] labels, int from, int n, NetworkSpec spec) {
        int classes = spec.classes();
        for (int r = 0; r < loss.length; r++) {
            for (int i = 0; i < n; i++) {
                int at = (r * n + i) * classes;
                int best = largest(z, at, classes);
                int label = labels[from + i];
                predictions[r][from + i] = (byte) best;
                accuracy[r] += best == label ? 1 : 0;
                loss[r] += best < 0 ? Double.NaN : spec.loss().of(z, at, classes, z[at + best], label);
                if (logits.length > 0) {
                    System.arraycopy(z, at, logits[r], (from + i) * classes, classes);
                }
            }
        }
    }

    /// The first of the largest; -1 if one is not a number.
    private static int largest(double[] z, int at, int classes) {
        int best = 0;
        for (int k = 0; k < classes; k++) {
            if (Double.isNaN(z[at + k])) {
                return -1;
            }
            if (z[at + k] > z[at + best]) {
                best = k;
            }
        }
        return best;
    }

    /// Predicted class of every example, the first of the largest logits; -1 where a logit is not a number. Shared.
    public byte[] predictions(int replica) {
        return predictions[replica];
    }

    /// Logits `[examples, K]`, row-major; only when kept. Shared.
    public double[] logits(int replica) {
        return logits[replica];
    }

    /// Mean loss.
    public double loss(int replica) {
        return loss[replica];
    }

    /// Share of examples predicted right.
    public double accuracy(int replica) {
        return accuracy[replica];
    }
}
