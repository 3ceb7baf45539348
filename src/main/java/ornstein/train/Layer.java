package ornstein.train;

import java.util.List;

/// One layer of a network.
public sealed interface Layer {
    /// y = W x (+ b), with the norm on the weights or on y. A fixed layer is not trained: its weights are
    /// drawn from the seed and kept.
    record Linear(int out, Norm norm, boolean bias, boolean fixed) implements Layer {
        public Linear {
            checkOut(out);
            checkBias(norm, bias);
        }
    }

    /// Square convolution with the norm on the weights or on its output.
    record Conv(int out, int kernel, int stride, int padding, Norm norm, boolean bias, boolean fixed) implements Layer {
        public Conv {
            checkOut(out);
            checkBias(norm, bias);
            if (kernel < 1 || stride < 1 || padding < 0) {
                throw new IllegalArgumentException("a convolution needs kernel >= 1, stride >= 1, padding >= 0, not "
                        + kernel + ", " + stride + ", " + padding);
            }
        }
    }

    /// x + body(x), or shortcut(x) + body(x).
    record Residual(List<Layer> body, List<Layer> shortcut) implements Layer {
        public Residual {
            body = List.copyOf(body);
            shortcut = List.copyOf(shortcut);
            if (body.isEmpty()) {
                throw new IllegalArgumentException("a residual block has a body");
            }
        }
    }

    enum Activation implements Layer {
        RELU,
        TANH,
        GELU
    }

    /// Mean or maximum over square windows, without padding.
    record Pool(boolean max, int size, int stride) implements Layer {
        public Pool {
            if (size < 1 || stride < 1) {
                throw new IllegalArgumentException("pooling needs size and stride >= 1, not " + size + ", " + stride);
            }
        }
    }

    enum Shape implements Layer {
        /// The mean over all pixels: `[C, H, W]` becomes `[C]`.
        GLOBAL_MEAN,
        /// `[C, H, W]` becomes `[C H W]`.
        FLATTEN
    }

    private static void checkOut(int out) {
        if (out < 1 || out > 1_000_000) {
            throw new IllegalArgumentException("a layer has 1 to 1000000 outputs, not " + out);
        }
    }

    private static void checkBias(Norm norm, boolean bias) {
        if (bias && norm.ofOutput()) {
            throw new IllegalArgumentException(
                    "norm " + norm.kind().text() + " cancels a bias before it: leave bias out, or ask for affine");
        }
    }
}
