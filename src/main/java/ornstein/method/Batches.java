package ornstein.method;

/// The batches that a step takes.
///
/// @param examples N, the number of examples
/// @param size B, the examples of a batch
/// @param perStep batches of a step; batch `j` of step `k` is number `(k / hold) * perStep + j` of the path
/// @param hold steps that take the same batches
public record Batches(Sampling sampling, int examples, int size, int perStep, int hold) {
    public Batches {
        if (examples < 1) throw new IllegalArgumentException("there must be at least 1 example, not " + examples);
        if (size < 1) throw new IllegalArgumentException("batch size " + size + " must be at least 1");
        if (sampling != Sampling.IID && size > examples) {
            throw new IllegalArgumentException("batch size " + size + " exceeds the " + examples + " examples");
        }
        if (perStep < 1 || hold < 1) throw new IllegalArgumentException("a step takes at least one batch");
    }

    /// Batches of an epoch, m.
    public int perEpoch() {
        return sampling == Sampling.IID ? 1 : examples / size;
    }
}
