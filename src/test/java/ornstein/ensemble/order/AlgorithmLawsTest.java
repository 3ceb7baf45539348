package ornstein.ensemble.order;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ornstein.ensemble.ExactLaw;
import ornstein.method.OneStep;
import ornstein.method.Sampling;
import ornstein.method.Settings;
import ornstein.model.Model;

/// Algorithms on quadratics, whose moments are enumerated exactly, against closed forms and published values.
@SuppressWarnings("StringConcatToTextBlock") // short models
class AlgorithmLawsTest {
    private static final double[] A = {0.5, 1, 2, 3};
    private static final double[] B = {1, -1, 0.5, 0};
    private static final long LATE = 4000;

    /// Curvature a, gradient noise of variance 1 for a batch of one.
    private static Model noisy(double a, double start) {
        return Problems.of("kind: loss\nname: noisy\nstate: [x]\ndata: {b: [" + 1 / a + ", " + -1 / a + "]}\nloss: " + a
                + "*(x - b)^2/2\nstart: [" + start + "]\n");
    }

    private static ExactLaw.At at(Model model, String method, Settings settings, long k) {
        return MomentMap.of(Problems.step(model, method, settings))
                .orElseThrow()
                .at(model.start(), List.of(k))
                .orElseThrow()
                .getFirst();
    }

    private static double variance(double a, String method, Settings settings) {
        return at(noisy(a, 0), method, settings, LATE).covariance()[0][0];
    }

    /// Section 5 of the theory: eta s2/(h (2 - eta h/l)), which tends to the variance of the SDE.
    @ParameterizedTest
    @CsvSource({"1, .0277777778", "2, .0263157895", "4, .0256410256", "8, .0253164557", "16, .0251572327"})
    void svagTendsToTheEquationsVariance(int l, double published) {
        Settings settings = Settings.of(0.1).with("amplification", l);
        assertEquals(published, variance(2, "svag", settings), 1e-10);
        assertEquals(
                Math.pow(1 - 0.2 / l, 10 * l),
                at(noisy(2, 1), "svag", settings, 10L * l).mean()[0],
                1e-13);
    }

    @ParameterizedTest
    @CsvSource({"4, 1.8228757, -.8228757", "16, 3.2838822, -2.2838822"})
    void svagWeighsTwoBatches(int l, double first, double second) {
        Model model = Problems.of("kind: loss\nname: two\nstate: [x]\ndata: {b: [1, 0]}\nloss: b*x\nstart: [0]\n");
        OneStep one = new OneStep(Problems.step(model, "svag", Settings.of(1).with("amplification", l)));
        double[] start = {0};
        assertEquals(-first / l, one.next(start, 0, batches(0, 1))[0], 5e-8);
        assertEquals(-second / l, one.next(start, 0, batches(1, 0))[0], 5e-8);
        double c1 = -l * one.next(start, 0, batches(0, 1))[0];
        double c2 = -l * one.next(start, 0, batches(1, 0))[0];
        assertEquals(1, c1 + c2, 1e-14);
        assertEquals(l, c1 * c1 + c2 * c2, 1e-13);
    }

    /// At a fixed learning rate the distance of means and variances to the equation's falls as 1/l.
    @Test
    void svagComesCloserToTheEquationAsOneOverItsAmplification() {
        double[][] error = new double[2][2];
        for (int i = 0; i < 2; i++) {
            int l = 64 << i;
            ExactLaw.At law = at(noisy(2, 1), "svag", Settings.of(0.1).with("amplification", l), 10L * l);
            error[0][i] = Math.abs(law.mean()[0] - Math.exp(-2));
            error[1][i] = Math.abs(law.covariance()[0][0] - 0.025 * (1 - Math.exp(-4)));
        }
        for (double[] e : error) assertEquals(1, Math.log(e[0] / e[1]) / Math.log(2), 0.02);
    }

    private static OneStep.Noise batches(int first, int second) {
        return new OneStep.Noise(List.of(), List.of(), List.of(List.of(first), List.of(second)));
    }

    /// The weights on the examples give exactly the covariance of a batch: three examples in two dimensions, the
    /// response to each normal alone.
    @Test
    void noisyGradientDescentHasTheCovarianceOfABatch() {
        double[] p = {1, -2, 0.5};
        double[] q = {0.3, 1, -4};
        Model model = Problems.of("kind: loss\nname: three\nstate: [x, y]\ndata: {p: [1, -2, 0.5], q: [0.3, 1, -4]}\n"
                + "loss: p*x + q*y\nstart: [0, 0]\n");
        double eta = 0.2;
        int batch = 5;
        OneStep one = new OneStep(Problems.step(model, "ngd", Settings.of(eta).with("batch", batch)));
        double[] mean = one.next(new double[2], 0, normals(0, 0, 0));
        double[][] covariance = new double[2][2];
        for (int i = 0; i < 3; i++) {
            double[] z = {0, 0, 0};
            z[i] = 1;
            double[] moved = one.next(new double[2], 0, normals(z));
            for (int r = 0; r < 2; r++) {
                for (int c = 0; c < 2; c++) covariance[r][c] += (moved[r] - mean[r]) * (moved[c] - mean[c]);
            }
        }
        double[] g = {(1 - 2 + 0.5) / 3, (0.3 + 1 - 4) / 3};
        double[][] sigma = new double[2][2];
        for (int i = 0; i < 3; i++) {
            double[] d = {p[i] - g[0], q[i] - g[1]};
            for (int r = 0; r < 2; r++) for (int c = 0; c < 2; c++) sigma[r][c] += d[r] * d[c] / 3;
        }
        for (int r = 0; r < 2; r++) {
            assertEquals(-eta * g[r], mean[r], 1e-15);
            for (int c = 0; c < 2; c++) {
                assertEquals(eta * eta * sigma[r][c] / batch, covariance[r][c], 1e-15);
            }
        }
    }

    private static OneStep.Noise normals(double... z) {
        return new OneStep.Noise(java.util.Arrays.stream(z).boxed().toList(), List.of(), List.of());
    }

    /// Gaussian noise of the same covariance has the same first two moments on a quadratic.
    @Test
    void noisyGradientDescentHasTheMomentsOfSgd() {
        Settings settings = Settings.of(0.1).with("batch", 1);
        assertEquals(0.0277777778, variance(2, "ngd", settings), 1e-10);
        for (long k : new long[] {1, 7, 30}) {
            ExactLaw.At sgd = at(noisy(2, 1), "sgd", settings, k);
            ExactLaw.At ngd = at(noisy(2, 1), "ngd", settings, k);
            assertEquals(sgd.mean()[0], ngd.mean()[0], 1e-14);
            assertEquals(sgd.covariance()[0][0], ngd.covariance()[0][0], 1e-14);
        }
    }

    /// Where the curvature is constant, the mean of K workers is SGD with a K-th of the noise, whatever the number
    /// of local steps.
    @ParameterizedTest
    @CsvSource({"1, 5", "3, 5", "7, 20"})
    void theMeanOfWorkersOnAQuadraticIsSgd(int local, long k) {
        Settings workers =
                Settings.of(0.1).with("workers", 2).with("local", local).with("lambda", 0.3);
        ExactLaw.At mean = at(noisy(2, 1), "local-sgd", workers, k);
        ExactLaw.At sgd =
                at(noisy(2, 1), "sgd", Settings.of(0.1).with("batch", 2).with("lambda", 0.3), k);
        assertEquals(sgd.mean()[0], mean.mean()[0], 1e-13);
        assertEquals(sgd.covariance()[0][0], mean.covariance()[0][0], 1e-13);
    }

    /// The end of the flow for a time on L + (c/4)((1-s) |grad L|^2 + s mean |grad L_k|^2), a linear equation.
    private static double flow(double time, double c, boolean single) {
        double a = 0;
        double ab = 0;
        double a2 = 0;
        double a2b = 0;
        for (int i = 0; i < 4; i++) {
            a += A[i] / 4;
            ab += A[i] * B[i] / 4;
            a2 += A[i] * A[i] / 4;
            a2b += A[i] * A[i] * B[i] / 4;
        }
        double rate = a + c / 2 * (single ? a2 : a * a);
        double end = (ab + c / 2 * (single ? a2b : a * ab)) / rate;
        return end + (2 - end) * Math.exp(-rate * time);
    }

    /// Section 4.3: the mean over all orders, and that of batches drawn with replacement, against the flows
    /// on L and on the modified losses of gradient descent and of SGD.
    @ParameterizedTest
    @CsvSource({
        ".04, 1.79e-2, 5.45e-3, 1.23e-3, 5.66e-4, 3.66e-3",
        ".02, 4.95e-3, 1.38e-3, 1.69e-4, 7.91e-5, 1.13e-3",
        ".01, 1.30e-3, 3.47e-4, 2.21e-5, 1.04e-5, 3.14e-4"
    })
    void epochsHaveTheirDistancesFromFlows(
            double eta, double plain, double descent, double sgd, double iidDescent, double iidSgd) {
        double shuffled = epoch(eta, Sampling.REORDER);
        double iid = epoch(eta, Sampling.IID);
        double time = 4 * eta;
        close(plain, shuffled - flow(time, 0, false));
        close(descent, shuffled - flow(time, eta, false));
        close(sgd, shuffled - flow(time, eta, true));
        close(iidDescent, iid - flow(time, eta, false));
        close(iidSgd, iid - flow(time, eta, true));
    }

    private static void close(double published, double error) {
        assertEquals(published, Math.abs(error), 5e-3 * published);
    }

    private static double epoch(double eta, Sampling sampling) {
        return at(Problems.model("four-points"), "sgd", Settings.of(eta).with(sampling), 4)
                .mean()[0];
    }

    /// Shuffled epochs follow SGD's modified loss with slope 3 and that of gradient descent with slope 2;
    /// batches drawn with replacement the other way round.
    @Test
    void theSlopesTellSamplingWithAndWithoutReplacement() {
        List<double[]> errors = new ArrayList<>();
        for (double eta : new double[] {.004, .002}) {
            double time = 4 * eta;
            double[] means = {epoch(eta, Sampling.SHUFFLE), epoch(eta, Sampling.IID)};
            double[] of = new double[4];
            for (int i = 0; i < 2; i++) {
                of[2 * i] = Math.abs(means[i] - flow(time, eta, false));
                of[2 * i + 1] = Math.abs(means[i] - flow(time, eta, true));
            }
            errors.add(of);
        }
        double[] slopes = {2, 3, 3, 2};
        for (int i = 0; i < 4; i++) {
            assertEquals(slopes[i], Math.log(errors.get(0)[i] / errors.get(1)[i]) / Math.log(2), 0.05);
        }
    }

    /// Section 4.3: the coefficient of n-step SGD is the bare learning rate.
    @ParameterizedTest
    @CsvSource({".02, 4.02e-4, 2.13e-2", ".01, 6.00e-5, 6.63e-3", ".005, 8.18e-6, 1.84e-3"})
    void stepsOnEachBatchHaveTheBareRate(double alpha, double bare, double effective) {
        Settings settings = Settings.of(alpha).with("repeat", 3).with(Sampling.REORDER);
        double mean =
                at(Problems.model("four-points"), "n-step-sgd", settings, 12).mean()[0];
        close(bare, mean - flow(12 * alpha, alpha, true));
        close(effective, mean - flow(12 * alpha, 3 * alpha, true));
    }

    /// Section 4.3: an order, here 2 0 3 1, and its reverse follow the flow without a mean.
    @ParameterizedTest
    @CsvSource({".04, 7.2e-5", ".02, 5.4e-5", ".01, 1.0e-5"})
    void anOrderAndItsReverseFollowTheFlow(double eta, double published) {
        Model model =
                Problems.of("kind: loss\nname: ordered\nstate: [w]\ndata: {a: [2, 0.5, 3, 1], b: [0.5, 1, 0, -1]}\n"
                        + "loss: a*(w - b)^2/2\nstart: [2]\n");
        Settings settings = Settings.of(eta).with(Sampling.REVERSED);
        ExactLaw.At end = at(model, "sgd", settings, 8);
        assertEquals(0, end.covariance()[0][0], 1e-12);
        assertEquals(published, Math.abs(end.mean()[0] - flow(8 * eta, eta, true)), 0.05e-5 + 0.02 * published);
    }
}
