package ornstein.train.data;

import java.util.Arrays;

/// Labelled examples in one order. Inputs are row-major `[count, width]`, where `width` is the number of
/// entries of one input; labels are in `0 .. classes-1`.
///
/// The arrays are shared, not copied: treat them as read-only.
public final class Examples {
    private final float[] inputs;
    private final byte[] labels;

    /// @throws IllegalArgumentException when the inputs are not a whole number of rows, one a label
    public Examples(float[] inputs, byte[] labels) {
        if (labels.length == 0 || inputs.length == 0 || inputs.length % labels.length != 0) {
            throw new IllegalArgumentException(inputs.length + " input numbers for " + labels.length + " labels");
        }
        this.inputs = inputs;
        this.labels = labels;
    }

    public int count() {
        return labels.length;
    }

    /// Numbers in one input.
    public int width() {
        return inputs.length / labels.length;
    }

    public float[] inputs() {
        return inputs;
    }

    public byte[] labels() {
        return labels;
    }

    /// The first `n` examples.
    public Examples first(int n) {
        if (n < 1 || n > count()) {
            throw new IllegalArgumentException(n + " examples asked of " + count());
        }
        return n == count() ? this : new Examples(Arrays.copyOf(inputs, n * width()), Arrays.copyOf(labels, n));
    }
}
