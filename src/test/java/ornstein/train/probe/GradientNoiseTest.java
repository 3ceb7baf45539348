package ornstein.train.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import ornstein.stats.Estimate;
import ornstein.train.Precision;
import ornstein.train.data.Examples;

class GradientNoiseTest {
    /// Two-class softmax regression of inputs x with label 0 has gradient (-x/2, x/2) at 0; so along the unit vector
    /// DIAGONAL the examples' gradients are g = 1, -2, 1/2, 3 over sqrt(2), with g of mean 5/8 and variance 203/64.
    private static LossSurface slopes() {
        Examples four = new Examples(new float[] {1, -2, 0.5f, 3}, new byte[4]);
        return new LossSurface(TinyNets.softmax(1, 2), four, 4);
    }

    private static final double[] ORIGIN = {0, 0};
    private static final double[] DIAGONAL = {-Math.sqrt(0.5), Math.sqrt(0.5)};

    @Test
    void exactMomentsOfFourNumbers() {
        try (LossSurface loss = slopes()) {
            GradientNoise one = PerExampleNoise.exact(loss, ORIGIN, DIAGONAL, new double[] {1, 1});
            assertEquals(25.0 / 128, one.whole().gradient2().value(), 1e-15);
            assertEquals(203.0 / 128, one.whole().trace().value(), 1e-15);
            assertEquals(203.0 / 128, one.modes().get(0).value(), 1e-14);
            assertEquals(0, one.modes().get(1).value(), 1e-14);
            assertEquals(1.0572916667, 2 * one.whole().ofBatch(2, 4).trace().value(), 1e-10);
            assertEquals(203.0 / 256, one.ofBatch(2).whole().trace().value(), 1e-15);
            assertEquals(9 * 203.0 / 128, one.whole().onSphere(9).trace().value(), 1e-14);
            assertEquals(0, one.invariant().trace().value());
        }
    }

    /// The mean of the pair estimates over all pairs of batches of 2 out of 4 is exactly the truth: without
    /// replacement (arXiv:2101.12176, appendix A: 1.0572916667) and with.
    @Test
    void pairsAreUnbiasedByEnumeration() {
        List<int[]> different = new ArrayList<>();
        List<int[]> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                all.add(new int[] {i, j});
                if (i < j) {
                    different.add(new int[] {i, j});
                }
            }
        }
        try (LossSurface loss = slopes()) {
            Moments without = enumerate(loss, different);
            assertEquals(25.0 / 128, without.gradient2().value(), 1e-14);
            assertEquals(1.0572916667, 2 * without.trace().value(), 1e-10);
            Moments with = enumerate(loss, all);
            assertEquals(25.0 / 128, with.gradient2().value(), 1e-14);
            assertEquals(203.0 / 256, with.trace().value(), 1e-14);
        }
    }

    private static Moments enumerate(LossSurface loss, List<int[]> batches) {
        int n = batches.size();
        return PairNoise.estimate(loss, ORIGIN, n * n, k -> batches.get(k % 2 == 0 ? k / 2 / n : k / 2 % n))
                .whole();
    }

    /// Softmax regression: the gradient of an example is (p - e_y) x', here computed by hand.
    @Test
    void exactMomentsOfSoftmaxRegression() {
        int n = 37;
        Examples data = TinyNets.examples(n, 3, 4);
        double[] theta = TinyNets.point(12, 8);
        double[] v = TinyNets.point(12, 9);
        double[][] g = new double[n][12];
        double[] mean = new double[12];
        for (int i = 0; i < n; i++) {
            double[] p = new double[4];
            double sum = 0;
            for (int k = 0; k < 4; k++) {
                double z = 0;
                for (int j = 0; j < 3; j++) {
                    z += theta[3 * k + j] * data.inputs()[3 * i + j];
                }
                p[k] = Math.exp(z);
                sum += p[k];
            }
            for (int k = 0; k < 4; k++) {
                for (int j = 0; j < 3; j++) {
                    g[i][3 * k + j] = (p[k] / sum - (k == data.labels()[i] ? 1 : 0)) * data.inputs()[3 * i + j];
                    mean[3 * k + j] += g[i][3 * k + j] / n;
                }
            }
        }
        double trace = 0;
        double mode = 0;
        for (double[] gi : g) {
            trace += Vectors.distance2(gi, mean) / n;
            double a = Vectors.dot(v, Vectors.difference(gi, mean));
            mode += a * a / n;
        }
        try (LossSurface loss = new LossSurface(TinyNets.softmax(3, 4), data, 10)) {
            GradientNoise noise = PerExampleNoise.exact(loss, theta, v);
            assertEquals(Vectors.dot(mean, mean), noise.whole().gradient2().value(), 1e-13);
            assertEquals(trace, noise.whole().trace().value(), 1e-13);
            assertEquals(mode, noise.modes().get(0).value(), 1e-12);
            double[] gradient = loss.gradient(theta);
            assertEquals(0, Vectors.distance2(mean, gradient), 1e-28);
        }
    }

    /// The two estimators and the truth agree within their standard errors, and the errors are not idle: over 40
    /// repetitions the squared deviations in units of the standard error average to 1.
    @Test
    void estimatorsAgreeWithTheTruthAtTheirStandardErrors() {
        Examples data = TinyNets.examples(64, 4, 3);
        double[] theta = TinyNets.point(6 * 4 + 18, 3);
        try (LossSurface loss = new LossSurface(TinyNets.mlp(4, 6, 3, Precision.F64), data, 64)) {
            GradientNoise truth = PerExampleNoise.exact(loss, theta);
            GradientNoise ofBatch = truth.ofBatch(8);
            double[] z = new double[6];
            int repeats = 40;
            for (int r = 0; r < repeats; r++) {
                GradientNoise pairs = PairNoise.estimate(loss, theta, 8, 40, 17, r);
                GradientNoise sampled = PerExampleNoise.sampled(loss, theta, 320, 18, r);
                z[0] += square(pairs.whole().trace(), ofBatch.whole().trace());
                z[1] += square(pairs.whole().gradient2(), ofBatch.whole().gradient2());
                z[2] += square(
                        pairs.groups().get(2).trace(), ofBatch.groups().get(2).trace());
                z[3] += square(sampled.whole().trace(), truth.whole().trace());
                z[4] += square(sampled.whole().gradient2(), truth.whole().gradient2());
                z[5] += square(sampled.invariant().trace(), truth.invariant().trace());
            }
            // A chi-square with 40 degrees of freedom over 40 has standard deviation .22; heavier tails are allowed
            // for.
            for (double sum : z) {
                assertTrue(sum / repeats > 0.4 && sum / repeats < 2, java.util.Arrays.toString(z));
            }
        }
    }

    private static double square(Estimate estimate, Estimate truth) {
        double z = (estimate.value() - truth.value()) / estimate.standardError();
        return z * z;
    }

    @Test
    void anExactMomentHasNoStandardError() {
        try (LossSurface loss = slopes()) {
            assertEquals(0, PerExampleNoise.exact(loss, ORIGIN).whole().trace().standardError());
        }
    }

    @Test
    void batchNormHasPairsButNoSingleExamples() {
        Examples data = TinyNets.examples(64, 4, 3);
        try (LossSurface loss = new LossSurface(TinyNets.batchNorm(4, 6, 3), data, 64)) {
            double[] theta = TinyNets.point(loss.size(), 3);
            Moments pairs = PairNoise.estimate(loss, theta, 8, 20, 17, 0).whole();
            assertTrue(pairs.trace().value() > 4 * pairs.trace().standardError());
            assertThrows(IllegalArgumentException.class, () -> PerExampleNoise.exact(loss, theta));
        }
    }
}
