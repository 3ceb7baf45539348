package ornstein.train;

import java.lang.ref.Cleaner;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.bytedeco.pytorch.Tensor;
import ornstein.train.data.Examples;

/// Inputs as tensors `[count, width]`, one for each set of examples and precision, shared by all who train on it.
final class DataTensors {
    private static final Cleaner CLEANER = Cleaner.create();
    private static final Map<Examples, Map<Precision, Tensor>> TENSORS = new WeakHashMap<>();

    private DataTensors() {}

    static synchronized Tensor inputs(Examples examples, Precision precision) {
        return TENSORS.computeIfAbsent(examples, _ -> new EnumMap<>(Precision.class))
                .computeIfAbsent(precision, p -> {
                    Tensor tensor = Torch.of(p, examples.inputs(), examples.count(), examples.width());
                    tensor.retainReference();
                    CLEANER.register(examples, tensor::releaseReference);
                    return tensor;
                });
    }

    /// Examples `from .. from + n - 1` as inputs `[R, n, ...]` of a network, the same for all replicas.
    static Tensor chunk(Net net, long replicas, Examples examples, int from, int n) {
        Tensor rows = inputs(examples, net.precision()).narrow(0, from, n);
        List<Integer> in = net.spec().input();
        return in.size() == 1
                ? rows.unsqueeze(0).expand(replicas, n, in.getFirst())
                : rows.reshape(1, n, in.get(0), in.get(1), in.get(2))
                        .expand(replicas, n, in.get(0), in.get(1), in.get(2));
    }

    /// Labels of examples `from .. from + n - 1`, `[n]`.
    static Tensor labels(Examples examples, int from, int n) {
        long[] wide = new long[n];
        for (int i = 0; i < n; i++) {
            wide[i] = examples.labels()[from + i];
        }
        return Torch.of(wide, n);
    }
}
