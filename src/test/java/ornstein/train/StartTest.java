package ornstein.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ornstein.method.Sampling;
import ornstein.spec.UserError;

/// Initial weights, and training that goes on from saved ones.
class StartTest {
    @TempDir
    private Path folder;

    private Outcome run(TrainSpec spec, String name) {
        return Training.run(spec, Fixture.data(List.of(6), 50), folder.resolve(name), Watch.NONE);
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
        ProbePlan end = whole.probes().withSnapshots(List.of(whole.steps()));
        double[][] expected = run(Fixture.probing(whole, whole.steps(), end), "whole")
                .snapshot(whole.steps())
                .theta();
        TrainSpec half =
                Fixture.probing(whole, 20, ProbePlan.predictions(List.of()).withSnapshots(List.of(20L)));
        Path snapshot = run(half, "half").snapshotFile(20);
        TrainSpec rest = half.withInit(new Init.Fork(snapshot, -1));
        assertArrayEquals(expected[2], run(rest, "rest").snapshot(20).theta()[2]);
    }

    @Test
    void siblingsShareTheirStartAndNothingElse() {
        TrainSpec parent = Fixture.probing(
                Fixture.spec(Fixture.TINY), 10, ProbePlan.predictions(List.of()).withSnapshots(List.of(10L)));
        Outcome outcome = run(parent, "parent");
        ProbePlan plan = ProbePlan.predictions(List.of()).withSnapshots(Fixture.steps(0, 5));
        TrainSpec fork = Fixture.probing(parent, 5, plan)
                .withInit(new Init.Fork(outcome.snapshotFile(10), 1))
                .withReplicas(100, 4);
        Outcome siblings = run(fork, "siblings");
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
}
