package ornstein.train;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// The norm of one layer as an operation on its weights or on its output.
///
/// @param channels of the layer's output, for one replica
/// @param gain null without affine
/// @param shift null without affine, and for a weight norm
/// @param number which batch norm of the network it is; -1 for others
record Normalisation(
        Norm norm,
        int channels,
        @Nullable Slot gain,
        @Nullable Slot shift,
        int number) {
    /// A weight `[R, out, ...]` with every row divided by sqrt(|row|^2 + eps) and multiplied by its gain; other norms
    /// leave it alone.
    Tensor weight(Pass pass, Tensor weight) {
        if (norm.kind() != Norm.Kind.WEIGHT) {
            return weight;
        }
        Tensor rows = weight.reshape(weight.size(0), weight.size(1), -1);
        Tensor scale = inverseLength(rows);
        if (gain != null) {
            scale = scale.mul(pass.get(gain).unsqueeze(2));
        }
        return rows.mul(scale).reshape(weight.sizes());
    }

    /// 1 / sqrt(|row|^2 + eps) of rows `[R, out, n]`, as `[R, out, 1]`.
    Tensor inverseLength(Tensor rows) {
        Tensor square = Torch.sum(rows.square(), 2, true);
        return norm.eps() == 0
                ? square.rsqrt()
                : square.add(new Scalar(norm.eps())).rsqrt();
    }

    /// 1 / sqrt(|row|^2 + eps) of rows `[R, out, n]`, as `[R, out]`; not differentiable.
    Tensor inverseLengths(Tensor rows) {
        Tensor length =
                torch.linalg_vector_norm(rows, new Scalar(2.0), new long[] {2}, false, new ScalarTypeOptional());
        return norm.eps() == 0
                ? length.reciprocal_()
                : length.square_().add_(new Scalar(norm.eps())).rsqrt_();
    }

    /// A layer's output `[B, R C, ...]`, normalised; a weight norm leaves it alone.
    Tensor output(Pass pass, Tensor y) {
        if (!norm.ofOutput()) {
            return y;
        }
        TensorOptional weight = optional(pass, gain);
        TensorOptional bias = optional(pass, shift);
        if (norm.kind() != Norm.Kind.BATCH) {
            return torch.group_norm(y, pass.replicas() * norm.groups(), weight, bias, norm.eps(), false);
        }
        BatchStatistics statistics = pass.statistics(number, y);
        return statistics == null
                ? torch.batch_norm(
                        y, weight, bias, new TensorOptional(), new TensorOptional(), true, 0, norm.eps(), false)
                : torch.batch_norm(
                        y,
                        weight,
                        bias,
                        new TensorOptional(statistics.mean(number)),
                        new TensorOptional(statistics.variance(number)),
                        false,
                        0,
                        norm.eps(),
                        false);
    }

    private static TensorOptional optional(Pass pass, @Nullable Slot slot) {
        return slot == null
                ? new TensorOptional()
                : new TensorOptional(pass.get(slot).reshape(-1));
    }
}
