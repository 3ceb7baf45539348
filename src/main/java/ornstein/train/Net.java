package ornstein.train;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/// A network as a function of one flat parameter tensor theta `[R, P]`, R being a number of replicas. Immutable apart
/// from the values of its fixed layers' buffers, which nobody writes; safe to share between threads.
public abstract class Net {
    /// @param seed draws the fixed layers
    @SuppressWarnings("DoNotCallSuggester")
    public static Net of(NetworkSpec spec, Precision precision, long seed) {
        throw new UnsupportedOperationException(spec.name() + precision + seed);
    }

    /// P, the number of trained parameters of one replica.
    public abstract long size();

    /// The scale-invariant groups, in the order of theta.
    public abstract List<Group> groups();

    /// @param theta `[R, P]`
    /// @param x `[R, B, ...]`: every replica's own batch; batch norms use the statistics of that batch
    /// @return logits `[R, B, K]`
    public abstract Tensor logits(Tensor theta, Tensor x);

    /// Mean cross-entropy of each replica `[R]`.
    ///
    /// @param y labels `[R, B]`, 64-bit integers
    public abstract Tensor loss(Tensor theta, Tensor x, Tensor y);

    /// Gradient `[R, P]` of the loss of each replica in its own parameters.
    public abstract Tensor gradient(Tensor theta, Tensor x, Tensor y);
}
