package ornstein.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import ornstein.train.data.Examples;

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

    /// The sums per group are those of the log; with the norm at the probe they telescope: the exact norm recursion.
    @Test
    void groupSumsAndClockAreThoseOfTheLog() {
        double eta = 0.2;
        double lambda = 0.05;
        TrainSpec spec = Fixture.probing(
                Fixture.spec(Fixture.TINY),
                60,
                ProbePlan.predictions(Fixture.steps(0, 25, 60)).withGroups().withEveryStep());
        Outcome outcome = run(spec, DATA, "sums");
        for (int r = 0; r < 3; r++) {
            double clock = 0;
            for (int k = 25; k < 60; k++) {
                double norm = 0;
                double gradient = 0;
                for (int j = 0; j < 8; j++) {
                    norm += outcome.everyStep(r, j)[0][k];
                    gradient += outcome.everyStep(r, j)[1][k];
                }
                clock += 0.5 * eta * eta * gradient / norm;
            }
            double between =
                    outcome.probes().get(2).clock(r) - outcome.probes().get(1).clock(r);
            assertEquals(clock, between, 1e-13);
            for (int j = 0; j < 8; j++) {
                double[][] log = outcome.everyStep(r, j);
                GroupSums before = sums(outcome, 1);
                GroupSums sums = sums(outcome, 2);
                assertEquals(35, sums.steps());
                double norm = 0;
                double gradient = 0;
                double step = 0;
                double ratio = 0;
                double rotation = 0;
                long zero = 0;
                for (int k = 25; k < 60; k++) {
                    norm += log[0][k];
                    gradient += log[1][k];
                    step += eta * eta * log[1][k] / log[0][k];
                    ratio += log[1][k] > 0 ? log[0][k] / log[1][k] : 0;
                    zero += log[1][k] == 0 ? 1 : 0;
                    double tangent = eta * Math.sqrt(log[1][k] / log[0][k]) / (1 - eta * lambda);
                    rotation += Math.pow(Math.atan(tangent), 2);
                }
                assertEquals(norm, sums.sumNorm2(r, j), 1e-12 * norm);
                assertEquals(gradient, sums.sumGradient2(r, j), 1e-12 * gradient);
                assertEquals(step, sums.sumStep2(r, j), 1e-12 * step);
                assertEquals(ratio, sums.sumRatio2(r, j), 1e-12 * ratio);
                assertEquals(zero, sums.zeroGradients(r, j));
                assertEquals(rotation, sums.sumRotation2(r, j), 1e-10 * rotation);
                double shrink = (1 - eta * lambda) * (1 - eta * lambda);
                double balance = (shrink - 1) * sums.sumNorm2(r, j) + eta * eta * sums.sumGradient2(r, j);
                assertEquals(sums.norm2(r, j) - before.norm2(r, j), balance, 1e-12);
            }
        }
    }

    private static GroupSums sums(Outcome outcome, int probe) {
        GroupSums sums = outcome.probes().get(probe).groups();
        assertNotNull(sums);
        return sums;
    }

    /// One example is not a number. The replicas that draw it stop at that very step, the others never notice.
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.9})
    void divergedReplicasAreMaskedAndReported(double momentum) {
        float[] inputs = DATA.train().inputs().clone();
        inputs[6 * 13] = Float.NaN;
        Examples poisoned = new Examples(inputs, DATA.train().labels());
        Dataset bad = new Dataset("test", List.of(6), 3, poisoned, DATA.heldOut(), Fixture.files(51));
        TrainSpec spec = Fixture.probing(
                        Fixture.rates(
                                Fixture.spec(Fixture.TINY), Schedule.constant(0.1), Schedule.constant(0.05), momentum),
                        12,
                        ProbePlan.predictions(Fixture.steps(0, 12)).withGroups().withSnapshots(Fixture.steps(12)))
                .withReplicas(0, 6);
        long[] firstDraw = new long[6];
        try (PointerScope _ = new PointerScope()) {
            Batches batches = new Batches(spec, DATA.train());
            for (int r = 0; r < 6; r++) {
                firstDraw[r] = -1;
                for (int k = 11; k >= 0; k--) {
                    for (int i : batches.examples(r, k)) {
                        firstDraw[r] = i == 13 ? k : firstDraw[r];
                    }
                }
            }
        }
        Outcome clean = run(spec, DATA, "clean");
        Outcome outcome = run(spec, bad, "bad");
        int count = 0;
        for (int r = 0; r < 6; r++) {
            Probe probe = outcome.probes().getLast();
            byte[] predictions = probe.predictions(r);
            assertNotNull(predictions);
            if (firstDraw[r] >= 0) {
                count++;
                assertTrue(
                        outcome.diverged().contains(new Divergence(r, firstDraw[r], 3)),
                        outcome.diverged().toString());
                assertFalse(outcome.finite(r));
                assertTrue(Double.isNaN(probe.clock(r)) && Double.isNaN(probe.loss(r)));
                assertEquals(-1, predictions[0]);
            } else {
                assertTrue(outcome.finite(r));
                assertArrayEquals(
                        clean.snapshot(12).theta()[r], outcome.snapshot(12).theta()[r]);
                assertEquals(clean.probes().getLast().clock(r), probe.clock(r), 0.0);
                assertArrayEquals(clean.probes().getLast().predictions(r), predictions);
            }
        }
        assertTrue(count > 0 && count < 6, "the test needs both kinds: " + count);
        assertEquals(count, outcome.diverged().size());
    }

    @Test
    void initialisationsDifferAndHaveTheNormAskedFor() {
        TrainSpec spec = Fixture.spec(Fixture.MIXED);
        double[][] zero = Start.of(spec).theta();
        assertArrayEquals(zero[0], zero[2]);
        double natural = norm(spec, zero[0]);
        double[] half = Start.of(spec.withInit(new Init.Shared(0, new Scale.Factor(0.5))))
                .theta()[1];
        assertEquals(natural / 2, norm(spec, half), 1e-12);
        assertEquals(zero[0][0] / 2, half[0], 0.0);
        double[] other = Start.of(spec.withInit(new Init.Shared(1, new Scale.Absolute(3))))
                .theta()[0];
        assertEquals(3, norm(spec, other), 1e-12);
        assertTrue(Math.abs(other[0] / other[1] - zero[0][0] / zero[0][1]) > 1e-3);
        double[][] each =
                Start.of(spec.withInit(new Init.PerReplica(0, Scale.NATURAL))).theta();
        assertTrue(each[0][0] != each[1][0] && each[0][0] != zero[0][0]);
        // the gains, which are not scale-invariant, start at 1 whatever the norm
        assertEquals(1, half[5 * 6], 0.0);
    }

    private static double norm(TrainSpec spec, double[] row) {
        double square = 0;
        for (Group group : new Layout(spec.network()).groups()) {
            for (int i = (int) group.from(); i < group.to(); i++) {
                square += row[i] * row[i];
            }
        }
        return Math.sqrt(square);
    }

    @Test
    void aForkGoesOnAsTheRunWould() {
        TrainSpec whole = Fixture.sampling(Fixture.spec(Fixture.MIXED), Sampling.SHUFFLE, 0.1, 4);
        double[][] expected = theta(whole, "whole");
        TrainSpec half =
                Fixture.probing(whole, 20, ProbePlan.predictions(List.of()).withSnapshots(List.of(20L)));
        Path snapshot = run(half, DATA, "half").snapshotFile(20);
        TrainSpec rest = half.withInit(new Init.Fork(snapshot, -1));
        assertArrayEquals(expected[2], run(rest, DATA, "rest").snapshot(20).theta()[2]);
    }

    @Test
    void siblingsShareTheirStartAndNothingElse() {
        TrainSpec parent = Fixture.probing(
                Fixture.spec(Fixture.TINY), 10, ProbePlan.predictions(List.of()).withSnapshots(List.of(10L)));
        Outcome outcome = run(parent, DATA, "parent");
        ProbePlan plan = ProbePlan.predictions(List.of()).withSnapshots(Fixture.steps(0, 5));
        TrainSpec fork = Fixture.probing(parent, 5, plan)
                .withInit(new Init.Fork(outcome.snapshotFile(10), 1))
                .withReplicas(100, 4);
        Outcome siblings = run(fork, DATA, "siblings");
        double[][] begin = siblings.snapshot(0).theta();
        double[][] end = siblings.snapshot(5).theta();
        for (int r = 0; r < 4; r++) {
            assertArrayEquals(outcome.snapshot(10).theta()[1], begin[r]);
            for (int q = 0; q < r; q++) {
                assertTrue(Math.abs(end[r][0] - end[q][0]) > 1e-9);
            }
        }
        assertThrows(UserError.class, () -> Start.of(fork.withInit(new Init.Fork(outcome.snapshotFile(10), 7))));
        TrainSpec wrong = Fixture.spec(Fixture.MIXED).withInit(new Init.Fork(outcome.snapshotFile(10), 1));
        assertThrows(UserError.class, () -> Start.of(wrong));
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
