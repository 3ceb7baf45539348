package ornstein.train.probe;

import java.util.List;
import ornstein.random.Normals;
import ornstein.random.Uniforms;
import ornstein.train.Layer;
import ornstein.train.Net;
import ornstein.train.NetworkSpec;
import ornstein.train.Norm;
import ornstein.train.Precision;
import ornstein.train.data.Examples;

/// Networks small enough for closed forms, and data for them.
final class TinyNets {
    private TinyNets() {}

    /// Softmax regression: logits W x with W of `classes` rows.
    static Net softmax(int width, int classes) {
        return net(width, classes, Precision.F64, new Layer.Linear(classes, Norm.NONE, false, false));
    }

    /// tanh MLP with weight-normalised first layer, whose rows are scale-invariant, and a plain second one.
    static Net mlp(int width, int hidden, int classes, Precision precision) {
        return net(
                width,
                classes,
                precision,
                new Layer.Linear(hidden, new Norm(Norm.Kind.WEIGHT, 1, 0, false), false, false),
                Layer.Activation.TANH,
                new Layer.Linear(classes, Norm.NONE, false, false));
    }

    /// As [#mlp], with a batch norm of the first layer's output.
    static Net batchNorm(int width, int hidden, int classes) {
        return net(
                width,
                classes,
                Precision.F64,
                new Layer.Linear(hidden, new Norm(Norm.Kind.BATCH, 1, 0, false), false, false),
                Layer.Activation.TANH,
                new Layer.Linear(classes, Norm.NONE, false, false));
    }

    private static Net net(int width, int classes, Precision precision, Layer... layers) {
        return Net.of(new NetworkSpec("tiny", List.of(width), classes, List.of(layers)), precision, 1);
    }

    /// `n` examples with standard normal inputs and random labels.
    static Examples examples(int n, int width, int classes) {
        float[] inputs = new float[n * width];
        Normals.fill(5, 0, 0, 0, inputs);
        byte[] labels = new byte[n];
        for (int i = 0; i < n; i++) {
            labels[i] = (byte) (classes * Uniforms.at(6, 0, i, 0));
        }
        return new Examples(inputs, labels);
    }

    static double[] point(int size, long seed) {
        double[] theta = new double[size];
        Normals.fill(seed, 0, 0, 0, theta);
        return theta;
    }
}
