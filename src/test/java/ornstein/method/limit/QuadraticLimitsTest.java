package ornstein.method.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ornstein.ensemble.ExactLaw;
import ornstein.ensemble.order.MomentMap;
import ornstein.expr.Eval;
import ornstein.method.MatrixFunctions;
import ornstein.method.Settings;
import ornstein.model.LossModel;
import ornstein.model.Model;
import ornstein.model.SdeModel;
import ornstein.model.Start;
import ornstein.spec.UserError;

/// SGD and momentum on quadratic losses with constant noise, by exact moments, against their limits.
class QuadraticLimitsTest {
    private static final double DT = 1e-3;

    /// The errors at s = 1 from 1 of the equations of order 1 and 2, with h = 2 and s2 = 1.
    @ParameterizedTest
    @CsvSource({
        "1, 0.1, 0.02796110, 0.00387101",
        "1, 0.05, 0.01375863, 0.00284240",
        "1, 0.025, 0.00682313, 0.00163140",
        "2, 0.1, 0.00342898, 0.00426115",
        "2, 0.05, 0.00087977, 0.00102247",
        "2, 0.025, 0.00022275, 0.00025058",
    })
    void theEquationsHaveTheirWeakErrors(int order, double eta, double mean, double square) {
        Model model = Cases.model("noisy-quadratic", Map.of());
        ExactLaw.At sgd = Cases.moments(Cases.step("sgd", model, Settings.of(eta)), model, Math.round(1 / eta));
        ExactLaw.At sde =
                Cases.moments(Cases.step("sde" + order, model, Cases.limit(DT, "sgd", eta)), model, Math.round(1 / DT));
        assertEquals(mean, Math.abs(sgd.mean()[0] - sde.mean()[0]), 1e-6);
        assertEquals(square, Math.abs(second(sgd) - second(sde)), 1e-6);
    }

    private static double second(ExactLaw.At law) {
        return law.covariance()[0][0] + law.mean()[0] * law.mean()[0];
    }

    @Test
    void stationaryVariances() {
        Model model = Cases.model("noisy-quadratic", Map.of());
        ExactLaw.At sgd = Cases.moments(Cases.step("sgd", model, Settings.of(0.1)), model, 200);
        assertEquals(0.0277777778, sgd.covariance()[0][0], 1e-10);
        double[] expected = {0.025, 0.0227272727};
        for (int order = 1; order <= 2; order++) {
            Settings settings = Cases.limit(0.005, "sgd", 0.1);
            ExactLaw.At sde = Cases.moments(Cases.step("sde" + order, model, settings), model, 3000);
            assertEquals(expected[order - 1], sde.covariance()[0][0], 1e-6);
        }
    }

    @Test
    void twoDimensions() {
        Model model = Cases.model("noisy-quadratic-2d", Map.of());
        ExactLaw.At sgd = Cases.moments(Cases.step("sgd", model, Settings.of(0.1)), model, 400);
        assertMatrix(new double[][] {{.0273416092, .0027555796}, {.0027555796, .0253702729}}, sgd, 1e-10);
        ExactLaw.At sde = Cases.moments(Cases.step("sde1", model, Cases.limit(0.01, "sgd", 0.1)), model, 3000);
        assertMatrix(new double[][] {{.0245238095, .0019047619}, {.0019047619, .0240476190}}, sde, 5e-6);
    }

    /// E|X_T - X_(T+D)|^2 of the equation of order 1: with P the mean map over D, and C what noise adds,
    /// tr (I-P) M (I-P)^T + tr C, M the second moment at T.
    @ParameterizedTest
    @CsvSource({"0, 1, 0.7872401984", "1, 1, 0.1767996668", "5, 5, 0.0968615824", "15, 15, 0.0971428571"})
    void displacements(int time, int lag, double expected) {
        LossModel model = (LossModel) Cases.model("noisy-quadratic-2d", Map.of());
        double dt = 0.005;
        var map = MomentMap.of(Cases.step("sde1", model, Cases.limit(dt, "sgd", 0.1)))
                .orElseThrow();
        long steps = Math.round(lag / dt);
        double[][] p = new double[2][2];
        for (int j = 0; j < 2; j++) {
            List<Double> unit = List.of(j == 0 ? 1.0 : 0.0, j == 1 ? 1.0 : 0.0);
            double[] image = map.at(Start.at(unit), List.of(steps))
                    .orElseThrow()
                    .getFirst()
                    .mean();
            for (int i = 0; i < 2; i++) p[i][j] = (i == j ? 1 : 0) - image[i];
        }
        ExactLaw.At at = map.at(model.start(), List.of(Math.round(time / dt)))
                .orElseThrow()
                .getFirst();
        ExactLaw.At moved = map.at(model.start(), List.of(steps)).orElseThrow().getFirst();
        double sum = 0;
        for (int i = 0; i < 2; i++) {
            sum += moved.covariance()[i][i];
            for (int j = 0; j < 2; j++) {
                for (int k = 0; k < 2; k++) {
                    sum += p[i][j] * p[i][k] * (at.covariance()[j][k] + at.mean()[j] * at.mean()[k]);
                }
            }
        }
        assertEquals(expected, sum, 1e-5);
    }

    private static void assertMatrix(double[][] expected, ExactLaw.At law, double tolerance) {
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) assertEquals(expected[i][j], law.covariance()[i][j], tolerance);
        }
    }

    /// The embedding has the moments of SGD at every step, with weight decay and batches too.
    @ParameterizedTest
    @CsvSource({"noisy-quadratic, 0, 1", "noisy-quadratic-2d, 0, 1", "noisy-quadratic-2d, 0.3, 2"})
    void theEmbeddingIsSgdAtEveryStep(String name, double lambda, int batch) {
        Model model = Cases.model(name, Map.of());
        Settings sgd = Settings.of(0.1).with("lambda", lambda).with("batch", batch);
        Settings ou = Cases.limit(0.1, "sgd", 0.1).with("lambda", lambda).with("batch", batch);
        for (long k : new long[] {1, 2, 7, 60}) {
            ExactLaw.At a = Cases.moments(Cases.step("sgd", model, sgd), model, k);
            ExactLaw.At b = Cases.moments(Cases.step("ou-embedding", model, ou), model, k);
            for (int i = 0; i < model.dimension(); i++) {
                assertEquals(a.mean()[i], b.mean()[i], 1e-12);
                for (int j = 0; j < model.dimension(); j++) {
                    assertEquals(a.covariance()[i][j], b.covariance()[i][j], 1e-12);
                }
            }
        }
    }

    @Test
    void theEmbeddingHasItsCoefficients() {
        LossModel model = (LossModel) Cases.model("noisy-quadratic", Map.of()).bound();
        SdeModel process = new OuEmbedding().process(model, Cases.limit(0.1, "sgd", 0.1));
        assertEquals(-2.2314355131, Eval.of(process.drift().get(0), Map.of("w", 1.0)), 1e-10);
        double s = Eval.of(process.diffusion().get(0).get(0), Map.of());
        assertEquals(0.1239686396, s * s, 1e-10);
    }

    /// With eta = 1, h = (.05, .95) and Sigma = [[1, .999], [.999, 1]] the diffusion matrix (kappa_i + kappa_j)
    /// C_ij has the eigenvalues -.514 and 7.573.
    @Test
    void theDiffusionMatrixMayBeIndefinite() {
        double[] h = {.05, .95};
        SimpleMatrix sigma = new SimpleMatrix(new double[][] {{1, .999}, {.999, 1}});
        SimpleMatrix spread = OuEmbedding.spread(h, sigma, 1);
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                double c = sigma.get(i, j) / (h[i] + h[j] - h[i] * h[j]);
                assertEquals(-Math.log((1 - h[i]) * (1 - h[j])) * c, spread.get(i, j), 1e-13);
            }
        }
        double[] eigen = Eigen.of(spread).values();
        assertEquals(7.573, eigen[0], 5e-4);
        assertEquals(-.514, eigen[1], 5e-4);
    }

    @Test
    void whereNoProcessEmbedsSgdThatIsSaid(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("m.yaml"), """
                kind: loss
                name: m
                state: [x, y]
                data: {p: [1, -1, 0, 0], q: [0, 0, 1, -1]}
                loss: 0.05*x^2/2 + 0.95*y^2/2 + sqrt(2)*(p*x + (0.999*p + sqrt(1 - 0.999^2)*q)*y)
                start: [1, 1]
                """);
        refused(Cases.model(file.toString(), Map.of()), 1, "-0.514");
        refused(Cases.model("noisy-quadratic", Map.of()), 0.5, "not below 1");
        refused(Cases.model("four-points", Map.of()), 0.1, "depends on the weights");
        refused(Cases.model("scale-invariant-toy", Map.of()), 0.1, "not constant");
    }

    private static void refused(Model model, double eta, String because) {
        Settings settings = Cases.limit(0.1, "sgd", eta);
        String message = assertThrows(UserError.class, () -> Cases.step("ou-embedding", model, settings))
                .getMessage();
        assertTrue(message.contains(because), message);
    }

    /// One step of heavy ball, v' = v - mu eta v - eta a x, x' = x + eta v', is exp(eta (M0 + eta M1)) up to
    /// eta^3.
    @Test
    void theMatricesOfMomentumAreThoseOfItsLogarithm() {
        double mu = 1.3;
        double a = 0.7;
        double[] error = new double[2];
        for (int k = 0; k < 2; k++) {
            double eta = 0.05 / (1 << k);
            SimpleMatrix map =
                    new SimpleMatrix(new double[][] {{1 - mu * eta, -eta * a}, {eta * (1 - mu * eta), 1 - eta * eta * a}
                    });
            DMatrixRMaj generator = new DMatrixRMaj(new double[][] {
                {-mu - eta * (mu * mu - a) / 2, -a - eta * mu * a / 2}, {1 - eta * mu / 2, -eta * a / 2}
            });
            CommonOps_DDRM.scale(eta, generator);
            error[k] = SimpleMatrix.wrap(MatrixFunctions.exponential(generator))
                    .minus(map)
                    .normF();
        }
        assertEquals(3, Math.log(error[0] / error[1]) / Math.log(2), 0.05);
    }

    /// Momentum with 1 - beta = mu sqrt(eta), to the time sqrt(eta) k = 1: the mean's error is of order 1 or
    /// 2 in sqrt(eta).
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2"})
    void theEquationsOfMomentumHaveTheirOrders(int order, double slope) {
        LossModel model = Cases.loss("x^2 + x*y/2 + y^2/2", List.of("x", "y"), 1.0, -1.0);
        double[] error = new double[2];
        for (int k = 0; k < 2; k++) {
            double root = 0.04 / (1 << k);
            double eta = root * root;
            double beta = 1 - 1.3 * root;
            Settings algorithm = Settings.of(eta).with("beta", beta);
            long steps = Math.round(1 / root);
            ExactLaw.At exact = Cases.moments(Cases.step("momentum", model, algorithm), model, steps);
            Settings limit = Cases.limit(root / 400, "momentum", eta).with("beta", beta);
            ExactLaw.At sde = Cases.moments(Cases.step("sde" + order, model, limit), model, 400);
            for (int i = 0; i < 2; i++) error[k] = Math.max(error[k], Math.abs(exact.mean()[i] - sde.mean()[i]));
        }
        assertEquals(slope, Math.log(error[0] / error[1]) / Math.log(2), 0.1);
    }

    /// h s2 (1+beta)/(a (1-beta) (2 (1+beta) - h a)) of the algorithm, its leading part of the equation.
    @ParameterizedTest
    @CsvSource({"0.1, 1, 0.9, 0.5135135135, 0.5", "0.05, 2, 0.5, 0.0258620690, 0.025"})
    void momentumHasItsStationaryVariance(double eta, double a, double beta, double exact, double equation) {
        Model model = Cases.model("noisy-quadratic", Map.of("h", a));
        Settings algorithm = Settings.of(eta).with("beta", beta);
        assertEquals(
                exact,
                Cases.moments(Cases.step("momentum", model, algorithm), model, 3000)
                        .covariance()[0][0],
                1e-9);
        Settings limit = Cases.limit(eta / 20, "momentum", eta).with("beta", beta);
        double measured =
                Cases.moments(Cases.step("sde1", model, limit), model, 6000).covariance()[0][0];
        assertEquals(equation, measured, 2e-3 * equation);
    }

    /// With more than twice as many examples as coordinates the covariance is factored: the moments are the
    /// same.
    @Test
    void manyExamplesGiveTheCholeskyFactor(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("m.yaml"), """
                kind: loss
                name: m
                state: [x, y]
                data: {p: [1, -1, 0, 0, 1, -1, 0, 0], q: [0, 0, 1, -1, 0, 0, 1, -1]}
                loss: x^2 + x*y/2 + y^2/2 + sqrt(2)*(p*x + (0.3*p + sqrt(0.41)*q)*y)
                start: [1, -1]
                """);
        Model twice = Cases.model(file.toString(), Map.of());
        Model once = Cases.model("noisy-quadratic-2d", Map.of());
        Settings settings = Cases.limit(0.01, "sgd", 0.1);
        ExactLaw.At a = Cases.moments(Cases.step("sde1", twice, settings), twice, 100);
        ExactLaw.At b = Cases.moments(Cases.step("sde1", once, settings), once, 100);
        assertEquals(2, Cases.step("sde1", twice, settings).normals());
        assertEquals(4, Cases.step("sde1", once, settings).normals());
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) assertEquals(b.covariance()[i][j], a.covariance()[i][j], 1e-11);
        }
    }
}
