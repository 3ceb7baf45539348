package ornstein.train;

import java.util.ArrayList;
import java.util.List;
import ornstein.method.Sampling;
import ornstein.random.Normals;
import ornstein.random.Philox;
import ornstein.spec.Yaml;
import ornstein.train.data.DataFile;
import ornstein.train.data.DataSpec;
import ornstein.train.data.Dataset;
import ornstein.train.data.Examples;

/// Small networks, data and specs for tests.
final class Fixture {
    static final String TINY =
            "input: [6]\nclasses: 3\nlayers: [{linear: 8, norm: weight}, relu, {linear: 3, fixed: true}]";
    static final String MIXED = "input: [6]\nclasses: 3\nlayers: [{linear: 5, norm: batch, eps: 0, affine: true}, tanh,"
            + " {linear: 4, norm: weight}, relu, {linear: 3, bias: true}]";
    static final String CONVOLUTIONS = "input: [1, 6, 6]\nclasses: 3\nlayers: [{conv: 4, norm: batch, eps: 0}, relu,"
            + " {conv: 4, stride: 2, norm: group, groups: 2, eps: 0}, relu, global-pool, {linear: 3, fixed: true}]";

    private Fixture() {}

    static NetworkSpec network(String text) {
        return NetworkReader.read(Yaml.tree("test", "kind: network\nname: test\n" + text));
    }

    /// Normal inputs; the label is the largest of the first three.
    static Dataset data(List<Integer> shape, int count) {
        return new Dataset("test", shape, 3, examples(shape, count, 0), examples(shape, 20, 1_000_000), files(count));
    }

    static List<DataFile> files(int count) {
        return List.of(new DataFile("test", "made", count, "checksum of " + count));
    }

    static Examples examples(List<Integer> shape, int count, long firstPath) {
        int width = shape.stream().reduce(1, (a, b) -> a * b);
        float[] inputs = new float[count * width];
        byte[] labels = new byte[count];
        float[] x = new float[width];
        for (int i = 0; i < count; i++) {
            Normals.fill(17, firstPath + i, 0, 70, x);
            System.arraycopy(x, 0, inputs, i * width, width);
            labels[i] = (byte) (x[0] > x[1] ? x[0] > x[2] ? 0 : 2 : x[1] > x[2] ? 1 : 2);
            if (Philox.word(17, firstPath + i, 0, 71) < 0 && i % 3 == 0) {
                labels[i] = (byte) ((labels[i] + 1) % 3);
            }
        }
        return new Examples(inputs, labels);
    }

    /// Plain SGD in double precision: eta 0.2, lambda 0.05, batch 4, three replicas, 40 steps, two probes.
    static TrainSpec spec(String network) {
        return new TrainSpec(
                network(network),
                Precision.F64,
                DataSpec.of("synthetic"),
                Schedule.constant(0.2),
                Schedule.constant(0.05),
                0,
                4,
                Sampling.IID,
                0,
                new Init.Shared(0, Scale.NATURAL),
                3,
                0,
                3,
                40,
                ProbePlan.predictions(List.of(20L, 40L)));
    }

    static TrainSpec rates(TrainSpec s, Schedule eta, Schedule lambda, double momentum) {
        return new TrainSpec(
                s.network(),
                s.precision(),
                s.data(),
                eta,
                lambda,
                momentum,
                s.batch(),
                s.sampling(),
                s.labelNoise(),
                s.init(),
                s.seed(),
                s.firstReplica(),
                s.replicas(),
                s.steps(),
                s.probes());
    }

    static TrainSpec optimiser(TrainSpec s, Optimiser optimiser) {
        return new TrainSpec(
                s.network(),
                s.precision(),
                s.data(),
                s.eta(),
                s.lambda(),
                optimiser,
                s.batch(),
                s.sampling(),
                s.labelNoise(),
                s.init(),
                s.seed(),
                s.firstReplica(),
                s.replicas(),
                s.steps(),
                s.probes());
    }

    static TrainSpec sampling(TrainSpec s, Sampling sampling, double labelNoise, int batch) {
        return new TrainSpec(
                s.network(),
                s.precision(),
                s.data(),
                s.eta(),
                s.lambda(),
                s.optimiser(),
                batch,
                sampling,
                labelNoise,
                s.init(),
                s.seed(),
                s.firstReplica(),
                s.replicas(),
                s.steps(),
                s.probes());
    }

    static TrainSpec probing(TrainSpec s, long steps, ProbePlan probes) {
        return new TrainSpec(
                s.network(),
                s.precision(),
                s.data(),
                s.eta(),
                s.lambda(),
                s.optimiser(),
                s.batch(),
                s.sampling(),
                s.labelNoise(),
                s.init(),
                s.seed(),
                s.firstReplica(),
                s.replicas(),
                steps,
                probes);
    }

    static TrainSpec precision(TrainSpec s, Precision precision) {
        return new TrainSpec(
                s.network(),
                precision,
                s.data(),
                s.eta(),
                s.lambda(),
                s.optimiser(),
                s.batch(),
                s.sampling(),
                s.labelNoise(),
                s.init(),
                s.seed(),
                s.firstReplica(),
                s.replicas(),
                s.steps(),
                s.probes());
    }

    static List<Long> steps(long... steps) {
        List<Long> list = new ArrayList<>();
        for (long step : steps) {
            list.add(step);
        }
        return list;
    }
}
