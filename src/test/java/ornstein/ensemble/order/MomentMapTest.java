package ornstein.ensemble.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ornstein.ensemble.ExactLaw;
import ornstein.expr.Expr;
import ornstein.expr.Expr.Sym;
import ornstein.expr.Function;
import ornstein.method.Sampling;
import ornstein.method.Settings;
import ornstein.method.Step;
import ornstein.method.StepBuilder;
import ornstein.method.Symbols;
import ornstein.model.Model;

class MomentMapTest {
    private static ExactLaw.At at(Model model, Step step, long k) {
        return MomentMap.of(step)
                .orElseThrow()
                .at(model.start(), List.of(k))
                .orElseThrow()
                .getFirst();
    }

    /// Published values of the recursion of section 1.6 of the theory, by an independent program.
    @Test
    void sgdOnLeastSquaresHasItsRecursion() {
        Model model = Problems.model("four-points");
        Step step = Problems.step(model, "sgd", Settings.of(0.1));
        ExactLaw.At ten = at(model, step, 10);
        assertEquals(0.40339423023876403, ten.mean()[0], 1e-14);
        assertEquals(0.03116807080482620, ten.covariance()[0][0], 1e-14);
        ExactLaw.At late = at(model, step, 2000);
        assertEquals(1.0 / 13, late.mean()[0], 1e-14);
        assertEquals(0.01850550180837604, late.covariance()[0][0], 1e-14);
    }

    /// In two dimensions: M' = E (I - eta A) M (I - eta A) + eta (E (I - eta A) m c^T + its transpose) + eta^2 E c
    /// c^T, with A = a a^T and c = b a of the example.
    @Test
    void leastSquaresInTwoDimensionsHaveTheirRecursion() {
        Model model = Problems.of("""
                kind: loss
                name: plane
                state: [x, y]
                data: {p: [1, -2, 0.5, 1], q: [0.3, 1, -1, 2], b: [1, 0, -1, 2]}
                loss: (p*x + q*y - b)^2/2
                start: [2, -1]
                """);
        double[][] a = {{1, 0.3}, {-2, 1}, {0.5, -1}, {1, 2}};
        double[] b = {1, 0, -1, 2};
        double eta = 0.15;
        SimpleMatrix m = new SimpleMatrix(new double[] {2, -1});
        SimpleMatrix second = m.mult(m.transpose());
        for (int k = 0; k < 30; k++) {
            SimpleMatrix mean = new SimpleMatrix(2, 1);
            SimpleMatrix next = new SimpleMatrix(2, 2);
            for (int i = 0; i < 4; i++) {
                SimpleMatrix row = new SimpleMatrix(a[i]);
                SimpleMatrix keep =
                        SimpleMatrix.identity(2).minus(row.mult(row.transpose()).scale(eta));
                SimpleMatrix push = row.scale(eta * b[i]);
                SimpleMatrix cross = keep.mult(m).mult(push.transpose());
                mean = mean.plus(keep.mult(m).plus(push).divide(4));
                next = next.plus(keep.mult(second)
                        .mult(keep)
                        .plus(cross)
                        .plus(cross.transpose())
                        .plus(push.mult(push.transpose()))
                        .divide(4));
            }
            m = mean;
            second = next;
        }
        ExactLaw.At law = at(model, Problems.step(model, "sgd", Settings.of(eta)), 30);
        for (int i = 0; i < 2; i++) {
            assertEquals(m.get(i), law.mean()[i], 1e-13);
            for (int j = 0; j < 2; j++) {
                assertEquals(second.get(i, j) - m.get(i) * m.get(j), law.covariance()[i][j], 1e-13);
            }
        }
    }

    /// Section 1.7: at stationarity E x g = (eta/2) E g^2, with g the batch's gradient and the decay's; without
    /// decay the value of section 1.6 is .0301, of which .03014 and .02996 were measured.
    @ParameterizedTest
    @CsvSource({"0, .03007", "0.3, 0"})
    void fluctuationAndDissipationBalance(double lambda, double value) {
        Model model = Problems.model("four-points");
        double eta = 0.1;
        ExactLaw.At late =
                at(model, Problems.step(model, "sgd", Settings.of(eta).with("lambda", lambda)), 4000);
        double m = late.mean()[0];
        double q = late.covariance()[0][0] + m * m;
        double[] a = {0.5, 1, 2, 3};
        double[] b = {1, -1, 0.5, 0};
        double along = 0;
        double square = 0;
        for (int i = 0; i < 4; i++) {
            double slope = a[i] + lambda;
            double c = a[i] * b[i];
            along += (slope * q - c * m) / 4;
            square += (slope * slope * q - 2 * slope * c * m + c * c) / 4;
        }
        assertEquals(along, eta / 2 * square, 1e-14);
        if (value > 0) assertEquals(value, along, 1e-5);
    }

    /// The batch mean of B independent examples has the mean of one and a B-th of its variance.
    @Test
    void largerBatchesDivideTheNoise() {
        Model model = Problems.model("four-points");
        double eta = 0.1;
        int size = 3;
        Step step = Problems.step(model, "sgd", Settings.of(eta).with("batch", size));
        double[] a = {0.5, 1, 2, 3};
        double[] b = {1, -1, 0.5, 0};
        double m = 2;
        double p = 4;
        for (int k = 0; k < 25; k++) {
            double mean = 0;
            double square = 0;
            for (int i = 0; i < 4; i++) {
                double r = 1 - eta * a[i];
                double s = eta * a[i] * b[i];
                mean += (r * m + s) / 4;
                square += (r * r * p + 2 * r * s * m + s * s) / 4;
            }
            double abar = 1 - eta * 6.5 / 4;
            double cbar = eta * 0.5 / 4;
            double coupled = abar * abar * p + 2 * abar * cbar * m + cbar * cbar;
            p = square / size + coupled * (1 - 1.0 / size);
            m = mean;
        }
        ExactLaw.At after = at(model, step, 25);
        assertEquals(m, after.mean()[0], 1e-13);
        assertEquals(p - m * m, after.covariance()[0][0], 1e-13);
    }

    /// Means and deviations over all 24 orders of an epoch (arXiv:2101.12176, section 4.3 of the theory).
    @ParameterizedTest
    @CsvSource({
        "0.04, 1.5417850667, 4.79e-3, 1.5466718281",
        "0.02, 1.7606222333, 1.23e-3, 1.7619255830",
        "0.01, 1.8776777229, 3.13e-4, 1.8780140013"
    })
    void anEpochIsTheMeanOverItsOrders(double eta, double mean, double deviation, double iid) {
        Model model = Problems.model("four-points");
        for (Sampling sampling : List.of(Sampling.SHUFFLE, Sampling.REORDER)) {
            ExactLaw.At epoch =
                    at(model, Problems.step(model, "sgd", Settings.of(eta).with(sampling)), 4);
            assertEquals(mean, epoch.mean()[0], 6e-11);
            assertEquals(deviation, epoch.deviation(0), 6e-3 * deviation);
        }
        assertEquals(
                iid, at(model, Problems.step(model, "sgd", Settings.of(eta)), 4).mean()[0], 6e-11);
    }

    /// Where an epoch ends in its middle: of the first batches of a permutation, all are as likely.
    @Test
    void theMiddleOfAnEpochIsKnown() {
        Model model = Problems.model("four-points");
        double eta = 0.1;
        double[] a = {0.5, 1, 2, 3};
        double[] b = {1, -1, 0.5, 0};
        double mean = 0;
        double square = 0;
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                if (i == j) continue;
                double x = 2;
                x -= eta * a[i] * (x - b[i]);
                x -= eta * a[j] * (x - b[j]);
                mean += x / 12;
                square += x * x / 12;
            }
        }
        ExactLaw.At two = at(model, Problems.step(model, "sgd", Settings.of(eta).with(Sampling.SHUFFLE)), 2);
        assertEquals(mean, two.mean()[0], 1e-14);
        assertEquals(square - mean * mean, two.covariance()[0][0], 1e-14);
    }

    @Test
    void eulerMaruyamaHasItsGeometricMean() {
        Model model = Problems.model("geometric-brownian-motion");
        double h = 1.0 / 16;
        ExactLaw.At one = at(model, Problems.step(model, "euler-maruyama", Settings.of(h)), 16);
        assertEquals(Math.pow(1 + 1.5 * h, 16), one.mean()[0], 1e-12);
        double second = Math.pow((1 + 1.5 * h) * (1 + 1.5 * h) + 0.25 * h, 16);
        assertEquals(second, one.covariance()[0][0] + one.mean()[0] * one.mean()[0], 1e-11);
    }

    /// A step of the exact law moves moments as the matrix exponential of the moment equations does.
    @Test
    void exactStepsMoveMomentsAsTheEquationDoes() {
        for (String name : List.of("ou", "ou-2d")) {
            Model model = Problems.model(name);
            ExactLaw.At one = at(model, Problems.step(model, "exact-ou", Settings.of(0.25)), 4);
            ExactLaw.At law = ExactLaw.of((ornstein.model.SdeModel) model, 0.25)
                    .orElseThrow()
                    .at(4);
            for (int i = 0; i < model.dimension(); i++) {
                assertEquals(law.mean()[i], one.mean()[i], 1e-13);
                for (int j = 0; j < model.dimension(); j++) {
                    assertEquals(law.covariance()[i][j], one.covariance()[i][j], 1e-13);
                }
            }
        }
    }

    /// x' = x + h + sqrt(h) c x xi, with xi of three values: E xi^2 = 1, E xi^4 = 3.
    @Test
    void discreteNoiseIsEnumerated() {
        Sym x = Expr.sym("x");
        Expr u = Symbols.uniform(0);
        Expr upper = Expr.call(
                Function.SELECT, u.minus(Expr.ratio(5, 6)), Expr.num(3).sqrt(), Expr.ZERO);
        Expr xi = Expr.call(
                Function.SELECT, Expr.ratio(1, 6).minus(u), Expr.num(3).sqrt().negate(), upper);
        Step step = discrete(x, x.plus(Symbols.STEP_SIZE).plus(x.times(xi).times(0.5)));
        assertEquals(3, NoiseNodes.of(step).orElseThrow().size());
        Model ou = Problems.model("ou");
        ExactLaw.At one = at(ou, step, 1);
        assertEquals(1.1, one.mean()[0], 1e-15);
        assertEquals(0.25, one.covariance()[0][0], 1e-15);
        assertEquals(Optional.empty(), MomentMap.of(discrete(x, x.plus(u))));
    }

    private static Step discrete(Sym x, Expr next) {
        StepBuilder step = new StepBuilder(Problems.model("ou"), 0.1);
        assertEquals(List.of(x), Problems.model("ou").state());
        assertEquals(Symbols.uniform(0), step.uniform());
        return step.build(List.of(next));
    }

    /// Each step of sde1 on four points has sqrt(Sigma(x)) z, which is not affine; its moments close all the same.
    /// The mean of its trapezoid moves by 1 - a h + (a h)^2/2 towards 1/13, with a = 13/8.
    @Test
    void momentsCloseWhereTheCovarianceIsQuadratic() {
        Model model = Problems.model("four-points");
        double h = 0.05;
        Step step = Problems.step(model, "sde1", Settings.of(h).with("eta", 0.1).limitOf("sgd"));
        double factor = 1 - 1.625 * h + 1.625 * h * 1.625 * h / 2;
        ExactLaw.At after = at(model, step, 20);
        assertEquals(1.0 / 13 + (2 - 1.0 / 13) * Math.pow(factor, 20), after.mean()[0], 1e-12);
    }

    @Test
    void stepsThatAreNotAffineHaveNone() {
        for (String name : List.of("arctan", "cir", "double-well", "cubic")) {
            Step step = Problems.step(Problems.model(name), "euler-maruyama", Settings.of(0.1));
            assertTrue(MomentMap.of(step).isEmpty(), name);
        }
    }
}
