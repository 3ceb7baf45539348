package ornstein.train;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/// An evaluation as kept in a probe: arrays by replica, empty where not asked for.
final class Scores {
    static final Scores NONE = new Scores(new byte[0][], new float[0][], new double[0], new double[0]);

    private final byte[][] predictions;
    private final float[][] logits;
    private final double[] loss;
    private final double[] accuracy;

    private Scores(byte[][] predictions, float[][] logits, double[] loss, double[] accuracy) {
        this.predictions = predictions;
        this.logits = logits;
        this.loss = loss;
        this.accuracy = accuracy;
    }

    static Scores of(Evaluation e, int replicas, boolean keepPredictions, boolean keepLogits) {
        byte[][] predictions = new byte[keepPredictions ? replicas : 0][];
        float[][] logits = new float[keepLogits ? replicas : 0][];
        double[] loss = new double[replicas];
        double[] accuracy = new double[replicas];
        for (int r = 0; r < replicas; r++) {
            loss[r] = e.loss(r);
            accuracy[r] = e.accuracy(r);
            if (keepPredictions) {
                predictions[r] = e.predictions(r);
            }
            if (keepLogits) {
                logits[r] = singles(e.logits(r));
            }
        }
        return new Scores(predictions, logits, loss, accuracy);
    }

    private static float[] singles(double[] values) {
        float[] out = new float[values.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) values[i];
        }
        return out;
    }

    /// Entries of a diverged replica become NaN, its predictions -1.
    void forget(int replica) {
        if (loss.length > 0) {
            loss[replica] = Double.NaN;
            accuracy[replica] = Double.NaN;
        }
        if (predictions.length > 0) {
            Arrays.fill(predictions[replica], (byte) -1);
        }
        if (logits.length > 0) {
            Arrays.fill(logits[replica], Float.NaN);
        }
    }

    byte[][] predictions() {
        return predictions;
    }

    float[][] logits() {
        return logits;
    }

    double loss(int replica) {
        return loss.length == 0 ? Double.NaN : loss[replica];
    }

    double accuracy(int replica) {
        return accuracy.length == 0 ? Double.NaN : accuracy[replica];
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(predictions.length);
        for (byte[] row : predictions) {
            Frame.bytes(out, row);
        }
        out.writeInt(logits.length);
        for (float[] row : logits) {
            double[] wide = new double[row.length];
            for (int i = 0; i < row.length; i++) {
                wide[i] = row[i];
            }
            Frame.doubles(out, wide);
        }
        Frame.doubles(out, loss);
        Frame.doubles(out, accuracy);
    }

    static Scores read(DataInputStream in) throws IOException {
        byte[][] predictions = new byte[in.readInt()][];
        for (int r = 0; r < predictions.length; r++) {
            predictions[r] = Frame.bytes(in);
        }
        float[][] logits = new float[in.readInt()][];
        for (int r = 0; r < logits.length; r++) {
            logits[r] = singles(Frame.doubles(in));
        }
        return new Scores(predictions, logits, Frame.doubles(in), Frame.doubles(in));
    }
}
