package ornstein.claim.ou;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import ornstein.claim.Prediction;
import ornstein.claim.Verdict;
import ornstein.stats.Estimate;
import ornstein.stats.NormEquilibrium;
import ornstein.stats.OuBand;
import ornstein.stats.QuadraticProcess;
import ornstein.stats.SphereNoise;

/// Processes with a known answer, through the estimator that judges training.
class SaturationTest {
    private static final double ETA = 0.5;
    private static final double LAMBDA = 0.02;
    private static final double LAMBDA_E = ETA * LAMBDA;
    private static final List<Long> STARTS = List.of(500L, 1000L, 2000L);
    private static final List<Long> LAGS = DoubleStream.of(.05, .1, .2, .4, .8, 1.6, 3.2, 6.4, 10)
            .mapToObj(d -> Math.round(d / LAMBDA_E))
            .toList();
    private static final Saturation.Limits LIMITS = new Saturation.Limits(1.6, 10, 1.253, 1.25, 0.1);

    /// A process in weight space that can be forked.
    private interface Walker {
        void step(long time, Random noise);

        double[] at();

        Walker copy(long seed);
    }

    /// SGD with weight decay on a diagonal quadratic; the noise's amplitude may depend on time.
    private static final class Diagonal implements Walker {
        private final double[] rate;
        private final double[] x;
        private final double growth;

        Diagonal(double[] curvature, double decay, double growth, Random random) {
            rate = DoubleStream.of(curvature).map(h -> ETA * (h + decay)).toArray();
            x = random.doubles(curvature.length).map(u -> 2 * u - 1).toArray();
            this.growth = growth;
        }

        private Diagonal(Diagonal other) {
            rate = other.rate;
            x = other.x.clone();
            growth = other.growth;
        }

        @Override
        public void step(long time, Random noise) {
            double amplitude = ETA * Math.exp(growth * time);
            for (int i = 0; i < x.length; i++) {
                x[i] -= rate[i] * x[i] + amplitude * noise.nextGaussian();
            }
        }

        @Override
        public double[] at() {
            return x;
        }

        @Override
        public Walker copy(long seed) {
            return new Diagonal(this);
        }
    }

    private static final class Sphere implements Walker {
        private final SphereNoise noise;

        Sphere(SphereNoise noise) {
            this.noise = noise;
        }

        @Override
        public void step(long time, Random random) {
            noise.step();
        }

        @Override
        public double[] at() {
            return noise.w;
        }

        @Override
        public Walker copy(long seed) {
            return new Sphere(noise.fork(seed));
        }
    }

    @FunctionalInterface
    private interface Start {
        Walker of(Random random);
    }

    private static List<SiblingDistances> run(long seed, int checkpoints, Start start) {
        List<SiblingDistances> all = new ArrayList<>();
        List<Long> wanted = SiblingDistances.steps(STARTS, LAGS);
        for (int c = 0; c < checkpoints; c++) {
            Random random = new Random(1000 * seed + c);
            Walker root = start.of(random);
            for (long k = 0; k < STARTS.getFirst(); k++) {
                root.step(k, random);
            }
            Map<Long, double[][]> snapshots = new HashMap<>();
            wanted.forEach(step -> snapshots.put(step, new double[8][]));
            for (int s = 0; s < 8; s++) {
                Walker sibling = root.copy(random.nextLong());
                for (long k = STARTS.getFirst(); k <= wanted.getLast(); k++) {
                    double[][] row = snapshots.get(k);
                    if (row != null) {
                        row[s] = sibling.at().clone();
                    }
                    sibling.step(k, random);
                }
            }
            double[][] axes = new double[3][root.at().length];
            for (int i = 0; i < 3; i++) {
                axes[i][i] = 1;
            }
            all.add(SiblingDistances.measure(STARTS, LAGS, axes, step -> Objects.requireNonNull(snapshots.get(step))));
        }
        return all;
    }

    private static double[] spectrum(int d, double top) {
        double[] h = new double[d];
        for (int i = 0; i < d; i++) {
            h[i] = top * Math.pow(1e-4, (double) i / d);
        }
        return h;
    }

    private static void assertNear(double expected, Estimate e) {
        assertEquals(expected, e.value(), 4 * e.standardError() + 1e-12);
        assertTrue(e.standardError() < .2 * expected, () -> "too wide to tell: " + e);
    }

    @Test
    void ouIsNotRefutedAndItsDistancesAreThePredictedOnes() {
        double[] h = spectrum(20, 1.5);
        List<SiblingDistances> all = run(1, 60, random -> new Diagonal(h, LAMBDA, 0, random));
        Saturation saturation = new Saturation(all, LAMBDA_E, LIMITS);
        List<Prediction> predictions = saturation.predictions();
        assertEquals(false, predictions.getFirst().holds(), predictions::toString);
        assertEquals(Verdict.NOT_REPRODUCED, Saturation.verdict(predictions));
        assertNear(1, saturation.siblings());
        assertNear(1, saturation.age(1));
        assertNear(1, saturation.age(2));
        double[][] hessian = new double[h.length][h.length];
        double[][] noise = new double[h.length][h.length];
        List<OuBand.Mode> modes = new ArrayList<>();
        for (int i = 0; i < h.length; i++) {
            hessian[i][i] = h[i] + LAMBDA;
            noise[i][i] = 1;
            if (i < 3) {
                modes.add(new OuBand.Mode(h[i], 1));
            }
        }
        QuadraticProcess process = new QuadraticProcess(QuadraticProcess.Kind.SGD, hessian, noise, ETA);
        OuBand band = new OuBand(modes, h.length - 3.0, ETA, LAMBDA);
        for (int d = 0; d < LAGS.size(); d++) {
            int lag = d;
            long steps = LAGS.get(d);
            Estimate total =
                    saturation.mean(one -> one.displacement().getFirst().get(lag));
            assertNear(process.displacement((double) steps), total);
            assertTrue(total.standardError() < 0.05 * total.value());
            assertTrue(band.lower(500, steps) < total.value() && total.value() < band.upper(500, steps));
            for (int i = 0; i < 3; i++) {
                int mode = i;
                assertNear(
                        band.displacement(modes.get(i), steps),
                        saturation.mean(one -> one.modes().getFirst().get(lag).get(mode)));
            }
        }
    }

    @Test
    void pureNoiseOnTheSphereHasTheDistancesOfItsTheory() {
        NormEquilibrium theory = new NormEquilibrium(ETA, LAMBDA, 0);
        double r = theory.norm(1);
        List<SiblingDistances> all =
                run(2, 8, random -> new Sphere(new SphereNoise(random.nextLong(), 150, ETA, LAMBDA, 0, 1, r)));
        Saturation saturation = new Saturation(all, LAMBDA_E, LIMITS);
        for (int t = 0; t < STARTS.size(); t++) {
            for (int d = 0; d < LAGS.size(); d++) {
                int start = t;
                int lag = d;
                double expected = 2 * r * r * (1 - Math.pow(1 - LAMBDA_E, LAGS.get(d)));
                Estimate ratio =
                        saturation.mean(one -> one.displacement().get(start).get(lag) / expected);
                assertNear(1, ratio);
                assertTrue(ratio.standardError() < 0.03);
            }
            double atLag = Math.pow(1 - LAMBDA_E, LAGS.getLast());
            assertNear((1 - atLag) / (1 - Math.pow(1 - LAMBDA_E, 160)), saturation.ratio(t));
        }
        // the siblings' common start is forgotten at twice the rate
        assertNear(1 + Math.pow(1 - LAMBDA_E, LAGS.getLast()), saturation.siblings());
        assertNotEquals(true, saturation.predictions().getFirst().holds());
    }

    @Test
    void aRandomWalkIsRefutedBySaturationAndBySiblings() {
        List<SiblingDistances> all = run(3, 8, random -> new Diagonal(new double[50], 0, 0, random));
        Saturation saturation = new Saturation(all, LAMBDA_E, LIMITS);
        List<Prediction> predictions = saturation.predictions();
        assertNear(6.25, saturation.ratio(0));
        assertNear(2, saturation.siblings());
        assertEquals(Verdict.REPRODUCED, Saturation.verdict(predictions), predictions::toString);
        List<Boolean> refuting =
                saturation.rules().stream().map(Prediction::holds).toList();
        assertEquals(List.of(true, true, true, true, false, false), refuting);
    }

    @Test
    void slowRotationThatHasNotSaturatedIsRefuted() {
        // a sphere that turns four times more slowly than its weight decay was said to be
        double slow = LAMBDA / 4;
        double r = new NormEquilibrium(ETA, slow, 0).norm(1);
        List<SiblingDistances> all =
                run(4, 8, random -> new Sphere(new SphereNoise(random.nextLong(), 60, ETA, slow, 0, 1, r)));
        Saturation saturation = new Saturation(all, LAMBDA_E, LIMITS);
        assertNear((1 - Math.pow(1 - ETA * slow, 1000)) / (1 - Math.pow(1 - ETA * slow, 160)), saturation.ratio(0));
        assertEquals(true, saturation.predictions().get(1).holds());
    }

    @Test
    void noiseThatDiesDownIsSeenAsDependenceOnTheStart() {
        double[] h = spectrum(40, 1.5);
        List<SiblingDistances> all = run(5, 8, random -> new Diagonal(h, LAMBDA, -2e-4, random));
        Saturation saturation = new Saturation(all, LAMBDA_E, LIMITS);
        List<Prediction> predictions = saturation.predictions();
        // OU with slowly varying noise: E2 follows its square, exp(-4e-4 (T - T0))
        assertEquals(Math.exp(-4e-4 * 1500), saturation.age(2).value(), 0.05);
        assertEquals(true, saturation.rules().getLast().holds());
        assertEquals(true, predictions.getFirst().holds());
        assertNotEquals(true, predictions.get(1).holds());
        assertEquals(Verdict.PARTIAL, Saturation.verdict(predictions));
    }

    @Test
    void tooFewCheckpointsLeaveItOpen() {
        // a low-dimensional OU: few degrees of freedom, wide intervals
        List<SiblingDistances> all = run(6, 2, random -> new Diagonal(new double[] {0, 0.001, 0}, LAMBDA, 0, random));
        List<Prediction> predictions = new Saturation(all, LAMBDA_E, LIMITS).predictions();
        assertEquals(null, predictions.getFirst().holds());
        assertEquals(Verdict.UNDECIDED, Saturation.verdict(predictions));
        assertTrue(predictions.getFirst().runsNeeded() > 2);
    }
}
