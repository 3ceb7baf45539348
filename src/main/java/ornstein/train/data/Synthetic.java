package ornstein.train.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.List;
import ornstein.random.Normals;
import ornstein.random.Streams;
import ornstein.random.Uniforms;

/// A classification task made from a seed: 16 inputs, 4 classes.
///
/// Inputs are independent standard normals. A teacher of 4 standard normal vectors labels an input with the
/// one that has the largest inner product with it. Every training label is then replaced, with probability
/// 1/4, by a class drawn uniformly from all 4; so 3/16 of them are wrong, for good. Held-out labels are the
/// teacher's. Example i does not depend on how many there are.
public final class Synthetic {
    public static final int WIDTH = 16;
    public static final int CLASSES = 4;
    public static final double LABEL_NOISE = 0.25;
    static final int TRAIN = 4096;
    static final int HELD_OUT = 200;

    /// First path of the held-out examples; training examples are paths 0, 1, ...
    private static final long HELD_OUT_PATH = 1L << 32;
    /// First path of the teacher's vectors.
    private static final long TEACHER_PATH = 1L << 33;

    private Synthetic() {}

    static Dataset make(DataSpec spec) {
        Examples train = examples(spec.seed(), 0, spec.train() == 0 ? TRAIN : spec.train(), LABEL_NOISE);
        Examples heldOut = examples(spec.seed(), HELD_OUT_PATH, spec.heldOut() == 0 ? HELD_OUT : spec.heldOut(), 0);
        List<DataFile> files = List.of(file("training examples", train), file("held-out examples", heldOut));
        return new Dataset("synthetic", List.of(WIDTH), CLASSES, train, heldOut, files);
    }

    private static Examples examples(long seed, long path, int n, double labelNoise) {
        double[][] teacher = new double[CLASSES][WIDTH];
        for (int k = 0; k < CLASSES; k++) {
            Normals.fill(seed, TEACHER_PATH + k, 0, Streams.DATA, teacher[k]);
        }
        float[] inputs = new float[n * WIDTH];
        byte[] labels = new byte[n];
        double[] x = new double[WIDTH];
        for (int i = 0; i < n; i++) {
            Normals.fill(seed, path + i, 0, Streams.DATA, x);
            for (int j = 0; j < WIDTH; j++) {
                inputs[i * WIDTH + j] = (float) x[j];
            }
            boolean noisy = Uniforms.at(seed, path + i, WIDTH, Streams.DATA) < labelNoise;
            double u = Uniforms.at(seed, path + i, WIDTH + 1, Streams.DATA);
            labels[i] = (byte) (noisy ? (int) (u * CLASSES) : largest(teacher, x));
        }
        return new Examples(inputs, labels);
    }

    private static int largest(double[][] teacher, double[] x) {
        int best = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < teacher.length; k++) {
            double product = 0;
            for (int j = 0; j < x.length; j++) {
                product += teacher[k][j] * x[j];
            }
            if (product > most) {
                most = product;
                best = k;
            }
        }
        return best;
    }

    /// The checksum is of the inputs as little-endian 32-bit floats, then the labels.
    private static DataFile file(String name, Examples examples) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * examples.inputs().length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(examples.inputs());
        MessageDigest digest = Sha256.digest();
        digest.update(bytes.array());
        digest.update(examples.labels());
        return new DataFile(name, "made", examples.count(), Sha256.hex(digest));
    }
}
