package ornstein.train.data;

import java.util.List;
import ornstein.spec.UserError;

/// Images as they lie in the files: unsigned bytes `[count, channels, height, width]` in pieces, with one label each.
///
/// @param pieces one or more files' images, in order
record Pixels(int channels, int area, List<Piece> pieces) {
    /// The images of one file.
    static final class Piece {
        final byte[] bytes;
        final int first;
        final int stride;
        final byte[] labels;

        /// Image `i` starts at `first + i*stride` of `bytes`.
        Piece(byte[] bytes, int first, int stride, byte[] labels) {
            this.bytes = bytes;
            this.first = first;
            this.stride = stride;
            this.labels = labels;
        }
    }

    int count() {
        return pieces.stream().mapToInt(p -> p.labels.length).sum();
    }

    /// For each channel the 256 numbers that the pixel values become: `(p/255 - mean)/deviation` over all
    /// these images.
    float[][] standardising(String place) {
        float[][] table = new float[channels][256];
        for (int c = 0; c < channels; c++) {
            long[] seen = new long[256];
            for (Piece piece : pieces) {
                for (int i = 0; i < piece.labels.length; i++) {
                    int at = piece.first + i * piece.stride + c * area;
                    for (int j = 0; j < area; j++) {
                        seen[piece.bytes[at + j] & 0xff]++;
                    }
                }
            }
            double n = (double) count() * area;
            double mean = 0;
            for (int v = 0; v < 256; v++) {
                mean += v / 255.0 * seen[v] / n;
            }
            double variance = 0;
            for (int v = 0; v < 256; v++) {
                variance += (v / 255.0 - mean) * (v / 255.0 - mean) * seen[v] / n;
            }
            if (!(variance > 0)) {
                throw new UserError(place + ": every pixel of channel " + c + " has the same value");
            }
            for (int v = 0; v < 256; v++) {
                table[c][v] = (float) ((v / 255.0 - mean) / Math.sqrt(variance));
            }
        }
        return table;
    }

    /// The first `n` images (0 = all) through a table of [#standardising].
    Examples examples(float[][] table, int n, String place, String part) {
        int count = count();
        if (n > count) {
            throw new UserError(n + " " + part + " examples asked, but " + place + " has " + count);
        }
        int take = n == 0 ? count : n;
        int width = channels * area;
        if ((long) take * width > Integer.MAX_VALUE - 8) {
            throw new UserError(take + " " + part + " examples of " + width + " numbers are more than one array holds");
        }
        float[] inputs = new float[take * width];
        byte[] labels = new byte[take];
        int k = 0;
        for (Piece piece : pieces) {
            for (int i = 0; i < piece.labels.length && k < take; i++, k++) {
                labels[k] = piece.labels[i];
                int from = piece.first + i * piece.stride;
                for (int j = 0; j < width; j++) {
                    inputs[k * width + j] = table[j / area][piece.bytes[from + j] & 0xff];
                }
            }
        }
        return new Examples(inputs, labels);
    }
}
