package ornstein.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ornstein.method.Sampling;
import ornstein.spec.UserError;
import ornstein.train.data.Dataset;

/// The training loop against libtorch's optimisers, exact identities, and its own promises on replicas.
class TrainingTest {
    private static final Dataset DATA = Fixture.data(List.of(6), 50);

    @TempDir
    private Path folder;

    private Outcome run(TrainSpec spec, Dataset data, String name) {
        return Training.run(spec, data, folder.resolve(name), Watch.NONE);
    }

    private double[][] theta(TrainSpec spec, String name) {
        return run(Fixture.probing(spec, spec.steps(), spec.probes().withSnapshots(List.of(spec.steps()))), DATA, name)
                .snapshot(spec.steps())
                .theta();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.9})
    void updatesAreThoseOfLibtorchsOptimiser(double momentum) {
        for (String network : List.of(Fixture.TINY, Fixture.MIXED)) {
            TrainSpec spec = Fixture.rates(
                            Fixture.spec(network), Schedule.constant(0.05), Schedule.constant(0.02), momentum)
                    .withReplicas(5, 1);
            double[] ours = theta(spec, "ours" + network.hashCode())[0];
            try (PointerScope _ = new PointerScope()) {
                Snapshot start = Start.of(spec);
                Net net = Training.net(spec);
                Batches batches = new Batches(spec, DATA.train());
                Tensor w = start.tensor(Precision.F64).requires_grad_(true);
                SGDOptions options = new SGDOptions(0.05);
                options.momentum().put(momentum);
                options.weight_decay().put(0.02);
                SGD sgd = new SGD(new TensorVector(w), options);
                for (int k = 0; k < spec.steps(); k++) {
                    batches.draw(k);
                    sgd.zero_grad();
                    net.loss(w, batches.x(), batches.y()).sum().backward();
                    sgd.step();
                }
                double[] theirs = Torch.doubles(w);
                NetTest.assertClose(theirs, ours, 1e-13);
                assertTrue(Math.abs(theirs[0] - start.theta()[0][0]) > 1e-3);
            }
        }
    }

    /// (eta, lambda, w0) -> (4 eta, lambda/4, 2 w0), eps 0: the same functions to the last bit, weights doubled.
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5})
    void equalIntrinsicRatesAreExactlyTheSame(double momentum) {
        Dataset images = Fixture.data(List.of(1, 6, 6), 50);
        for (String network : List.of(Fixture.TINY, Fixture.CONVOLUTIONS)) {
            Dataset data = network.equals(Fixture.TINY) ? DATA : images;
            ProbePlan plan = ProbePlan.predictions(Fixture.steps(20, 40))
                    .withLogits()
                    .withGroups()
                    .withSnapshots(Fixture.steps(40));
            TrainSpec base = Fixture.probing(Fixture.spec(network), 40, plan);
            TrainSpec one = Fixture.rates(base, Schedule.constant(0.2), Schedule.constant(0.04), momentum)
                    .withInit(new Init.Shared(1, new Scale.Absolute(1.25)));
            TrainSpec other = Fixture.rates(base, Schedule.constant(0.8), Schedule.constant(0.01), momentum)
                    .withInit(new Init.Shared(1, new Scale.Absolute(2.5)));
            String name = "h4-" + network.hashCode();
            Outcome a = run(one, data, name + "a");
            Outcome b = run(other, data, name + "b");
            for (int r = 0; r < 3; r++) {
                double[] w = a.snapshot(40).theta()[r];
                double[] v = b.snapshot(40).theta()[r];
                for (int i = 0; i < w.length; i++) {
                    assertEquals(2 * w[i], v[i], 0.0);
                }
                for (int p = 0; p < 2; p++) {
                    assertArrayEquals(
                            present(a.probes().get(p).logits(r)),
                            present(b.probes().get(p).logits(r)));
                    assertEquals(a.probes().get(p).clock(r), b.probes().get(p).clock(r), 0.0);
                    assertEquals(
                            2 * a.probes().get(p).norm(r), b.probes().get(p).norm(r), 0.0);
                }
            }
            assertTrue(a.probes().getLast().clock(0) > 0.01);
        }
    }

    private static float[] present(float @Nullable [] values) {
        assertNotNull(values);
        return values;
    }

    @ParameterizedTest
    @ValueSource(strings = {Fixture.TINY, Fixture.MIXED})
    void replicaInAGroupIsTheReplicaAlone(String network) {
        TrainSpec spec = Fixture.sampling(Fixture.spec(network), Sampling.SHUFFLE, 0.2, 4);
        double[][] group = theta(spec, "group");
        for (int r = 0; r < 3; r++) {
            NetTest.assertClose(theta(spec.withReplicas(r, 1), "alone" + r)[0], group[r], 1e-12);
        }
        assertTrue(Math.abs(group[0][0] - group[1][0]) > 1e-6);
    }

    @Test
    void threadsDoNotChangeTheNumbers() throws InterruptedException {
        TrainSpec spec = Fixture.precision(Fixture.spec(Fixture.MIXED), Precision.F32);
        double[][] expected = theta(spec, "main");
        List<double[][]> found = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String name = "thread" + i;
            threads.add(Thread.ofPlatform().start(() -> found.add(theta(spec, name))));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(3, found.size());
        for (double[][] theta : found) {
            for (int r = 0; r < 3; r++) {
                assertArrayEquals(expected[r], theta[r]);
            }
        }
    }

    @Test
    void singlePrecisionFollowsDouble() {
        TrainSpec spec = Fixture.spec(Fixture.TINY);
        double[] wide = theta(spec, "f64")[1];
        NetTest.assertClose(wide, theta(Fixture.precision(spec, Precision.F32), "f32")[1], 2e-5);
    }

    @Test
    void schedulesAreFollowedStepByStep() {
        Schedule eta = new Schedule(List.of(new Schedule.Piece(0, 0.2), new Schedule.Piece(7, 0.02)));
        Schedule lambda = new Schedule(List.of(new Schedule.Piece(0, 0), new Schedule.Piece(11, 0.5)));
        TrainSpec spec = Fixture.rates(Fixture.spec(Fixture.TINY), eta, lambda, 0);
        TrainSpec logged =
                Fixture.probing(spec, 20, ProbePlan.predictions(List.of()).withEveryStep());
        Outcome outcome = run(logged, DATA, "schedule");
        double[][] log = outcome.everyStep(1, 3);
        for (int k = 0; k + 1 < 20; k++) {
            double e = k < 7 ? 0.2 : 0.02;
            double shrink = 1 - e * (k < 11 ? 0 : 0.5);
            assertEquals(
                    shrink * shrink * log[0][k] + e * e * log[1][k], log[0][k + 1], 1e-13 * log[0][k], "step " + k);
        }
    }

    @Test
    void plainNetworksHaveNoClockButTrain() {
        TrainSpec spec = Fixture.probing(
                Fixture.spec("input: [6]\nclasses: 3\nlayers: [{linear: 3, bias: true}]"),
                40,
                ProbePlan.predictions(Fixture.steps(0, 40)).withTraining().withGroups());
        Outcome outcome = run(spec, DATA, "plain");
        assertTrue(Double.isNaN(outcome.probes().getLast().clock(0)));
        assertTrue(outcome.finite(0));
        double first = outcome.probes().getFirst().trainingLoss(0);
        assertTrue(outcome.probes().getLast().trainingLoss(0) < first);
        assertThrows(UserError.class, () -> Start.of(spec.withInit(new Init.Shared(0, new Scale.Factor(2)))));
    }

    @Test
    void specsThatDoNotFitTheDataAreRefused() {
        TrainSpec spec = Fixture.spec(Fixture.TINY);
        assertThrows(UserError.class, () -> run(spec, Fixture.data(List.of(7), 30), "shape"));
        TrainSpec large = Fixture.sampling(spec, Sampling.SHUFFLE, 0, 51);
        assertThrows(UserError.class, () -> run(large, DATA, "batch"));
    }
}
