package ornstein.train;

import java.util.Locale;

/// How a linear or convolutional layer is normalised.
///
/// @param kind none, of the weights, or of the output
/// @param groups number of channel groups (group norm only; else 1)
/// @param eps added to the variance (of the output) or to the squared length (of a row)
/// @param affine with a trained gain (and, for norms of the output, a trained shift): parameters that are not
///     scale-invariant
public record Norm(Kind kind, int groups, double eps, boolean affine) {
    public enum Kind {
        NONE,
        WEIGHT,
        BATCH,
        GROUP,
        LAYER;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static final Norm NONE = new Norm(Kind.NONE, 1, 0, false);

    public Norm {
        if (groups < 1 || groups > 1 && kind != Kind.GROUP) {
            throw new IllegalArgumentException("norm " + kind.text() + " with " + groups + " groups");
        }
        if (!(eps >= 0 && eps < 1)) {
            throw new IllegalArgumentException("a norm's eps lies in [0, 1), not " + eps);
        }
        if (affine && kind == Kind.NONE) {
            throw new IllegalArgumentException("affine needs a norm");
        }
    }

    /// Whether it is the layer's output that is normalised.
    public boolean ofOutput() {
        return kind == Kind.BATCH || kind == Kind.GROUP || kind == Kind.LAYER;
    }
}
