package ornstein.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
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
import org.junit.jupiter.params.provider.ValueSource;
import ornstein.train.data.Dataset;

/// Algorithms as the trainer runs them, against libtorch's own optimisers and by hand.
class OptimisersTest {
    @TempDir
    private Path folder;

    private static Optimiser optimiser(String method, Object... numbers) {
        Map<String, Double> map = new HashMap<>();
        for (int i = 0; i < numbers.length; i += 2) {
            map.put((String) numbers[i], ((Number) numbers[i + 1]).doubleValue());
        }
        return new Optimiser(method, map, Optional.empty());
    }

    /// What is expected of a training counts the examples of a step: those of the batch, or all.
    @Test
    void theExpectedWorkIsThatOfTheMethod() {
        TrainSpec sgd = Fixture.spec(Fixture.TINY);
        assertEquals(sgd.seconds(1000), sgd.seconds(100_000));
        double before = 0;
        for (String method : List.of("sgd", "gd", "gradient-flow", "modified-flow")) {
            TrainSpec spec = Fixture.optimiser(sgd, optimiser(method));
            assertTrue(spec.seconds(100_000) > before, method);
            before = spec.seconds(100_000);
            if (!method.equals("sgd")) assertTrue(before > 1.5 * spec.seconds(1000), method);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"adam", "adamw", "rmsprop"})
    void updatesAreThoseOfLibtorchsOptimisers(String method) {
        Dataset data = Fixture.data(List.of(6), 50);
        TrainSpec spec = Fixture.optimiser(
                Fixture.rates(Fixture.spec(Fixture.MIXED), Schedule.constant(0.02), Schedule.constant(0.05), 0),
                optimiser(method));
        spec = Fixture.probing(spec, 40, spec.probes().withSnapshots(List.of(40L)))
                .withReplicas(5, 1);
        double[] ours =
                Training.run(spec, data, folder, Watch.NONE).snapshot(40).theta()[0];
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
        double[][] ours =
                Training.run(spec, data, folder, Watch.NONE).snapshot(5).theta();
        try (PointerScope _ = new PointerScope()) {
            Net net = Training.net(spec);
            Batches batches = new Batches(spec, data.train());
            double[][] w = Start.of(spec).theta().clone();
            for (int r = 0; r < w.length; r++) w[r] = w[r].clone();
            double[][] v = new double[w.length][w[0].length];
            for (int k = 0; k < 5; k++) {
                batches.draw(k);
                double[] flat = Stream.of(w).flatMapToDouble(Arrays::stream).toArray();
                double[] g = Torch.doubles(
                        net.gradient(Torch.of(Precision.F64, flat, w.length, w[0].length), batches.x(), batches.y()));
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
