package ornstein.method.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.math3.complex.Complex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ornstein.ensemble.EnsembleResult;
import ornstein.expr.Eval;
import ornstein.method.Methods;
import ornstein.method.Sampling;
import ornstein.method.Settings;
import ornstein.model.LossModel;
import ornstein.model.Model;
import ornstein.spec.UserError;

/// The flows on the host against algorithms, published errors and closed forms.
class FlowsTest {
    private static final double[] A = {0.5, 1, 2, 3};
    private static final double[] B = {1, -1, 0.5, 0};

    /// Gradient descent on x^4/4 from 1 to s = 1: the errors of the flows with 0, 1 and 2 corrections.
    @ParameterizedTest
    @CsvSource({
        "0.1, 1.690661e-2, 2.232921e-3, 4.095943e-4",
        "0.05, 8.176225e-3, 5.577787e-4, 5.164521e-5",
        "0.025, 4.024592e-3, 1.397688e-4, 6.486234e-6",
    })
    void modifiedFlowsOfGradientDescent(double eta, double first, double second, double third) {
        Model quartic = Cases.loss("x^4/4", List.of("x"), 1.0);
        double gd = 1;
        for (int k = 0; k < Math.round(1 / eta); k++) gd -= eta * gd * gd * gd;
        if (eta == 0.1) assertEquals(.560443663852896, gd, 1e-14);
        double[] expected = {first, second, third};
        for (int order = 0; order <= 2; order++) {
            double end = Cases.end(
                    "modified-flow", quartic, Cases.limit(1, "gd", eta).with("order", order))[0];
            assertEquals(expected[order], Math.abs(end - gd), 1e-6 * expected[order] + 1e-11);
        }
    }

    /// With 3 corrections the global error is of order 4.
    @Test
    void threeCorrectionsAreOfOrderFour() {
        Model model = Cases.loss("x^4/4 + sin(x*y) + y^2", List.of("x", "y"), 0.9, -0.5);
        double[] error = new double[2];
        for (int k = 0; k < 2; k++) {
            double eta = 0.05 / (1 << k);
            double[] gd = {0.9, -0.5};
            for (int n = 0; n < Math.round(1 / eta); n++) {
                double[] g = Eval.of(((LossModel) model).gradient(), Map.of("x", gd[0], "y", gd[1]));
                for (int i = 0; i < 2; i++) gd[i] -= eta * g[i];
            }
            double[] end =
                    Cases.end("modified-flow", model, Cases.limit(1, "gd", eta).with("order", 3));
            error[k] = Math.hypot(end[0] - gd[0], end[1] - gd[1]);
        }
        assertEquals(4, Math.log(error[0] / error[1]) / Math.log(2), 0.2);
    }

    /// One epoch of four-points, the mean over all 24 orders, against gradient flow, the GD-modified and the
    /// SGD-modified flow; i.i.d. batches the other way round (arXiv:2101.12176).
    @ParameterizedTest
    @CsvSource({
        "0.04, 1.5417850667, 1.79e-2, 5.45e-3, 1.23e-3, 1.5466718281, 5.66e-4, 3.66e-3",
        "0.02, 1.7606222333, 4.95e-3, 1.38e-3, 1.69e-4, 1.7619255830, 7.91e-5, 1.13e-3",
        "0.01, 1.8776777229, 1.30e-3, 3.47e-4, 2.21e-5, 1.8780140013, 1.04e-5, 3.14e-4",
    })
    void shuffledEpochs(
            double eta, double mean, double flow, double gd, double sgd, double iid, double iidGd, double iidSgd) {
        Model model = Cases.model("four-points", Map.of());
        double shuffled = epochs(eta, 1);
        double independent = 2;
        for (int k = 0; k < 4; k++) independent -= eta * (1.625 * independent - 0.125);
        assertEquals(mean, shuffled, 1e-10);
        assertEquals(iid, independent, 1e-10);
        Settings settings = Cases.limit(4 * eta, "sgd", eta);
        double plain = Cases.end("gradient-flow", model, settings)[0];
        double full = Cases.end("modified-flow", model, settings)[0];
        double random = Cases.end("modified-flow", model, settings.with(Sampling.SHUFFLE))[0];
        assertEquals(flow, Math.abs(shuffled - plain), 0.006 * flow);
        assertEquals(gd, Math.abs(shuffled - full), 0.006 * gd);
        assertEquals(sgd, Math.abs(shuffled - random), 0.006 * sgd);
        assertEquals(iidGd, Math.abs(independent - full), 0.006 * iidGd);
        assertEquals(iidSgd, Math.abs(independent - random), 0.006 * iidSgd);
    }

    /// Three steps a batch: the coefficient is the bare learning rate, not three times it.
    @ParameterizedTest
    @CsvSource({"0.02, 4.02e-4, 2.13e-2", "0.01, 6.00e-5, 6.63e-3", "0.005, 8.18e-6, 1.84e-3"})
    void severalStepsOnEachBatch(double alpha, double bare, double effective) {
        Model model = Cases.model("four-points", Map.of());
        double mean = epochs(alpha, 3);
        Settings settings =
                Cases.limit(12 * alpha, "n-step-sgd", alpha).with("repeat", 3).with(Sampling.SHUFFLE);
        double right = Cases.end("modified-flow", model, settings)[0];
        assertEquals(bare, Math.abs(mean - right), 0.006 * bare);
        double wrong = Cases.end(
                "modified-flow",
                model,
                Cases.limit(12 * alpha, "sgd", 3 * alpha).with(Sampling.SHUFFLE))[0];
        assertEquals(effective, Math.abs(mean - wrong), 0.006 * effective);
    }

    /// An order and its reverse, without any mean.
    @ParameterizedTest
    @CsvSource({"0.04, 7.2e-5", "0.02, 5.4e-5", "0.01, 1.0e-5"})
    void anOrderAndItsReverse(double eta, double error) {
        double w = 2;
        for (int k : new int[] {2, 0, 3, 1, 1, 3, 0, 2}) w -= eta * A[k] * (w - B[k]);
        Settings settings = Cases.limit(8 * eta, "sgd", eta).with(Sampling.REVERSED);
        double end = Cases.end("modified-flow", Cases.model("four-points", Map.of()), settings)[0];
        assertEquals(error, Math.abs(w - end), 0.06 * error);
    }

    /// The mean end of an epoch over all orders.
    private static double epochs(double eta, int repeat) {
        double sum = 0;
        for (int code = 0; code < 256; code++) {
            int[] order = {code & 3, code >> 2 & 3, code >> 4 & 3, code >> 6};
            if ((1 << order[0] | 1 << order[1] | 1 << order[2] | 1 << order[3]) != 15) continue;
            double w = 2;
            for (int k : order) for (int n = 0; n < repeat; n++) w -= eta * A[k] * (w - B[k]);
            sum += w / 24;
        }
        return sum;
    }

    /// h = (.5, 3), eta = .2, ten steps from (1, 1); with eta h > 1 the size of the iterates.
    @Test
    void thePrincipalFlowIsExactOnQuadratics() {
        Model model = Cases.loss("x^2/4 + 3*y^2/2", List.of("x", "y"), 1.0, 1.0);
        double[] end = Cases.end("principal-flow", model, Cases.limit(2, "gd", 0.2));
        assertEquals(.34867844, end[0], 1e-10);
        assertEquals(1.048576e-4, end[1], 1e-13);
        double[] beyond = Cases.end("principal-flow", model, Cases.limit(2, "gd", 0.5));
        assertEquals(Math.pow(0.75, 4), beyond[0], 1e-10);
        assertEquals(Math.pow(0.5, 4), beyond[1], 1e-10);
    }

    /// Its coefficient is the real part of the principal logarithm: negative below eta h = 2, where descent
    /// contracts, 0 there, and positive above, where the flow grows as the iterates do.
    @ParameterizedTest
    @CsvSource({"-0.7, -1", "1e-9, -1", "0.4, -1", "1.5, -1", "1.999, -1", "2, 0", "2.001, 1", "2.4, 1", "7, 1"})
    void thePrincipalFlowGrowsAboveTwo(double x, int sign) {
        Complex logarithm = new Complex(1 - x, 0).log();
        assertEquals(x > 1 ? Math.PI : 0, logarithm.getImaginary(), 0);
        double factor = PrincipalFlow.factor(x);
        assertEquals(logarithm.getReal() / x, factor, 1e-7);
        assertEquals(sign, Math.signum(factor));
        double eta = 0.8;
        Model model = Cases.loss(x / eta + "*x^2/2", List.of("x"), 1.0);
        double end = Cases.end("principal-flow", model, Cases.limit(5 * eta, "gd", eta))[0];
        double gd = 1;
        for (int k = 0; k < 5; k++) gd -= eta * (x / eta) * gd;
        assertEquals(Math.abs(gd), end, 1e-9 * Math.abs(gd));
        assertEquals(-1, PrincipalFlow.factor(0));
    }

    /// It lacks the terms with third derivatives: at eta^2, T[g,g]/12.
    @Test
    void thePrincipalFlowLeavesThirdDerivativesOut() {
        Model model = Cases.loss("x^4/4", List.of("x"), 1.0);
        double[] rest = new double[2];
        for (int i = 0; i < 2; i++) {
            double eta = 0.02 / (1 << i);
            double ds = 1e-3;
            double principal = Cases.end("principal-flow", model, Cases.limit(ds, "gd", eta))[0];
            double modified =
                    Cases.end("modified-flow", model, Cases.limit(ds, "gd", eta).with("order", 2))[0];
            rest[i] = (principal - modified) / (ds * eta * eta);
        }
        // T[g,g]/12 with g = 1 and T = 6
        assertEquals(0.5, 2 * rest[1] - rest[0], 0.01);
    }

    /// Gradient flow on (uv - 1)^2/2 conserves u^2 - v^2 and ends where u^2 = (D + sqrt(D^2 + 4))/2; the slow
    /// equation begins there.
    @Test
    void gradientFlowConserves() {
        double d = 2.25 - 4.0 / 9;
        double u = Math.sqrt((d + Math.sqrt(d * d + 4)) / 2);
        Model from = Cases.loss("(u*v - 1)^2/2", List.of("u", "v"), 2.0, Math.sqrt(4 - d));
        double[] end = Cases.end("gradient-flow", from, Cases.limit(20, "gd", 0.1));
        assertEquals(d, end[0] * end[0] - end[1] * end[1], 1e-10);
        assertEquals(u, end[0], 1e-9);
        double[] far = {2.0, Math.sqrt(4 - d)};
        new Surface((LossModel) from).descend(far);
        assertEquals(u, far[0], 1e-10);
        assertEquals(1 / u, far[1], 1e-10);
    }

    /// A flow that leaves the plane in a finite time has failed there, and is counted.
    @Test
    void blowingUpIsCounted() {
        Model model = Cases.loss("-x^4", List.of("x"), 1.0);
        EnsembleResult result = Cases.run(model, "gradient-flow", "gd", 0.1, 0.1, 5, 3, Map.of());
        assertEquals(3, result.failures().count());
        assertEquals(2, Objects.requireNonNull(result.failures().first()).step());
    }

    @Test
    void whatDoesNotFitIsNamed() {
        refused("sharpness-flow", Cases.limit(0.1, "gd", 0.1), "needs a weight decay above 0");
        refused("slow-sde", Cases.limit(0.1, "sgd", 0.1).with("lambda", 0.1), "has no weight decay");
        refused("slow-sde", Cases.limit(0.1, "sgd", 0.1).with(Sampling.SHUFFLE), "independent batches");
        refused("principal-flow", Cases.limit(0.1, "sgd", 0.1).with(Sampling.SHUFFLE), "independent batches");
        refused("principal-flow", Cases.limit(0.1, "gd", 0.1).with(Sampling.FIXED), "gd takes no batches");
        refused(
                "sharpness-flow",
                Cases.limit(0.1, "gd", 0.1).with("lambda", 0.1).with(Sampling.SHUFFLE),
                "gd takes no batches");
        refused("sde1", Cases.limit(0.1, "sgd", 0.1).with(Sampling.SHUFFLE), "independent batches");
        refused(
                "sde2",
                Cases.limit(0.1, "adam", 0.1),
                "--of adam: sde2 is a limit of sgd, ngd, svag, momentum; adam has modified-flow, sde1");
        refused("sde1", Cases.limit(0.1, "lars", 0.1), "; lars has no limit");
        refused("sde2", Cases.limit(0.1, "adamw", 0.1), "--of adamw: sde2 is a limit of");
        refused(
                "modified-flow",
                Cases.limit(0.1, "adam", 0.1).with("amplification", 2),
                "modified-flow is of adam itself");
        refused("principal-flow", Cases.limit(0.1, "momentum", 0.1), "is a limit of gd, sgd");
        refused("modified-flow", Cases.limit(0.1, "adam", 0.1), "take the full batch");
        refused("gradient-flow", Cases.limit(0.1, "sgd", 0.1).with("beta", 0.5), "--beta: gradient-flow does not");
    }

    private static void refused(String method, Settings settings, String because) {
        Model uv = Cases.model("uv", Map.of());
        String message = assertThrows(
                        UserError.class, () -> Methods.named(method).motion(uv, settings))
                .getMessage();
        assertTrue(message.contains(because), message);
    }
}
