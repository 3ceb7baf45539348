package ornstein.train;

import java.util.List;

/// A named part of theta: one weight, bias, gain or shift.
///
/// @param from first index in theta (for a fixed weight: -1)
/// @param shape of one replica's part
/// @param start what it holds at the start
/// @param fanIn inputs of one output: a weight starts as a normal of variance 1/fanIn
record Slot(String name, long from, List<Long> shape, Start start, long fanIn) {
    enum Start {
        NORMAL,
        ZERO,
        ONE
    }

    Slot {
        shape = List.copyOf(shape);
    }

    long size() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }

    /// `[R, shape...]`.
    long[] withReplicas(long replicas) {
        long[] dims = new long[shape.size() + 1];
        dims[0] = replicas;
        for (int i = 0; i < shape.size(); i++) {
            dims[i + 1] = shape.get(i);
        }
        return dims;
    }
}
