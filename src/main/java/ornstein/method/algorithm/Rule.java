package ornstein.method.algorithm;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ornstein.expr.Expr;
import ornstein.expr.Expr.Sym;
import ornstein.method.Extra;

/// What an algorithm does to one weight, in the symbols [Weight#VALUE], [Weight#LAMBDA], the step size and the step
/// number of [ornstein.method.Symbols], the extra state, the gradients, the lengths and the constants.
///
/// @param extra what it remembers of a weight, with initial values in [Weight#VALUE]
/// @param gradients each at the weight or at an extra
/// @param lengths of vectors of a layer
/// @param next the next value of the weight
/// @param nextExtra the next values of the extra state
/// @param perStep batches of a step
/// @param hold steps that take the same batches
/// @param values numbers of the constants
public record Rule(
        List<Extra> extra,
        List<Gradient> gradients,
        List<Length> lengths,
        Expr next,
        List<Expr> nextExtra,
        int perStep,
        int hold,
        Map<Sym, Double> values) {

    /// The loss that a gradient is of.
    public enum Of {
        /// The mean over a batch of the step.
        BATCH,
        /// The mean over all examples.
        DATA,
        /// The mean over all examples, each weighted by 1 + sqrt(N/B) (z - mean of z) with normals z of its own:
        /// that is the gradient of the data plus a normal vector of covariance Sigma_1/B, the noise of a batch
        /// of B that is drawn with replacement.
        NOISY_DATA
    }

    /// The entry of a gradient that belongs to the weight.
    ///
    /// @param batch number of the batch within the step, or [Mean#DATA]
    /// @param at [Weight#VALUE] or an extra: the point at which the gradient is taken
    public record Gradient(Sym name, Of of, int batch, Sym at) {}

    /// The Euclidean length of a vector over the weights of a layer; on a loss model the state is one layer.
    ///
    /// @param entry of the vector, in the symbols of the rule
    public record Length(Sym name, Expr entry) {}

    public Rule {
        extra = List.copyOf(extra);
        gradients = List.copyOf(gradients);
        lengths = List.copyOf(lengths);
        nextExtra = List.copyOf(nextExtra);
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
}
