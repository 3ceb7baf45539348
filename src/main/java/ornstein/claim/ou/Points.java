package ornstein.claim.ou;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import ornstein.run.AtomicFile;

/// A few points in weight space as a file: little-endian doubles, one point after the other.
final class Points {
    private Points() {}

    static void write(Path file, List<double[]> points) {
        AtomicFile.write(file, out -> {
            for (double[] point : points) {
                ByteBuffer bytes =
                        ByteBuffer.allocate(Double.BYTES * point.length).order(ByteOrder.LITTLE_ENDIAN);
                bytes.asDoubleBuffer().put(point);
                out.write(bytes.array());
            }
        });
    }

    /// @param count number of points in the file
    static double[][] read(Path file, int count) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            double[][] points = new double[count][bytes.capacity() / Double.BYTES / count];
            for (double[] point : points) {
                for (int i = 0; i < point.length; i++) {
                    point[i] = bytes.getDouble();
                }
            }
            return points;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
