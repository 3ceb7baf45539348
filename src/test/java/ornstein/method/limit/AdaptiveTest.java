package ornstein.method.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import ornstein.ensemble.EnsembleResult;
import ornstein.method.OneStep;
import ornstein.method.OneStep.Noise;
import ornstein.method.Settings;
import ornstein.method.Step;
import ornstein.model.Model;

/// The equations of RMSprop and Adam (arXiv:2205.10287).
class AdaptiveTest {
    private static final Map<String, Double> PLAIN = Map.of("h", 1.0, "s", 1.0);

    /// In one dimension with eps = 0 and v at its mean s^2: a stationary variance eta s/(2h), which the step
    /// has with eta s/(h (2 - h dt/s)).
    @Test
    void theStationaryVarianceOfRmsprop() {
        Model model = Cases.model("noisy-quadratic", PLAIN);
        double dt = 0.02;
        EnsembleResult result =
                Cases.run(model, "sde1", "rmsprop", 0.01, dt, 600, 20_000, Map.of("eps", 0.0, "beta2", 0.95));
        double expected = 0.01 / (2 - dt);
        assertEquals(0.005, expected, 6e-5);
        assertEquals(expected, result.covariance(1, 0, 0), 4 * expected * Math.sqrt(2.0 / result.count()));
    }

    /// v moves to s^2 as 1 - exp(-(1 - beta2) k), the algorithm's 1 - beta2^k to leading order; m in
    /// equilibrium has the variance s^2 (1 - beta1)/2, the algorithm's s^2 (1 - beta1)/(1 + beta1) to leading
    /// order.
    @Test
    void theMomentsOfAdam() {
        Model model = Cases.model("noisy-quadratic", Map.of("h", 0.0, "s", 1.5));
        double beta1 = 0.9;
        double beta2 = 0.99;
        double eta = 0.01;
        Settings settings = Cases.limit(0.005, "adam", eta).with("beta1", beta1).with("beta2", beta2);
        Step step = Cases.step("sde1", model, settings);
        OneStep one = new OneStep(step);
        double[] x = {0, 0, 0};
        for (int k = 0; k < 200; k++) x = one.next(x, k, noise(step, 0));
        assertEquals(2.25 * (1 - Math.exp(-(1 - beta2) * 100)), x[2], 1e-12);
        assertEquals(2.25 * (1 - Math.pow(beta2, 100)), x[2], 0.01);
        double kept = one.next(new double[] {0, 1, 1}, 0, noise(step, 0))[1];
        double square = 0;
        for (int j = 0; j < step.normals(); j++) {
            double[] z = new double[step.normals()];
            z[j] = 1;
            Noise unit = new Noise(java.util.Arrays.stream(z).boxed().toList(), List.of(), List.of());
            square += Math.pow(one.next(new double[] {0, 0, 1}, 0, unit)[1], 2);
        }
        double variance = square / (1 - kept * kept);
        assertEquals(2.25 * (1 - beta1) / 2, variance, 1e-12);
        assertEquals(2.25 * (1 - beta1) / (1 + beta1), variance, 0.06 * variance);
    }

    private static Noise noise(Step step, double z) {
        return new Noise(Collections.nCopies(step.normals(), z), List.of(), List.of());
    }

    /// The square-root rule: kappa times the batch, 1 - beta_i times kappa, eta times and eps over
    /// sqrt(kappa) give the same equation in tau = eta s.
    @Test
    void theSquareRootRuleLeavesTheEquation() {
        Model model = Cases.model("noisy-quadratic", PLAIN);
        Map<String, Double> small = Map.of("batch", 2.0, "beta1", 0.9, "beta2", 0.95, "eps", 0.1);
        Map<String, Double> large = Map.of("batch", 8.0, "beta1", 0.6, "beta2", 0.8, "eps", 0.05);
        EnsembleResult a = Cases.run(model, "sde1", "adam", 0.01, 0.01, 300, 64, small);
        EnsembleResult b = Cases.run(model, "sde1", "adam", 0.02, 0.005, 300, 64, large);
        assertEquals(a.mean(1, 0), b.mean(1, 0), 1e-12);
        assertEquals(a.covariance(1, 0, 0), b.covariance(1, 0, 0), 1e-12);
        assertTrue(a.covariance(1, 0, 0) > 1e-4);
    }

    /// Adam and its equation where noise dominates: the laws at k = 400 agree to the leading order.
    @Test
    void adamFollowsItsEquation() {
        Model model = Cases.model("noisy-quadratic", Map.of("h", 1.0, "s", 3.0));
        Map<String, Double> options = Map.of("beta1", 0.8, "beta2", 0.95);
        double eta = 0.01;
        EnsembleResult sde = Cases.run(model, "sde1", "adam", eta, eta / 4, 1600, 10_000, options);
        EnsembleResult adam = Cases.algorithm(model, "adam", eta, 400, 10_000, options);
        double se = Math.hypot(sde.standardError(1, 0), adam.standardError(1, 0));
        assertEquals(adam.mean(1, 0), sde.mean(1, 0), 4 * se + 3 * eta);
        assertEquals(1, sde.covariance(1, 0, 0) / adam.covariance(1, 0, 0), 4 * Math.sqrt(4.0 / 10_000) + 0.05);
    }
}
