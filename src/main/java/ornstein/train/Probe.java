package ornstein.train;

import org.jspecify.annotations.Nullable;

/// The state of a group of replicas after `step` updates. Replicas are indexed 0 .. R-1 within the group; entries of a
/// diverged replica are NaN (predictions: -1).
public interface Probe {
    /// Updates done.
    long step();

    /// The clock s = (1/2) sum_k eta^2 |g_k|^2 / |w_k|^2 (with momentum eta^2/(1-rho)^2) since step 0, over
    /// the vector of all scale-invariant parameters. For algorithms that do not move along one gradient,
    /// and for flows, half the sum of |u|^2 / |w|^2 with u the part of a step's displacement across w.
    double clock(int replica);

    /// |w| of the vector of all scale-invariant parameters.
    double norm(int replica);

    /// Predicted class of each held-out example; null when not asked for. Shared, not copied.
    byte @Nullable [] predictions(int replica);

    /// Held-out logits `[examples, K]`, row-major; null when not asked for. Shared, not copied.
    float @Nullable [] logits(int replica);

    /// Mean held-out loss; NaN when not asked for.
    double loss(int replica);

    /// Share of held-out examples predicted right; NaN when not asked for.
    double accuracy(int replica);

    /// Mean loss over the training examples; NaN when not asked for.
    double trainingLoss(int replica);

    /// Share of training examples predicted right; NaN when not asked for.
    double trainingAccuracy(int replica);

    /// Sums per scale-invariant group since the last probe; null when not asked for.
    @Nullable GroupSums groups();
}
