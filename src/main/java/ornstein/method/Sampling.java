package ornstein.method;

/// How the batches of an epoch come about. All but `iid` cut the examples into floor(N/B) batches; a last,
/// smaller one is dropped.
public enum Sampling {
    /// Each example of each batch drawn with replacement.
    IID,
    /// A new partition in a new order each epoch.
    SHUFFLE,
    /// One partition, examples 0 to B-1 first; its batches in a new order each epoch.
    REORDER,
    /// One partition, its batches always in the same order.
    FIXED,
    /// One partition; one epoch as in `fixed`, the next with the batches in the opposite order.
    REVERSED
}
