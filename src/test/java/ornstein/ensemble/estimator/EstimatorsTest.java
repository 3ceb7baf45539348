package ornstein.ensemble.estimator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import ornstein.ensemble.Ensemble;
import ornstein.ensemble.ExactLaw;
import ornstein.ensemble.Simulation;
import ornstein.ensemble.SimulationRequest;
import ornstein.ensemble.order.Convergence;
import ornstein.kernel.Backend;
import ornstein.kernel.Precision;
import ornstein.method.Methods;
import ornstein.method.Sampling;
import ornstein.method.StepMethod;
import ornstein.model.Catalog;
import ornstein.model.SdeModel;
import ornstein.run.Interruption;
import ornstein.run.Progress;
import ornstein.spec.UserError;

class EstimatorsTest {
    private static final Ensemble.Telling SILENT = (_, _, _, _) -> Progress.silent();

    private static SdeModel model(String name, Map<String, Double> overrides) {
        return (SdeModel) new Catalog(Path.of("models")).model(name, overrides);
    }

    private static Mlmc mlmc(SdeModel model, double tolerance, int threads) {
        StepMethod base = (StepMethod) Methods.named("euler-maruyama");
        return new Mlmc(model, base, Map.of(), 1, 1, tolerance, 2, 5, threads);
    }

    /// E X = exp(mu), and E X^2 = exp(2 mu + sigma^2) as the variance of plain paths says.
    @Test
    void mlmcReachesItsTolerance() {
        SdeModel model = model("geometric-brownian-motion", Map.of("mu", 0.2));
        double tolerance = 0.004;
        Mlmc.Result r = mlmc(model, tolerance, 2).run(new Interruption(), SILENT);
        assertEquals(Math.exp(0.2), r.mean()[0], 3 * tolerance);
        assertTrue(r.error()[0] <= 1.02 * tolerance / Math.sqrt(2), () -> "se " + r.error()[0]);
        assertTrue(r.bias() <= tolerance / Math.sqrt(2));
        assertTrue(r.cost() < r.plainCost());
        assertEquals(0, r.failed());
        Mlmc.Level last = r.levels().getLast();
        double variance = Math.exp(0.4) * (Math.exp(0.25) - 1);
        assertEquals(variance, last.plain()[0], 0.12 * variance);
        double cost = r.levels().stream()
                .mapToDouble(l -> l.paths() * (4 << l.level()) * (l.level() == 0 ? 1 : 1.5))
                .sum();
        assertEquals(cost, r.cost());
    }

    /// Observables beside coordinates; the additive noise lets the variance of a level fall with the square of
    /// the step.
    @Test
    void mlmcOfObservables() {
        SdeModel model = model("ou", Map.of());
        Mlmc.Result r = mlmc(model, 0.003, 2).run(new Interruption(), SILENT);
        ExactLaw.At law = ExactLaw.of(model, 1).orElseThrow().at(1);
        assertEquals(law.mean()[0], r.mean()[0], 0.009);
        assertEquals(law.covariance()[0][0] + law.mean()[0] * law.mean()[0], r.mean()[1], 0.009);
        int n = r.levels().size();
        double ratio =
                r.levels().get(n - 2).variance()[0] / r.levels().get(n - 1).variance()[0];
        assertEquals(4, ratio, 0.8);
    }

    @Test
    void mlmcDoesNotDependOnThreads() {
        SdeModel model = model("arctan", Map.of());
        double[] one = mlmc(model, 0.02, 1).run(new Interruption(), SILENT).mean();
        assertArrayEquals(
                one, mlmc(model, 0.02, 3).run(new Interruption(), SILENT).mean());
    }

    @Test
    void mlmcNeedsMoreThanASmallBias() {
        SdeModel model = model("geometric-brownian-motion", Map.of("mu", 9.0, "sigma", 0.01));
        UserError e = assertThrows(UserError.class, () -> mlmc(model, 1e-7, 1).run(new Interruption(), SILENT));
        assertTrue(e.getMessage().startsWith("--tolerance 1e-7: "), e.getMessage());
    }

    /// Errors of the mean of geometric Brownian motion, .04681 and .01335 at (8, 16) and (16, 32) steps; in the
    /// second moment those of its closed form.
    @Test
    void extrapolatedMomentsAreThoseOfTheClosedForm() {
        SdeModel model = model("geometric-brownian-motion", Map.of());
        Convergence asked =
                new Convergence(model, Methods.named("talay-tubaro"), Map.of(), Optional.empty(), 1, 3, 3, 64, 1, 1);
        var weak = asked.weak(new Interruption()).orElseThrow();
        assertEquals(2, weak.claimed().getAsDouble());
        double[] mean = {.04681, .01335};
        for (int l = 0; l < 2; l++) {
            double second = Math.exp(3.25) - 2 * second(16 << l) + second(8 << l);
            assertEquals(Math.hypot(mean[l], second), weak.error()[l], 2e-5);
        }
        assertTrue(asked.strong(new Interruption()).isEmpty());
    }

    private static double second(int n) {
        double h = 1.0 / n;
        return Math.pow((1 + 1.5 * h) * (1 + 1.5 * h) + .25 * h, n);
    }

    /// By paths: the mean, the variance and the standard error of an extrapolation.
    @Test
    void extrapolatedPathsAgreeWithTheClosedForm() {
        SdeModel model = model("geometric-brownian-motion", Map.of());
        int paths = 200_000;
        Simulation coarse = new SimulationRequest(
                        model,
                        "euler-maruyama",
                        1,
                        0,
                        paths,
                        OptionalDouble.of(0.125),
                        OptionalDouble.empty(),
                        OptionalDouble.of(1),
                        OptionalLong.empty(),
                        4,
                        Precision.F64,
                        Map.of(),
                        Sampling.IID,
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        false)
                .resolve();
        TalayTubaro pair = TalayTubaro.of(coarse);
        TalayTubaro.Result r = new TalayTubaro.Result(
                pair,
                new Ensemble(pair.coarse().ensemble(), Backend.VECTOR).run(),
                new Ensemble(pair.fine().ensemble(), Backend.VECTOR).run());
        double mean = 2 * Math.pow(1 + 1.5 / 16, 16) - Math.pow(1 + 1.5 / 8, 8);
        double fine = second(16) - Math.pow(1 + 1.5 / 16, 32);
        double plain = second(8) - Math.pow(1 + 1.5 / 8, 16);
        double error = Math.sqrt((4 * fine + plain) / paths);
        assertEquals(error, r.standardError(4, 0), 0.03 * error);
        assertEquals(mean, r.mean(4, 0), 4 * error);
        double variance = 2 * second(16) - second(8) - mean * mean;
        assertEquals(variance, r.covariance(4, 0, 0), 0.06 * variance);
    }
}
