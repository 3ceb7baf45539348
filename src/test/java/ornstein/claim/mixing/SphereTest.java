package ornstein.claim.mixing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import ornstein.stats.BlockMeans;
import ornstein.stats.Estimate;
import ornstein.stats.LabelCounts;
import ornstein.stats.MixingCurve;
import ornstein.stats.MixingExponent;

/// SGD on pure noise over the sphere in 50 dimensions, `w' = (1 - eta lambda) w - eta g` with g tangential and
/// `E|g|^2 = 1/|w|^2`, from starts at 1/2, 1 and 3 times the equilibrium norm: the measured clock takes out the
/// transient of the norm. A run labels the input x by the sign of w.x; the direction keeps `exp(-s)` of its start,
/// so `P(label) = Phi(z h)`, `h = exp(-s)/sqrt(1 - exp(-2 s))`, `z = sqrt(d) wbar_0.x`, for d large.
class SphereTest {
    private static final int D = 50;
    private static final int RUNS = 150;
    private static final int INPUTS = 64;
    private static final int BLOCKS = 15;
    private static final double LAMBDA = .02;

    private final double[][] inputs = directions(INPUTS, new SplittableRandom(1));
    private final double[][] starts = directions(3, new SplittableRandom(2));

    @Test
    void theMeasuredClockFreesTheExponentFromTheNormTransient() {
        List<MixingCurve> curves = new ArrayList<>();
        for (double rate : new double[] {.032, .016, .008, .004}) {
            curves.add(curve(rate));
        }
        for (double delta : new double[] {.3, .2}) {
            Estimate p = MixingExponent.of(curves, delta);
            Estimate constant = MixingExponent.constant(curves, delta);
            assertNotNull(p);
            assertNotNull(constant);
            assertEquals(1, p.value(), 3 * p.standardError() + .01, p.toString());
            assertEquals(.03, p.standardError(), .03, p.toString());
            double exact = exactCrossing(delta, curves.getLast());
            assertEquals(exact, constant.value(), .05 * exact, "constant at " + delta);
        }
    }

    private MixingCurve curve(double rate) {
        double eta = rate / LAMBDA;
        double equilibrium = Math.pow(eta / (LAMBDA * (2 - rate)), .25);
        double[] factors = {.5, 1, 3};
        long[] steps = Grid.steps(rate, .03, 6, 17, List.of());
        LabelCounts[][] labels = new LabelCounts[3][steps.length];
        BlockMeans[][] clocks = new BlockMeans[3][steps.length];
        for (int a = 0; a < 3; a++) {
            byte[][][] label = new byte[steps.length][RUNS][];
            double[][] clock = new double[steps.length][RUNS];
            for (int run = 0; run < RUNS; run++) {
                RandomGenerator random = new SplittableRandom(run + 1000 * a + Math.round(1e8 * rate));
                double[] w = starts[a].clone();
                scale(w, factors[a] * equilibrium);
                double s = 0;
                int at = 0;
                for (long k = 0; k <= steps[steps.length - 1]; k++) {
                    if (k == steps[at]) {
                        label[at][run] = labels(w);
                        clock[at++][run] = s;
                    }
                    s += step(w, eta, random);
                }
            }
            for (int t = 0; t < steps.length; t++) {
                labels[a][t] = LabelCounts.of(label[t], 2, BLOCKS);
                clocks[a][t] = new BlockMeans(clock[t], BLOCKS);
            }
        }
        return MixingCurve.of(rate, steps, labels, clocks);
    }

    /// One update of w; returns what it adds to the clock.
    private static double step(double[] w, double eta, RandomGenerator random) {
        double[] g = new double[D];
        double ww = 0;
        double wg = 0;
        for (int i = 0; i < D; i++) {
            g[i] = random.nextGaussian();
            ww += w[i] * w[i];
            wg += w[i] * g[i];
        }
        double gg = 0;
        double shrink = 1 / Math.sqrt((D - 1) * ww);
        for (int i = 0; i < D; i++) {
            g[i] = shrink * (g[i] - wg / ww * w[i]);
            gg += g[i] * g[i];
            w[i] = (1 - eta * LAMBDA) * w[i] - eta * g[i];
        }
        return .5 * eta * eta * gg / ww;
    }

    private byte[] labels(double[] w) {
        byte[] labels = new byte[INPUTS];
        for (int x = 0; x < INPUTS; x++) {
            labels[x] = (byte) (dot(w, inputs[x]) > 0 ? 1 : 0);
        }
        return labels;
    }

    /// The crossing of the exact distance, at the clocks that the curve was measured at by each start: the starts'
    /// clocks differ by the transient, a constant once it is over.
    private double exactCrossing(double delta, MixingCurve curve) {
        MixingCurve.Row row = curve.row(-1, -1);
        double[] squared = new double[row.clock().length];
        for (int t = 0; t < squared.length; t++) {
            double time = curve.lambdaE() * curve.steps()[t];
            for (int a = 0; a < 3; a++) {
                for (int b = a + 1; b < 3; b++) {
                    squared[t] += squared(a, transient_(a, time), b, transient_(b, time)) / 3;
                }
            }
        }
        return MixingCurve.crossing(new MixingCurve.Row(row.clock(), squared), delta);
    }

    /// s = (1/4) ln[(e^(4 u) + rho)/(1 + rho)], u = lambda_e t, rho = (r_0/r_*)^4 - 1.
    private static double transient_(int start, double u) {
        double rho = Math.pow(new double[] {.5, 1, 3}[start], 4) - 1;
        return .25 * Math.log((Math.exp(4 * u) + rho) / (1 + rho));
    }

    private double squared(int a, double sa, int b, double sb) {
        NormalDistribution normal = new NormalDistribution(null, 0, 1);
        double sum = 0;
        for (double[] x : inputs) {
            double p = sa == 0 ? (dot(starts[a], x) > 0 ? 1 : 0) : normal.cumulativeProbability(reach(a, x, sa));
            double q = sb == 0 ? (dot(starts[b], x) > 0 ? 1 : 0) : normal.cumulativeProbability(reach(b, x, sb));
            sum += 2 * (p - q) * (p - q) / INPUTS;
        }
        return sum;
    }

    private double reach(int start, double[] x, double s) {
        return Math.sqrt(D) * dot(starts[start], x) * Math.exp(-s) / Math.sqrt(1 - Math.exp(-2 * s));
    }

    private static double[][] directions(int count, RandomGenerator random) {
        double[][] all = new double[count][D];
        for (double[] v : all) {
            for (int i = 0; i < D; i++) {
                v[i] = random.nextGaussian();
            }
            scale(v, 1 / Math.sqrt(dot(v, v)));
        }
        return all;
    }

    private static void scale(double[] v, double factor) {
        for (int i = 0; i < D; i++) {
            v[i] *= factor;
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < D; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
