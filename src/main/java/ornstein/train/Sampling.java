package ornstein.train;

/// How the examples of a batch are drawn.
public enum Sampling {
    /// Every example of every batch uniformly and independently (with replacement).
    IID,
    /// A new permutation of the data each epoch, cut into batches; a last, smaller batch is dropped.
    SHUFFLE
}
