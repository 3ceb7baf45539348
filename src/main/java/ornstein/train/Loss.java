package ornstein.train;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/// The loss of an example with logits z and label y.
public enum Loss {
    /// log sum_k exp z_k - z_y.
    CROSS_ENTROPY,
    /// |z - e_y|^2 / 2 with e_y the unit vector of the label.
    SQUARES;

    /// The loss of every example, `[R B]`.
    ///
    /// @param logits `[R, B, K]`
    /// @param y labels `[R, B]`, 64-bit integers
    Tensor each(Tensor logits, Tensor y) {
        Tensor z = logits.reshape(-1, logits.size(2));
        Tensor labels = y.reshape(-1);
        int none = 0; // no reduction
        return switch (this) {
            case CROSS_ENTROPY -> torch.cross_entropy_loss(z, labels, new TensorOptional(), none, -100, 0);
            case SQUARES ->
                Torch.sum(z.sub(target(z, labels)).square(), 1, false).mul(new Scalar(0.5));
        };
    }

    /// The derivatives in the logits, `[K, R B]`: softmax z - e_y, or z - e_y. The classes come first, where
    /// softmax is vectorised.
    Tensor slope(Tensor logits, Tensor y) {
        long rows = logits.size(0) * logits.size(1);
        Tensor z = logits.reshape(rows, logits.size(2)).t().contiguous();
        Tensor p = this == CROSS_ENTROPY ? z.softmax(0) : z.clone();
        Tensor label = y.reshape(1, rows);
        Tensor ones = torch.ones_like(label).to(logits.scalar_type());
        return p.scatter_add_(0, label, ones.neg_());
    }

    private static Tensor target(Tensor z, Tensor labels) {
        Tensor column = labels.unsqueeze(1);
        return torch.zeros_like(z).scatter_(1, column, torch.ones_like(column).to(z.scalar_type()));
    }

    /// The loss of one example.
    ///
    /// @param z logits of all examples, its own from `at` on
    /// @param top the largest of its logits
    double of(double[] z, int at, int classes, double top, int label) {
        double sum = 0;
        for (int k = 0; k < classes; k++) {
            double miss = z[at + k] - (k == label ? 1 : 0);
            sum += this == CROSS_ENTROPY ? Math.exp(z[at + k] - top) : miss * miss / 2;
        }
        return this == CROSS_ENTROPY ? Math.log(sum) + top - z[at + label] : sum;
    }
}
