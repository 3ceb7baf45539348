package ornstein.ensemble;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.ejml.data.Complex_F64;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import ornstein.ensemble.order.MomentMap;
import ornstein.method.Methods;
import ornstein.method.OneStep;
import ornstein.method.Settings;
import ornstein.method.Step;
import ornstein.method.StepMethod;
import ornstein.model.Model;

/// Momentum on quadratics, in heavy ball's form and as a moving average, against closed forms and SGD (sections 4.4
/// and 7 of the theory).
class MomentumTest {
    private static final long LATE = 4000;

    /// Curvature a, gradient noise of standard deviation `s` for a batch of one.
    private static Model noisy(double a, double s, double start) {
        return Runs.text("kind: loss\nname: noisy\nstate: [x]\ndata: {b: [" + s / a + ", " + -s / a + "]}\nloss: " + a
                + "*(x - b)^2/2\nstart: [" + start + "]\n");
    }

    private static Step step(Model model, String method, Settings settings) {
        return ((StepMethod) Methods.named(method)).step(model, settings);
    }

    private static ExactLaw.At at(Model model, String method, Settings settings, long k) {
        return MomentMap.of(step(model, method, settings))
                .orElseThrow()
                .at(model.start(), List.of(k))
                .orElseThrow()
                .getFirst();
    }

    private static double variance(double a, String method, Settings settings) {
        return at(noisy(a, 1, 0), method, settings, LATE).covariance()[0][0];
    }

    /// v' = beta v + (1 - beta) g.
    private static Settings averaging(double eta, double beta) {
        return Settings.of(eta).with("beta", beta).with("dampening", beta);
    }

    /// Section 4.4: h s2 (1 + beta)/(a (1 - beta) (2 (1 + beta) - h a)).
    @ParameterizedTest
    @CsvSource({".1, 1, .9, .5135135135", ".05, 2, .5, .0258620690"})
    void heavyBallHasItsStationaryVariance(double h, double a, double beta, double published) {
        assertEquals(published, variance(a, "momentum", Settings.of(h).with("beta", beta)), 1e-10);
    }

    /// The map of (x, v) on a x^2/2, from the images of two states.
    private static SimpleMatrix map(double a, double h, double beta) {
        Model bowl = Runs.text("kind: loss\nname: bowl\nstate: [x]\nloss: " + a + "*x^2/2\nstart: [1]\n");
        OneStep one = new OneStep(step(bowl, "momentum", Settings.of(h).with("beta", beta)));
        OneStep.Noise noise = new OneStep.Noise(List.of(), List.of(), List.of(List.of(0)));
        SimpleMatrix map = new SimpleMatrix(2, 2);
        for (int j = 0; j < 2; j++) {
            double[] image = one.next(new double[] {1 - j, j}, 0, noise);
            for (int i = 0; i < 2; i++) map.set(i, j, image[i]);
        }
        return map;
    }

    /// The multipliers solve z^2 - (1 + beta - h a) z + beta = 0: complex just where eta_eff a lies above (1 -
    /// sqrt(beta))/(1 + sqrt(beta)), and below that value's inverse.
    @ParameterizedTest
    @ValueSource(doubles = {0.2, 0.5, 0.9, 0.99})
    void heavyBallOscillatesAboveItsThreshold(double beta) {
        double root = Math.sqrt(beta);
        for (double threshold : new double[] {(1 - root) / (1 + root), (1 + root) / (1 - root)}) {
            for (double over : new double[] {0.999, 1.001}) {
                double a = 0.7;
                double h = threshold * over * (1 - beta) / a;
                boolean inside = over > 1 == threshold < 1;
                SimpleMatrix map = map(a, h, beta);
                assertEquals(1 + beta - h * a, map.trace(), 1e-14);
                assertEquals(beta, map.determinant(), 1e-14);
                Complex_F64 z = map.eig().getEigenvalue(0);
                assertEquals(inside, Math.abs(z.imaginary) > 1e-9, "eta_eff a = " + threshold * over);
                if (inside) assertEquals(root, z.getMagnitude(), 1e-12);
            }
        }
    }

    /// Stable just where h a < 2 (1 + beta): by the multipliers, and by the variance, which is finite or grows.
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 0.9})
    void heavyBallIsStableBelowItsThreshold(double beta) {
        double a = 2;
        for (double over : new double[] {0.99, 1.01}) {
            double h = 2 * (1 + beta) * over / a;
            double radius = Math.max(
                    map(a, h, beta).eig().getEigenvalue(0).getMagnitude(),
                    map(a, h, beta).eig().getEigenvalue(1).getMagnitude());
            assertEquals(over < 1, radius < 1);
            Settings settings = Settings.of(h).with("beta", beta);
            double late = at(noisy(a, 1, 0), "momentum", settings, 20_000).covariance()[0][0];
            double stationary = h * (1 + beta) / (a * (1 - beta) * (2 * (1 + beta) - h * a));
            if (over < 1) assertEquals(stationary, late, 1e-6 * stationary);
            else assertTrue(!(late < 1e20), "variance " + late);
        }
    }

    /// Section 4.4: the rate of heavy ball's slow mode is that of the flow with the factor (1 + beta)/(1 - beta).
    @Test
    void heavyBallHasItsFactor() {
        Model model = Runs.text("kind: loss\nname: bowl\nstate: [x]\nloss: x^2/2\nstart: [1]\n");
        double h = 1e-4;
        double beta = 0.9;
        Step step = step(model, "momentum", Settings.of(h).with("beta", beta));
        OneStep one = new OneStep(step);
        double[] x = one.initial(new double[] {1}, new double[1]);
        double before = 1;
        for (int k = 0; k < 600; k++) {
            before = x[0];
            x = one.next(x, k, new OneStep.Noise(List.of(), List.of(), List.of(List.of(0))));
        }
        double effective = h / (1 - beta);
        double factor = (-Math.log(x[0] / before) / effective - 1) * 2 / effective;
        assertEquals(19.37, factor, 0.01);
        double root = (1 + beta - h + Math.sqrt((1 + beta - h) * (1 + beta - h) - 4 * beta)) / 2;
        assertEquals((-Math.log(root) / effective - 1) * 2 / effective, factor, 1e-6);
    }

    /// Section 7: as a moving average, eta s2/(a (2 - eta a (1 - beta)/(1 + beta))), of which SGD's differs by the
    /// curvature's part eta a beta/(1 + beta).
    @ParameterizedTest
    @CsvSource({".1, 1, .9", ".01, 2, .5"})
    void momentumAsAMovingAverageIsNearlySgd(double eta, double a, double beta) {
        Settings settings = averaging(eta, beta);
        double momentum = variance(a, "momentum", settings);
        assertEquals(eta / (a * (2 - eta * a * (1 - beta) / (1 + beta))), momentum, 1e-11);
        double difference = variance(a, "sgd", Settings.of(eta)) / momentum - 1;
        assertEquals(eta * a * beta / (1 + beta), difference, eta * a * eta * a);
    }

    /// With 1 - beta = c eta^alpha, at time eta k = 1. The lag of the average, eta/(1 - beta), is the error of
    /// means and second moments, which so fall as eta^(1 - alpha), whether the noise has the size 1 or eta^(-1/2).
    /// That is the square of what arXiv:2307.15196 claims, order (1 - alpha)/2 for every smooth function and noise
    /// up to eta^(-1/2).
    @ParameterizedTest
    @CsvSource({"0, .5, 0", "0, .5, 1", ".5, 1, 0", ".5, 1, 1", ".3, 1, 1"})
    void theWeakDistanceToSgdHasItsOrder(double alpha, double c, int large) {
        double[][] error = new double[2][2];
        for (int k = 0; k < 2; k++) {
            double eta = 1e-4 / (1 << 4 * k);
            double beta = 1 - c * Math.pow(eta, alpha);
            Model model = noisy(1.3, large == 1 ? 1 / Math.sqrt(eta) : 1, 1);
            long steps = Math.round(1 / eta);
            ExactLaw.At sgd = at(model, "sgd", Settings.of(eta), steps);
            ExactLaw.At momentum = at(model, "momentum", averaging(eta, beta), steps);
            error[0][k] = Math.abs(sgd.mean()[0] - momentum.mean()[0]);
            error[1][k] = Math.abs(second(sgd) - second(momentum));
        }
        for (double[] e : error) {
            double order = Math.log(e[0] / e[1]) / Math.log(16);
            assertEquals(1 - alpha, order, 0.05);
            assertTrue(order > (1 - alpha) / 2);
        }
    }

    private static double second(ExactLaw.At law) {
        return law.covariance()[0][0] + law.mean()[0] * law.mean()[0];
    }

    /// The claimed order is that of paths: with noise of size eta^(-1/2) and the same batches, the root mean square
    /// of SGD minus momentum falls as eta^((1 - alpha)/2). By the recursion of the joint second moments, and by
    /// paths.
    @ParameterizedTest
    @CsvSource({"0, .5", ".5, 1", ".8, 1"})
    void pathsOfTheSameBatchesPartAtTheClaimedOrder(double alpha, double c) {
        double[] apart = new double[2];
        for (int k = 0; k < 2; k++) {
            double eta = 1e-4 / (1 << 4 * k);
            apart[k] = Math.sqrt(apart(eta, 1 - c * Math.pow(eta, alpha), Math.round(1 / eta)));
        }
        assertEquals((1 - alpha) / 2, Math.log(apart[0] / apart[1]) / Math.log(16), 0.05);
        double eta = 1e-2;
        double beta = 1 - c * Math.pow(eta, alpha);
        int paths = 20_000;
        Model model = noisy(1.3, 10, 1);
        Ran sgd = new Ran(model, "sgd", Settings.of(eta), paths).to(100);
        Ran momentum = new Ran(model, "momentum", averaging(eta, beta), paths).to(100);
        double square = 0;
        double fourth = 0;
        for (int i = 0; i < paths; i++) {
            double d = Math.pow(sgd.get(0, i) - momentum.get(0, i), 2);
            square += d / paths;
            fourth += d * d / paths;
        }
        assertEquals(apart(eta, beta, 100), square, 4 * Math.sqrt((fourth - square * square) / paths));
    }

    /// E (x - y)^2 of SGD and momentum as a moving average on 1.3 x^2/2 from 1, with the same noise of variance
    /// 1/eta.
    private static double apart(double eta, double beta, long steps) {
        double a = 1.3;
        SimpleMatrix step = new SimpleMatrix(new double[][] {
            {1 - eta * a, 0, 0},
            {0, 1 - eta * (1 - beta) * a, -eta * beta},
            {0, (1 - beta) * a, beta}
        });
        SimpleMatrix push = new SimpleMatrix(new double[] {-eta, -eta * (1 - beta), 1 - beta});
        SimpleMatrix noise = push.mult(push.transpose()).scale(1 / eta);
        SimpleMatrix second = new SimpleMatrix(3, 3);
        for (int i = 0; i < 2; i++) for (int j = 0; j < 2; j++) second.set(i, j, 1);
        for (long k = 0; k < steps; k++) {
            second = step.mult(second).mult(step.transpose()).plus(noise);
        }
        return second.get(0, 0) - 2 * second.get(0, 1) + second.get(1, 1);
    }
}
