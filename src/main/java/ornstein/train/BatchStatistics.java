package ornstein.train;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/// Mean and (biased) variance `[R C]` of every batch norm's input over one fixed batch. Batch norms have no running
/// averages here: those would be memory of the path. Closing frees them.
public final class BatchStatistics implements AutoCloseable {
    private final List<Tensor> means = new ArrayList<>();
    private final List<Tensor> variances = new ArrayList<>();

    BatchStatistics() {}

    /// Takes down the statistics of the next batch norm.
    void add(Tensor y) {
        Tensor flat = y.transpose(0, 1).reshape(y.size(1), -1);
        keep(means, Torch.mean(flat, 1));
        keep(variances, flat.var(new long[] {1}, false, false));
    }

    Tensor mean(int number) {
        return means.get(number);
    }

    Tensor variance(int number) {
        return variances.get(number);
    }

    private static void keep(List<Tensor> list, Tensor t) {
        t.retainReference();
        list.add(t);
    }

    @Override
    public void close() {
        means.forEach(Tensor::releaseReference);
        variances.forEach(Tensor::releaseReference);
    }
}
