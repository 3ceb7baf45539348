package ornstein.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.RMSprop;
import org.bytedeco.pytorch.RMSpropOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import ornstein.kernel.Backend;
import ornstein.kernel.Block;
import ornstein.kernel.Kernel;
import ornstein.method.Methods;
import ornstein.method.Sampling;
import ornstein.method.Settings;
import ornstein.method.Step;
import ornstein.method.StepMethod;
import ornstein.model.Catalog;
import ornstein.model.Model;
import ornstein.random.Normals;
import ornstein.train.data.Dataset;
import ornstein.train.data.Examples;

/// Every algorithm as the trainer runs it: against compiled steps on the same problem, and against libtorch's own
/// optimisers.
class OptimisersTest {
    private static final int STEPS = 100;
    private static final int REPLICAS = 3;
    private static final Dataset DATA = two(10);

    @TempDir
    private Path folder;

    record Case(Optimiser optimiser, Sampling sampling, double lambda, String loss) {}

    private static Optimiser optimiser(String method, Object... numbers) {
        Map<String, Double> map = new java.util.HashMap<>();
        for (int i = 0; i < numbers.length; i += 2) {
            map.put((String) numbers[i], ((Number) numbers[i + 1]).doubleValue());
        }
        return new Optimiser(method, map, Optional.empty());
    }

    static Stream<Case> cases() {
        List<Optimiser> all = new ArrayList<>();
        for (String name : Optimiser.names()) {
            if (Methods.all().stream().anyMatch(m -> m.name().equals(name)) && !name.endsWith("flow")) {
                all.add(optimiser(name));
            }
        }
        all.addAll(List.of(
                optimiser("momentum", "beta", 0.7, "dampening", 0.7),
                optimiser("momentum", "beta", 0.7, "decoupled", 1),
                optimiser("n-step-sgd", "repeat", 3),
                optimiser("local-sgd", "workers", 3, "local", 7),
                optimiser("adam", "beta1", 0, "beta2", 0.9, "eps", 0.1, "inside", 1),
                optimiser("rmsprop", "beta2", 0.8, "decoupled", 1, "inside", 1, "eps", 0.01),
                optimiser("lars", "beta", 0.5, "decoupled", 1),
                optimiser("svag", "amplification", 2.5)));
        List<Case> cases = new ArrayList<>();
        for (Optimiser o : all) {
            boolean batches = !o.method().equals("gd") && !o.method().equals("ngd");
            cases.add(new Case(o, Sampling.IID, 0.02, "squares"));
            cases.add(new Case(o, batches ? Sampling.REORDER : Sampling.IID, 0, "cross-entropy"));
        }
        for (Sampling sampling : List.of(Sampling.FIXED, Sampling.REVERSED)) {
            cases.add(new Case(optimiser("sgd"), sampling, 0.01, "squares"));
            cases.add(new Case(optimiser("svag"), sampling, 0.01, "squares"));
        }
        return cases.stream();
    }

    private TrainSpec spec(Case c) {
        String network = "input: [2]\nclasses: 2\nloss: " + c.loss() + "\nlayers: [{linear: 2}]";
        TrainSpec spec = Fixture.rates(
                Fixture.spec(network), Schedule.constant(0.05), Schedule.constant(c.lambda()), 0);
        spec = Fixture.sampling(Fixture.optimiser(spec, c.optimiser()), c.sampling(), 0, 3);
        return Fixture.probing(
                spec, STEPS, ProbePlan.predictions(List.of()).withSnapshots(List.of((long) STEPS)));
    }

    /// The same loss as a model: two classes, two inputs, weights w00 w01 w10 w11.
    private Model model(Case c, double[] start) throws IOException {
        Examples examples = DATA.train();
        StringBuilder x = new StringBuilder();
        StringBuilder y = new StringBuilder();
        StringBuilder t = new StringBuilder();
        for (int i = 0; i < examples.count(); i++) {
            String comma = i == 0 ? "" : ", ";
            x.append(comma).append((double) examples.inputs()[2 * i]);
            y.append(comma).append((double) examples.inputs()[2 * i + 1]);
            t.append(comma).append(examples.labels()[i]);
        }
        String p = "(a*x + b*y)";
        String q = "(c*x + d*y)";
        String loss = c.loss().equals("squares")
                ? "((" + p + " - 1 + k)^2 + (" + q + " - k)^2)/2"
                : "log(exp(" + p + ") + exp(" + q + ")) - (1 - k)*" + p + " - k*" + q;
        Path file = folder.resolve("model.yaml");
        Files.writeString(
                file,
                "kind: loss\nname: same\nstate: [a, b, c, d]\ndata: {x: [" + x + "], y: [" + y + "], k: [" + t
                        + "]}\nloss: " + loss + "\nstart: " + java.util.Arrays.toString(start) + "\n");
        return Catalog.installed().model(file.toString(), Map.of());
    }

    /// Two normal inputs; the label is that of a half-plane, with exceptions.
    private static Dataset two(int count) {
        float[] inputs = new float[2 * count];
        Normals.fill(5, 0, 0, 70, inputs);
        byte[] labels = new byte[count];
        for (int i = 0; i < count; i++) {
            labels[i] = (byte) (inputs[2 * i] + inputs[2 * i + 1] > 0 == (i % 4 > 0) ? 1 : 0);
        }
        Examples examples = new Examples(inputs, labels);
        return new Dataset("two", List.of(2), 2, examples, examples, Fixture.files(count));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void trainerAndCompiledStepsAgree(Case c) throws IOException {
        TrainSpec spec = spec(c);
        double[][] trained = Training.run(spec, DATA, folder.resolve("run"), Watch.NONE)
                .snapshot(STEPS)
                .theta();
        Model model = model(c, Start.of(spec).theta()[0]);
        Settings settings = Settings.of(0.05).with(c.sampling());
        for (var number : c.optimiser().numbers().entrySet()) {
            settings = settings.with(number.getKey(), number.getValue());
        }
        if (!c.optimiser().method().equals("gd")) settings = settings.with("batch", 3);
        if (c.lambda() > 0) settings = settings.with("lambda", c.lambda());
        Step step = ((StepMethod) Methods.named(c.optimiser().method())).step(model, settings);
        Kernel kernel = Kernel.of(step, ornstein.kernel.Precision.F64, Backend.VECTOR);
        Block block = kernel.newBlock(REPLICAS);
        block.reset(spec.seed(), spec.firstReplica(), REPLICAS);
        kernel.start(block, model.start());
        double first = block.get(0, 0);
        kernel.advance(block, 0, STEPS);
        for (int r = 0; r < REPLICAS; r++) {
            for (int i = 0; i < 4; i++) assertEquals(block.get(i, r), trained[r][i], 1e-12, c + " weight " + i);
        }
        assertTrue(Math.abs(first - block.get(0, 0)) > 1e-3, "it moves");
    }

    @ParameterizedTest
    @ValueSource(strings = {"adam", "adamw", "rmsprop"})
    void updatesAreThoseOfLibtorchsOptimisers(String method) {
        Dataset data = Fixture.data(List.of(6), 50);
        TrainSpec spec = Fixture.optimiser(
                Fixture.rates(Fixture.spec(Fixture.MIXED), Schedule.constant(0.02), Schedule.constant(0.05), 0),
                optimiser(method));
        spec = Fixture.probing(spec, 40, spec.probes().withSnapshots(List.of(40L))).withReplicas(5, 1);
        double[] ours = Training.run(spec, data, folder, Watch.NONE).snapshot(40).theta()[0];
        try (PointerScope _ = new PointerScope()) {
            Net net = Training.net(spec);
            Batches batches = new Batches(spec, data.train());
            Tensor w = Start.of(spec).tensor(Precision.F64).requires_grad_(true);
            Optimizer optimizer = theirs(method, new TensorVector(w));
            for (int k = 0; k < 40; k++) {
                batches.draw(k);
                optimizer.zero_grad();
                net.loss(w, batches.x(), batches.y()).sum().backward();
                optimizer.step();
            }
            NetTest.assertClose(Torch.doubles(w), ours, 1e-12);
        }
    }

    private static Optimizer theirs(String method, TensorVector weights) {
        switch (method) {
            case "adam" -> {
                AdamOptions options = new AdamOptions(0.02);
                options.weight_decay().put(0.05);
                return new Adam(weights, options);
            }
            case "adamw" -> {
                AdamWOptions options = new AdamWOptions(0.02);
                options.weight_decay().put(0.05);
                return new AdamW(weights, options);
            }
            default -> {
                RMSpropOptions options = new RMSpropOptions(0.02);
                options.weight_decay().put(0.05);
                return new RMSprop(weights, options);
            }
        }
    }

    /// By every layer of a replica: the ratio of the lengths of weights and gradient, 1 for weights of length 0.
    @Test
    void larsTakesTheLengthsOfLayers() {
        Dataset data = Fixture.data(List.of(6), 50);
        double eta = 0.03;
        double lambda = 0.04;
        TrainSpec spec = Fixture.optimiser(
                Fixture.rates(Fixture.spec(Fixture.MIXED), Schedule.constant(eta), Schedule.constant(lambda), 0),
                optimiser("lars", "beta", 0.5));
        spec = Fixture.probing(spec, 5, ProbePlan.predictions(List.of()).withSnapshots(List.of(5L)));
        double[][] ours = Training.run(spec, data, folder, Watch.NONE).snapshot(5).theta();
        try (PointerScope _ = new PointerScope()) {
            Net net = Training.net(spec);
            Batches batches = new Batches(spec, data.train());
            double[][] w = Start.of(spec).theta().clone();
            for (int r = 0; r < w.length; r++) w[r] = w[r].clone();
            double[][] v = new double[w.length][w[0].length];
            for (int k = 0; k < 5; k++) {
                batches.draw(k);
                double[] flat = java.util.stream.Stream.of(w)
                        .flatMapToDouble(java.util.Arrays::stream)
                        .toArray();
                double[] g = Torch.doubles(net.gradient(
                        Torch.of(Precision.F64, flat, w.length, w[0].length), batches.x(), batches.y()));
                for (int r = 0; r < w.length; r++) {
                    for (Slot slot : net.layout().slots()) {
                        int from = (int) slot.from();
                        int to = (int) (from + slot.size());
                        double w2 = 0;
                        double g2 = 0;
                        for (int i = from; i < to; i++) {
                            w2 += w[r][i] * w[r][i];
                            g2 += g[r * w[r].length + i] * g[r * w[r].length + i];
                        }
                        double below = Math.sqrt(g2) + lambda * Math.sqrt(w2);
                        double ratio = w2 > 0 && below > 0 ? Math.sqrt(w2) / below : 1;
                        for (int i = from; i < to; i++) {
                            v[r][i] = 0.5 * v[r][i] + ratio * (g[r * w[r].length + i] + lambda * w[r][i]);
                            w[r][i] -= eta * v[r][i];
                        }
                    }
                }
            }
            for (int r = 0; r < w.length; r++) NetTest.assertClose(w[r], ours[r], 1e-13);
        }
    }
}
