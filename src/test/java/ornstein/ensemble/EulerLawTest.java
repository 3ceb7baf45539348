package ornstein.ensemble;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ornstein.model.Model;
import ornstein.model.SdeModel;

/// A million paths of Euler-Maruyama against the law of its own recursion, so that no error of the order of the step
/// size can hide.
class EulerLawTest {
    @ParameterizedTest
    @CsvSource({
        "ou, 1, 10",
        "ou-2d, 1, 10",
        "geometric-brownian-motion, 1, 10",
        "cir, 1, 16",
        "kubo, 1, 10",
    })
    void momentsOfLinearRecursions(String name, double until, int steps) {
        check(Runs.model(name, Map.of()), until, steps);
    }

    /// The law is normal, which gives the standard errors of covariances.
    @Test
    void momentsInTwentyDimensions() {
        EulerMoments exact = EulerMoments.of((SdeModel) Twenty.MODEL, 0.1, 4);
        EnsembleResult r = Measured.euler(Twenty.MODEL, 0.4, 4, 25).result();
        for (int i = 0; i < Twenty.D; i++) {
            new Measured.Value(r.mean(1, i), r.standardError(1, i)).is(exact.mean[i], "x" + i);
            for (int j = 0; j <= i; j++) {
                double c = exact.covariance(i, j);
                double se = Math.sqrt((exact.covariance(i, i) * exact.covariance(j, j) + c * c) / Measured.PATHS);
                new Measured.Value(r.covariance(1, i, j), se).is(c, i + ", " + j);
            }
        }
    }

    private static void check(Model model, double until, int steps) {
        EulerMoments exact = EulerMoments.of((SdeModel) model, until / steps, steps);
        List<String> names = model.state().stream().map(s -> s.name()).toList();
        List<String> expressions = new ArrayList<>(names);
        for (int i = 0; i < names.size(); i++) {
            for (int j = 0; j <= i; j++) expressions.add(names.get(i) + "*" + names.get(j));
        }
        Measured measured = Measured.euler(model, until, steps, 21, expressions.toArray(String[]::new));
        for (int i = 0; i < names.size(); i++) {
            measured.last(names.get(i)).is(exact.mean[i], names.get(i));
            for (int j = 0; j <= i; j++) {
                String product = names.get(i) + "*" + names.get(j);
                measured.last(product).is(exact.second[i][j], product);
                double covariance = measured.result().covariance(1, i, j);
                double own = measured.last(product).mean()
                        - measured.result().mean(1, i) * measured.result().mean(1, j);
                assertEquals(own, covariance, 1e-5 * Math.abs(own) + 1e-6);
            }
        }
    }

    /// THEORY's value of the stationary variance, 0.1/(1 - 0.8^2), and the model's closed form agree with the
    /// recursion.
    @Test
    void theRecursionHasTheKnownStationaryVariance() {
        SdeModel ou = (SdeModel) Runs.model("ou", Map.of());
        assertEquals(5.0 / 18, EulerMoments.of(ou, 0.1, 400).covariance(0, 0), 1e-14);
        SdeModel two = (SdeModel) Runs.model("ou-2d", Map.of());
        EulerMoments m = EulerMoments.of(two, 0.1, 1000);
        assertEquals(0.0273416092, m.covariance(0, 0), 1e-10);
        assertEquals(0.0027555796, m.covariance(0, 1), 1e-10);
        assertEquals(0.0253702729, m.covariance(1, 1), 1e-10);
        SdeModel gbm = (SdeModel) Runs.model("geometric-brownian-motion", Map.of());
        assertEquals(Math.pow(1 + 1.5 / 16, 16), EulerMoments.of(gbm, 1.0 / 16, 16).mean[0], 1e-12);
    }

    @ParameterizedTest
    @CsvSource({"0.25", "0.5"})
    void doubleWell(double temperature) {
        SdeModel model = (SdeModel) Runs.model("double-well", Map.of("T", temperature));
        EulerGrid grid = new EulerGrid(model, 0.04, -3, 3, 801);
        double[] p = grid.after(50);
        assertEquals(1, grid.mean(p, x -> 1), 1e-9);
        Measured measured = Measured.euler(model, 2, 50, 22, "x", "x^2", "x^4");
        measured.last("x").is(grid.mean(p, x -> x), "x");
        measured.last("x^2").is(grid.mean(p, x -> x * x), "x^2");
        measured.last("x^4").is(grid.mean(p, x -> x * x * x * x), "x^4");
    }

    @Test
    void arctan() {
        SdeModel model = (SdeModel) Runs.model("arctan", Map.of());
        EulerGrid grid = new EulerGrid(model, 0.125, -1.5, 1.5, 2001);
        double[] p = grid.after(8);
        assertEquals(1, grid.mean(p, x -> 1), 1e-5);
        Measured measured = Measured.euler(model, 1, 8, 23, "x", "x^2");
        measured.last("x").is(grid.mean(p, x -> x), "x");
        measured.last("x^2").is(grid.mean(p, x -> x * x), "x^2");
    }
}
