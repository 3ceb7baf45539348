package ornstein.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
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
import ornstein.train.Init;
import ornstein.train.Layer;
import ornstein.train.Loss;
import ornstein.train.NetworkSpec;
import ornstein.train.Norm;
import ornstein.train.Optimiser;
import ornstein.train.Outcome;
import ornstein.train.Precision;
import ornstein.train.ProbePlan;
import ornstein.train.Scale;
import ornstein.train.Schedule;
import ornstein.train.TrainSpec;
import ornstein.train.Training;
import ornstein.train.Watch;
import ornstein.train.data.DataFile;
import ornstein.train.data.DataSpec;
import ornstein.train.data.Dataset;
import ornstein.train.data.Examples;

/// Every algorithm in training and as a compiled step, on the same problem with the same noise.
class AlgorithmsTest {
    private static final int STEPS = 100;
    private static final int REPLICAS = 3;

    @TempDir
    private Path folder;

    private static Optimiser optimiser(String method, Object... numbers) {
        Map<String, Double> map = new HashMap<>();
        for (int i = 0; i < numbers.length; i += 2) {
            map.put((String) numbers[i], ((Number) numbers[i + 1]).doubleValue());
        }
        return new Optimiser(method, map, Optional.empty());
    }

    record Case(Optimiser optimiser, Sampling sampling, double lambda, Loss loss, int examples) {
        Case(Optimiser optimiser, Sampling sampling, double lambda, Loss loss) {
            this(optimiser, sampling, lambda, loss, 10);
        }
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
            cases.add(new Case(o, Sampling.IID, 0.02, Loss.SQUARES));
            cases.add(new Case(o, batches ? Sampling.REORDER : Sampling.IID, 0, Loss.CROSS_ENTROPY));
        }
        for (Sampling sampling : List.of(Sampling.FIXED, Sampling.REVERSED)) {
            cases.add(new Case(optimiser("sgd"), sampling, 0.01, Loss.SQUARES));
            cases.add(new Case(optimiser("svag"), sampling, 0.01, Loss.SQUARES));
        }
        // up to 12 examples a permutation is unranked, above it is drawn element by element
        for (int examples : new int[] {10, 14}) {
            cases.add(new Case(optimiser("sgd"), Sampling.SHUFFLE, 0.01, Loss.SQUARES, examples));
            cases.add(new Case(optimiser("svag"), Sampling.SHUFFLE, 0, Loss.CROSS_ENTROPY, examples));
        }
        return cases.stream();
    }

    private static TrainSpec spec(Case c) {
        Layer layer = new Layer.Linear(2, Norm.NONE, false, false);
        ProbePlan plan = ProbePlan.predictions(List.of()).withSnapshots(List.of(0L, (long) STEPS));
        return new TrainSpec(
                new NetworkSpec("same", List.of(2), 2, c.loss(), List.of(layer)),
                Precision.F64,
                DataSpec.of("synthetic"),
                Schedule.constant(0.05),
                Schedule.constant(c.lambda()),
                c.optimiser(),
                3,
                c.sampling(),
                0,
                new Init.Shared(0, Scale.NATURAL),
                3,
                7,
                REPLICAS,
                STEPS,
                plan);
    }

    /// The same loss as a model: two classes, two inputs, weights w00 w01 w10 w11.
    private Model model(Case c, double[] start) throws IOException {
        Examples examples = two(c.examples()).train();
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
        String loss = c.loss() == Loss.SQUARES
                ? "((" + p + " - 1 + k)^2 + (" + q + " - k)^2)/2"
                : "log(exp(" + p + ") + exp(" + q + ")) - (1 - k)*" + p + " - k*" + q;
        Path file = folder.resolve("model.yaml");
        Files.writeString(
                file,
                "kind: loss\nname: same\nstate: [a, b, c, d]\ndata: {x: [" + x + "], y: [" + y + "], k: [" + t
                        + "]}\nloss: " + loss + "\nstart: " + Arrays.toString(start) + "\n");
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
        return new Dataset(
                "two", List.of(2), 2, examples, examples, List.of(new DataFile("two", "made", count, "checksum")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void trainerAndCompiledStepsAgree(Case c) throws IOException {
        TrainSpec spec = spec(c);
        Outcome outcome = Training.run(spec, two(c.examples()), folder.resolve("run"), Watch.NONE);
        double[][] trained = outcome.snapshot(STEPS).theta();
        Model model = model(c, outcome.snapshot(0).theta()[0]);
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
}
