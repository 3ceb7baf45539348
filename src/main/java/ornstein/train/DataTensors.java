package ornstein.train;

import java.lang.ref.Cleaner;
import java.util.EnumMap;
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
}
