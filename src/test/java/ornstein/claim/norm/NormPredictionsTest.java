package ornstein.claim.norm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ornstein.claim.Prediction;
import ornstein.claim.Verdict;
import ornstein.stats.NormEquilibrium;
import ornstein.stats.SphereNoise;

/// Pure noise on spheres, the process with a known answer, through the predictions that judge training.
class NormPredictionsTest {
    private static final int GROUPS = 10;
    private static final int REPLICAS = 4;
    private static final double ETA = 0.5;
    private static final double LAMBDA = 0.01;

    private static NormRow row(SphereNoise noise, long steps) {
        double start = SphereNoise.square(noise.w);
        double norm2 = 0;
        double gradient2 = 0;
        double lars2 = 0;
        double rotation2 = 0;
        for (long k = 0; k < steps; k++) {
            double[] before = noise.w.clone();
            double r2 = SphereNoise.square(before);
            noise.step();
            double g2 = SphereNoise.square(noise.g);
            double dot = 0;
            for (int i = 0; i < before.length; i++) {
                dot += before[i] * noise.w[i];
            }
            double angle = Math.acos(Math.min(1, dot / Math.sqrt(r2 * SphereNoise.square(noise.w))));
            norm2 += r2;
            gradient2 += g2;
            lars2 += ETA * ETA * g2 / r2;
            rotation2 += angle * angle;
        }
        return new NormRow(start, SphereNoise.square(noise.w), norm2, gradient2, lars2, rotation2, 0, false);
    }

    /// @param norm start, in units of the equilibrium norm
    private static NormWindow window(double momentum, double norm, long wait, long steps) {
        NormEquilibrium theory = new NormEquilibrium(ETA, LAMBDA, momentum);
        List<List<NormRow>> replicas = new ArrayList<>();
        for (int r = 0; r < REPLICAS; r++) {
            List<NormRow> rows = new ArrayList<>();
            for (int g = 0; g < GROUPS; g++) {
                double c = 1 + g;
                SphereNoise noise = new SphereNoise(100 * r + g, 50, ETA, LAMBDA, momentum, c, norm * theory.norm(c));
                noise.steps(wait);
                rows.add(row(noise, steps));
            }
            replicas.add(rows);
        }
        return new NormWindow(steps, replicas);
    }

    @ParameterizedTest
    @CsvSource({"0, 0.02", "0.9, 0.1"})
    void noiseOnTheSphereIsAtTheEquilibrium(double momentum, double tolerance) {
        double relaxed = (1 - momentum) / (ETA * LAMBDA);
        long steps = Math.round(10 * relaxed);
        NormWindow window = window(momentum, 2, steps, Math.max(steps, 1000));
        List<Prediction> predictions =
                NormPredictions.window("SGD", window, new NormEquilibrium(ETA, LAMBDA, momentum), tolerance);
        assertEquals(Verdict.REPRODUCED, NormPredictions.verdict(predictions), predictions::toString);
    }

    @Test
    void aWindowBeforeEquilibriumIsRefused() {
        NormWindow window = window(0, 3, 0, 100);
        List<Prediction> predictions = NormPredictions.window("SGD", window, new NormEquilibrium(ETA, LAMBDA, 0), 0.02);
        assertEquals(Verdict.NOT_REPRODUCED, NormPredictions.verdict(predictions));
        // and the remainder says why, exactly
        double lambdaE = ETA * LAMBDA;
        double expected = new NormEquilibrium(ETA, LAMBDA, 0).squaredRatio();
        for (NormRow row : window.replicas().getFirst()) {
            assertEquals(expected, row.norm2() / row.gradient2() * (1 + row.remainder(lambdaE)), 1e-10 * expected);
        }
        assertTrue(window.remainder(lambdaE).upper() < -0.02);
    }

    @Test
    void theWrongDecayIsRefused() {
        NormWindow window = window(0, 1, 500, 2000);
        Prediction ratio = NormPredictions.window("SGD", window, new NormEquilibrium(ETA, LAMBDA * 1.1, 0), 0.02)
                .getFirst();
        assertEquals(false, ratio.holds());
    }

    @Test
    void deadGroupsAreCountedAndLeftOut() {
        NormRow live = new NormRow(1, 1, 100, 4, 1, 1, 0, false);
        NormRow dead = new NormRow(1, 0.5, 70, 0, 0, 0, 10, true);
        NormWindow window = new NormWindow(10, List.of(List.of(live, dead), List.of(dead, live)));
        assertEquals(2, window.dead());
        assertEquals(4, window.groups());
        assertEquals(
                5 / new NormEquilibrium(1, 0.1, 0).ratio(),
                window.ratio(new NormEquilibrium(1, 0.1, 0)).value(),
                1e-12);
        assertThrows(IllegalArgumentException.class, () -> new NormWindow(10, List.of(List.of(dead), List.of(dead))));
        NormRow both = live.then(live);
        assertEquals(new NormRow(1, 1, 200, 8, 2, 2, 0, false), both);
    }

    /// |w|^4 on spheres started away from equilibrium, from the noise on the unit sphere.
    @Test
    void theTraceFollowsItsPredictionAndAWrongNoiseDoesNot() {
        List<Long> times = List.of(0L, 20L, 50L, 100L, 200L, 400L);
        List<List<List<Double>>> norms = new ArrayList<>();
        List<List<List<Double>>> noises = new ArrayList<>();
        List<List<List<Double>>> none = new ArrayList<>();
        for (int r = 0; r < REPLICAS; r++) {
            List<List<Double>> norm = new ArrayList<>();
            List<List<Double>> noise = new ArrayList<>();
            List<List<Double>> drift = new ArrayList<>();
            for (int g = 0; g < 10 * GROUPS; g++) {
                double c = 1 + g % GROUPS;
                SphereNoise sphere = new SphereNoise(1000 * r + g, 50, ETA, LAMBDA, 0, c, 2.0);
                List<Double> squares = new ArrayList<>();
                long at = 0;
                for (long time : times) {
                    sphere.steps(time - at);
                    at = time;
                    squares.add(SphereNoise.square(sphere.w));
                }
                norm.add(squares);
                noise.add(times.stream().map(t -> c).toList());
                drift.add(times.stream().map(t -> c / 4).toList());
            }
            norms.add(norm);
            noises.add(noise);
            none.add(drift);
        }
        NormTrace trace = new NormTrace(times, norms, noises, none);
        NormTrace.Ratios right = trace.predictedOverMeasured(ETA, LAMBDA, false);
        assertEquals(1, right.at(0).value(), 1e-12);
        Prediction holds = NormPredictions.equal("N", "|w|^4", right.worst(), 0.02, REPLICAS);
        assertEquals(true, holds.holds(), holds.toString());
        NormTrace.Ratios wrong = trace.predictedOverMeasured(ETA, LAMBDA, true);
        assertEquals(1.25, wrong.at(times.size() - 1).value(), 0.03);
        assertEquals(
                (wrong.at(4).value() + wrong.at(5).value()) / 2,
                wrong.between(200, 400).value(),
                1e-12);
        Prediction late = NormPredictions.equal("N", "|w|^4", wrong.between(200, 400), 0.02, REPLICAS);
        assertEquals(false, late.holds());
    }

    @Test
    void identitiesHoldOrNot() {
        assertEquals(true, NormPredictions.identity("R", "replay", 1e-13, 1e-10).holds());
        assertEquals(false, NormPredictions.identity("R", "replay", 1e-9, 1e-10).holds());
    }
}
