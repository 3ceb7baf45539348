package ornstein.train;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.jspecify.annotations.Nullable;

/// One forward pass: theta cut into slots, and what batch norms normalise by.
final class Pass {
    private final Net net;
    private final long replicas;
    private final TensorVector parts;
    private final List<Slot> slots;
    private final @Nullable BatchStatistics use;
    private final @Nullable BatchStatistics collect;

    Pass(Net net, Tensor theta, @Nullable BatchStatistics use, @Nullable BatchStatistics collect) {
        this.net = net;
        this.use = use;
        this.collect = collect;
        replicas = theta.size(0);
        slots = net.layout().slots();
        long[] sizes = slots.stream().mapToLong(Slot::size).toArray();
        parts = theta.split_with_sizes(sizes, 1);
    }

    long replicas() {
        return replicas;
    }

    /// A slot's value `[R, ...]`; for a fixed weight the same buffer for all replicas.
    Tensor get(Slot slot) {
        if (slot.from() < 0) {
            Tensor buffer = net.buffer(slot);
            return buffer.expand(slot.withReplicas(replicas));
        }
        return parts.get(index(slot)).reshape(slot.withReplicas(replicas));
    }

    /// Which of the slots of theta it is.
    int index(Slot slot) {
        return slots.indexOf(slot);
    }

    /// What batch norm `number` is to normalise its input by: null for the batch itself.
    @Nullable BatchStatistics statistics(int number, Tensor input) {
        if (collect != null) {
            collect.add(input);
        }
        return use;
    }
}
