package ornstein.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ornstein.train.data.Dataset;
import ornstein.train.data.Examples;

/// What training adds up of its groups, its clock, and replicas that diverge.
class AccountsTest {
    private static final Dataset DATA = Fixture.data(List.of(6), 50);

    @TempDir
    private Path folder;

    private Outcome run(TrainSpec spec, Dataset data, String name) {
        return Training.run(spec, data, folder.resolve(name), Watch.NONE);
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
}
