package ornstein.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ornstein.method.Sampling;
import ornstein.random.Normals;
import ornstein.random.Uniforms;
import ornstein.train.data.Dataset;
import ornstein.train.data.Examples;

/// One epoch of a network of 72 weights from one point, over all orders of its four batches and over all sequences
/// drawn with replacement, against the flows of training (Smith, Dherin, Barrett, De 2021, arXiv:2101.12176).
class EpochsTest {
    private static final int BATCHES = 4;
    private static final int SIZE = 4;
    private static final Dataset DATA = data();
    private static final double[] RATES = {0.1, 0.05, 0.025};

    @TempDir
    private Path folder;

    private static Dataset data() {
        int count = BATCHES * SIZE;
        float[] inputs = new float[6 * count];
        Normals.fill(11, 0, 0, 70, inputs);
        byte[] labels = new byte[count];
        for (int i = 0; i < count; i++) labels[i] = (byte) (3 * Uniforms.at(12, 0, i, 71));
        Examples examples = new Examples(inputs, labels);
        return new Dataset("sixteen", List.of(6), 3, examples, examples, Fixture.files(count));
    }

    /// Sequences of batches in which every batch occurs once, or all.
    private static List<int[]> sequences(boolean orders) {
        List<int[]> all = new ArrayList<>();
        for (int n = 0; n < 256; n++) {
            int[] s = {n & 3, n >> 2 & 3, n >> 4 & 3, n >> 6 & 3};
            if (!orders || (1 << s[0] | 1 << s[1] | 1 << s[2] | 1 << s[3]) == 15) all.add(s);
        }
        return all;
    }

    private static TrainSpec spec(double eta, Optimiser optimiser, Sampling sampling) {
        TrainSpec spec = Fixture.rates(
                Fixture.spec("input: [6]\nclasses: 3\nlayers: [{linear: 8}, tanh, {linear: 3}]"),
                Schedule.constant(eta),
                Schedule.constant(0),
                0);
        spec = Fixture.sampling(Fixture.optimiser(spec, optimiser), sampling, 0, SIZE);
        return Fixture.probing(spec, BATCHES, ProbePlan.predictions(List.of()).withSnapshots(List.of((long) BATCHES)))
                .withReplicas(0, 1);
    }

    private static Optimiser flow(String method, String of) {
        return new Optimiser(method, Map.of("substeps", 4.0), Optional.of(of));
    }

    /// The end points of SGD along each sequence, every one a replica: `[sequences][72]`.
    private static double[][] ends(double eta, List<int[]> sequences) {
        TrainSpec spec = spec(eta, Optimiser.SGD, Sampling.IID).withReplicas(0, sequences.size());
        Tensor theta = Start.of(spec).tensor(Precision.F64);
        Net net = Training.net(spec);
        Update update =
                new Update(spec.optimiser().rule(false), theta, net.layout().slots());
        for (int k = 0; k < BATCHES; k++) {
            try (PointerScope _ = new PointerScope()) {
                List<Tensor> x = new ArrayList<>();
                List<Tensor> y = new ArrayList<>();
                for (int[] s : sequences) {
                    x.add(DataTensors.chunk(net, 1, DATA.train(), s[k] * SIZE, SIZE));
                    y.add(DataTensors.labels(DATA.train(), s[k] * SIZE, SIZE).unsqueeze(0));
                }
                update.apply(List.of(net.gradient(theta, Net.join(x, 0), Net.join(y, 0))), eta, 0, k);
            }
        }
        double[] flat = Torch.doubles(theta);
        int width = flat.length / sequences.size();
        double[][] rows = new double[sequences.size()][width];
        for (int r = 0; r < rows.length; r++) System.arraycopy(flat, r * width, rows[r], 0, width);
        return rows;
    }

    private static double[] mean(double[][] rows) {
        double[] mean = new double[rows[0].length];
        for (double[] row : rows) for (int i = 0; i < mean.length; i++) mean[i] += row[i] / rows.length;
        return mean;
    }

    /// The end of a flow after the time of an epoch, by training.
    private double[] flowed(double eta, Optimiser flow, Sampling sampling, String name) {
        return Training.run(spec(eta, flow, sampling), DATA, folder.resolve(name + eta), Watch.NONE)
                .snapshot(BATCHES)
                .theta()[0];
    }

    private static double distance(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) sum += (x[i] - y[i]) * (x[i] - y[i]);
        return Math.sqrt(sum);
    }

    /// Shuffled epochs follow the modified loss of SGD to third order and that of gradient descent only to second;
    /// batches drawn with replacement the other way round.
    @ParameterizedTest
    @CsvSource({"true, 2, 2, 3", "false, 2, 3, 2"})
    void theMeanEpochFollowsItsModifiedLoss(boolean orders, double plain, double descent, double sgd) {
        double[][] errors = new double[3][RATES.length];
        for (int i = 0; i < RATES.length; i++) {
            double eta = RATES[i];
            double[] mean = mean(ends(eta, sequences(orders)));
            double[] gf = flowed(eta, flow("gradient-flow", "sgd"), Sampling.IID, "gf");
            double[] gd = flowed(eta, flow("modified-flow", "gd"), Sampling.IID, "gd");
            double[] reordered = flowed(eta, flow("modified-flow", "sgd"), Sampling.REORDER, "sgd");
            assertEquals(0, distance(gd, flowed(eta, flow("modified-flow", "sgd"), Sampling.IID, "iid")), 1e-13);
            errors[0][i] = distance(mean, gf);
            errors[1][i] = distance(mean, gd);
            errors[2][i] = distance(mean, reordered);
        }
        double[] claimed = {plain, descent, sgd};
        for (int j = 0; j < 3; j++) {
            for (int i = 0; i + 1 < RATES.length; i++) {
                assertEquals(claimed[j], Math.log(errors[j][i] / errors[j][i + 1]) / Math.log(2), 0.25, "flow " + j);
            }
        }
        double[] better = orders ? errors[2] : errors[1];
        double[] worse = orders ? errors[1] : errors[2];
        for (int i = 0; i < RATES.length; i++) assertTrue(better[i] < worse[i] / 2);
    }

    /// One order, then the same backwards, follows the flow without any mean; and so does training itself.
    @Test
    void anOrderAndItsReverseFollowTheModifiedLoss() {
        double[] last = new double[2];
        for (int i = 1; i < RATES.length; i++) {
            double eta = RATES[i];
            TrainSpec twice = Fixture.probing(
                    spec(eta, Optimiser.SGD, Sampling.REVERSED),
                    2 * BATCHES,
                    ProbePlan.predictions(List.of()).withSnapshots(List.of(2L * BATCHES)));
            double[] end = end(twice, "reversed" + eta);
            double[] gd = end(Fixture.optimiser(twice, flow("modified-flow", "gd")), "flow-gd" + eta);
            double[] sgd = end(Fixture.optimiser(twice, flow("modified-flow", "sgd")), "flow-sgd" + eta);
            double[] errors = {distance(end, gd), distance(end, sgd)};
            if (i > 1) {
                assertEquals(2, Math.log(last[0] / errors[0]) / Math.log(2), 0.2);
                assertEquals(3, Math.log(last[1] / errors[1]) / Math.log(2), 0.2);
            }
            last = errors;
        }
    }

    private double[] end(TrainSpec spec, String name) {
        return Training.run(spec, DATA, folder.resolve(name), Watch.NONE)
                .snapshot(spec.steps())
                .theta()[0];
    }

    /// With a partition of its own each epoch, the modified loss takes the gradients of single examples. Its field is
    /// the mean over all partitions of four examples into two batches.
    @Test
    void shufflingMeansOverPartitions() {
        double eta = 0.1;
        int[][] partitions = {{0, 1, 2, 3}, {0, 2, 1, 3}, {0, 3, 1, 2}};
        Dataset four = picked(partitions[0]);
        TrainSpec shuffle =
                Fixture.sampling(spec(eta, flow("modified-flow", "sgd"), Sampling.SHUFFLE), Sampling.SHUFFLE, 0, 2);
        TrainSpec reorder = Fixture.sampling(shuffle, Sampling.REORDER, 0, 2);
        Net net = Training.net(shuffle);
        try (PointerScope _ = new PointerScope()) {
            Tensor point = Start.of(shuffle).tensor(Precision.F64);
            double[] mean = new double[Math.toIntExact(net.size())];
            for (int[] partition : partitions) {
                Flow flow = new Flow(reorder, net, picked(partition).train());
                double[] field = Torch.doubles(flow.field(point, eta, 0.03));
                for (int i = 0; i < mean.length; i++) mean[i] += field[i] / 3;
            }
            double[] field = Torch.doubles(new Flow(shuffle, net, four.train()).field(point, eta, 0.03));
            NetTest.assertClose(mean, field, 1e-13);
        }
    }

    private static Dataset picked(int[] which) {
        float[] inputs = new float[6 * which.length];
        byte[] labels = new byte[which.length];
        for (int i = 0; i < which.length; i++) {
            System.arraycopy(DATA.train().inputs(), 6 * which[i], inputs, 6 * i, 6);
            labels[i] = DATA.train().labels()[which[i]];
        }
        Examples examples = new Examples(inputs, labels);
        return new Dataset("picked", List.of(6), 3, examples, examples, Fixture.files(which.length));
    }

    /// The field of the modified loss, weight decay included, against differences of that loss.
    @ParameterizedTest
    @CsvSource({"gd, IID", "sgd, REORDER", "sgd, SHUFFLE"})
    void theFieldIsTheGradientOfTheModifiedLoss(String of, Sampling sampling) {
        double eta = 0.2;
        double lambda = 0.05;
        TrainSpec spec = spec(eta, flow("modified-flow", of), sampling);
        Net net = Training.net(spec);
        double[] w = Start.of(spec).theta()[0];
        double c = sampling == Sampling.SHUFFLE ? 12.0 / (4 * 15) : 1;
        int size = of.equals("gd") ? 16 : sampling == Sampling.SHUFFLE ? 1 : SIZE;
        double[] field;
        try (PointerScope _ = new PointerScope()) {
            Flow flow = new Flow(spec, net, DATA.train());
            field = Torch.doubles(flow.field(Torch.of(Precision.F64, w, 1, w.length), eta, lambda));
        }
        for (int i = 0; i < w.length; i += 7) {
            double h = 1e-5;
            double[] up = w.clone();
            double[] down = w.clone();
            up[i] += h;
            down[i] -= h;
            double slope =
                    (modified(net, up, eta, lambda, c, size) - modified(net, down, eta, lambda, c, size)) / (2 * h);
            assertEquals(-slope, field[i], 1e-8, "weight " + i);
        }
    }

    /// L + (eta/4) ((1 - c) |grad L|^2 + c mean |grad L_k|^2) with groups of `size` examples.
    private static double modified(Net net, double[] w, double eta, double lambda, double c, int size) {
        try (PointerScope _ = new PointerScope()) {
            Tensor theta = Torch.of(Precision.F64, w, 1, w.length);
            int groups = DATA.train().count() / size;
            double loss = 0;
            double squares = 0;
            double[] full = new double[w.length];
            for (int k = 0; k < groups; k++) {
                Tensor x = DataTensors.chunk(net, 1, DATA.train(), k * size, size);
                Tensor y = DataTensors.labels(DATA.train(), k * size, size).unsqueeze(0);
                loss += Torch.doubles(net.loss(theta, x, y))[0] / groups;
                double[] g = Torch.doubles(net.gradient(theta, x, y));
                for (int i = 0; i < w.length; i++) {
                    g[i] += lambda * w[i];
                    full[i] += g[i] / groups;
                    squares += g[i] * g[i] / groups;
                }
            }
            double w2 = 0;
            double g2 = 0;
            for (int i = 0; i < w.length; i++) {
                w2 += w[i] * w[i];
                g2 += full[i] * full[i];
            }
            return loss + lambda * w2 / 2 + eta / 4 * ((1 - c) * g2 + c * squares);
        }
    }
}
