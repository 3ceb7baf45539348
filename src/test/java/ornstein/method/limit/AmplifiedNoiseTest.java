package ornstein.method.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import ornstein.ensemble.EnsembleResult;
import ornstein.ensemble.ExactLaw;
import ornstein.expr.Expr;
import ornstein.method.About;
import ornstein.method.Methods;
import ornstein.method.OneStep;
import ornstein.method.Option;
import ornstein.method.Sampling;
import ornstein.method.Settings;
import ornstein.method.Step;
import ornstein.method.StepBuilder;
import ornstein.method.StepMethod;
import ornstein.model.LossModel;
import ornstein.model.Model;

/// SVAG in its two forms, its analogue for adaptive steps, and the equations that they tend to.
class AmplifiedNoiseTest {
    private static final Map<String, Double> PLAIN = Map.of("h", 2.0, "s", 1.0);

    /// The other form of SVAG: the gradient of one batch times 1 +- sqrt(l - 1), by a fair coin.
    private static final class Coin implements StepMethod {
        private static final Option AMPLIFICATION = new Option("amplification", 4, 1, 1e6, "l");

        @Override
        public About about() {
            return About.algorithm("coin-svag", "SVAG by a coin.", "arXiv:2102.12470")
                    .takes(Option.BATCH, AMPLIFICATION);
        }

        @Override
        public Step write(Model model, Settings settings) {
            LossModel loss = (LossModel) model;
            StepBuilder step = new StepBuilder(loss, settings.stepSize());
            step.batches(Sampling.IID, loss, settings.whole(Option.BATCH), 1, 1);
            double l = settings.number(AMPLIFICATION);
            Expr weight = Expr.ONE.plus(step.twoPoint().times(Math.sqrt(l - 1)));
            List<Expr> g = step.means(0, loss.gradient());
            Expr h = step.h().over(Expr.num(l));
            return step.build(java.util.stream.IntStream.range(0, g.size())
                    .mapToObj(i -> model.state().get(i).minus(h.times(weight).times(g.get(i))))
                    .toList());
        }
    }

    /// Section 5 of the theory: a mean weight of 1 and a mean square of l. With g = 0 both forms have SGD's
    /// covariance in SGD's time; on a bowl the coin also amplifies the mean gradient, and has the variance of
    /// its own recursion.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 16})
    void aCoinAmplifiesTheNoiseAsTwoBatchesDo(int l) {
        Model pure = Cases.model("noisy-quadratic", Map.of("h", 0.0, "s", 1.5));
        Settings settings = Settings.of(0.1).with("amplification", l);
        ExactLaw.At coin = Cases.moments(new Coin().step(pure, settings), pure, 10L * l);
        ExactLaw.At two = Cases.moments(Cases.step("svag", pure, settings), pure, 10L * l);
        ExactLaw.At sgd = Cases.moments(Cases.step("sgd", pure, Settings.of(0.1)), pure, 10);
        assertEquals(sgd.covariance()[0][0], coin.covariance()[0][0], 1e-13);
        assertEquals(sgd.covariance()[0][0], two.covariance()[0][0], 1e-13);
        Model bowl = Cases.model("noisy-quadratic", PLAIN);
        ExactLaw.At late = Cases.moments(new Coin().step(bowl, settings), bowl, 4000);
        double h = 0.1 / l;
        // E x'^2 = E (1 - h w a)^2 x^2 + h^2 E w^2 s2 with E w = 1 and E w^2 = l
        double expected = h * h * l / (1 - (1 - 2 * h * 2 + h * h * l * 4));
        assertEquals(expected, late.covariance()[0][0], 1e-11);
        assertEquals(0, late.mean()[0], 1e-12);
    }

    /// At a fixed time the error of the mean falls as eta^2, with eta/l in the drift of SVAG's equation.
    @ParameterizedTest
    @CsvSource({"sgd, 1", "ngd, 1", "svag, 3"})
    void equationsOfOrderTwoKnowWhatTheAlgorithmIs(String of, int l) {
        Model model = Cases.model("noisy-quadratic-2d", Map.of());
        double[] error = new double[2];
        for (int r = 0; r < 2; r++) {
            double eta = 0.1 / (1 << r);
            Settings settings = Settings.of(eta);
            Settings limit = Cases.limit(eta / l / 64, of, eta);
            if (l > 1) {
                settings = settings.with("amplification", l);
                limit = limit.with("amplification", l);
            }
            long steps = 10L * l << r;
            ExactLaw.At exact = Cases.moments(Cases.step(of, model, settings), model, steps);
            ExactLaw.At sde = Cases.moments(Cases.step("sde2", model, limit), model, 64 * steps);
            for (int i = 0; i < 2; i++) error[r] = Math.max(error[r], Math.abs(exact.mean()[i] - sde.mean()[i]));
        }
        assertEquals(2, Math.log(error[0] / error[1]) / Math.log(2), 0.15);
    }

    /// The two gradients have weights of sum 1 and of squares' sum l^2; eta/l, (1 - beta)/l^2 and l eps; and at l = 1
    /// the algorithm is itself. Of one step from rest with pure noise: w' = w - (eta/l) G/(|G| + l eps) with G the
    /// weighted gradients.
    @ParameterizedTest
    @CsvSource({"adam, 0", "adamw, 0.2", "rmsprop, 0"})
    void adaptiveStepsAreAmplified(String name, double lambda) {
        double l = 3;
        Model model = Cases.loss("0*x", List.of("x"), 0.5);
        Model two = Cases.model("noisy-quadratic", Map.of("h", 0.0, "s", 1.0));
        Settings settings = Settings.of(0.1)
                .with("amplification", l)
                .with("eps", 0.3)
                .with("beta2", 0.9)
                .with("lambda", lambda);
        double root = Math.sqrt(2 * l * l - 1);
        double sum = 0;
        double squares = 0;
        OneStep one = new OneStep(Cases.step(name, two, settings));
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                double[] x = new double[one.step().next().size()];
                x[0] = 0.5;
                double moved =
                        one.next(x, 0, new OneStep.Noise(List.of(), List.of(), List.of(List.of(i), List.of(j))))[0];
                double g = gradient(two, i) * (1 + root) / 2 + gradient(two, j) * (1 - root) / 2;
                double v = name.equals("rmsprop") ? (1 - 0.9) / (l * l) * g * g : g * g;
                double expected = 0.5 * (1 - 0.1 / (l * l) * lambda) - 0.1 / l * g / (Math.sqrt(v) + l * 0.3);
                assertEquals(expected, moved, 1e-14);
                sum += g / 4;
                squares += g * g / 4;
            }
        }
        assertEquals(0, sum, 1e-15);
        assertEquals(l * l, squares, 1e-13);
        Step plain = Cases.step(name, model, Settings.of(0.1).with("amplification", 1));
        assertEquals(Cases.step(name, model, Settings.of(0.1)).next(), plain.next());
    }

    private static double gradient(Model model, int example) {
        OneStep one = new OneStep(Cases.step("sgd", model, Settings.of(1)));
        return -one.next(new double[1], 0, new OneStep.Noise(List.of(), List.of(), List.of(List.of(example))))[0];
    }

    /// The laws of l^2 steps approach that of the equation with growing l (section 6 of the theory).
    @Test
    void adamWithAmplifiedNoiseTendsToItsEquation() {
        Model model = Cases.model("noisy-quadratic", Map.of("h", 1.0, "s", 1.0));
        double eta = 0.1;
        int paths = 20_000;
        Map<String, Double> options = Map.of("beta1", 0.6, "beta2", 0.9, "eps", 0.1);
        EnsembleResult sde = Cases.run(model, "sde1", "adam", eta, eta / 32, 20 * 32, paths, options);
        double reference = sde.covariance(1, 0, 0);
        double se = reference * Math.sqrt(2.0 / paths);
        double[] apart = new double[3];
        for (int k = 0; k < 3; k++) {
            int l = 1 << k;
            Map<String, Double> all = new HashMap<>(options);
            all.put("amplification", (double) l);
            EnsembleResult adam = Cases.algorithm(model, "adam", eta, 20L * l * l, paths, all);
            apart[k] = Math.abs(adam.covariance(1, 0, 0) - reference);
        }
        String text = java.util.Arrays.toString(apart) + " of " + reference;
        assertTrue(apart[0] > 20 * se, text);
        assertTrue(apart[1] < apart[0] / 2, text);
        assertTrue(apart[2] < apart[1] / 2 + 6 * se, text);
    }

    /// Decoupled weight decay: without noise, and with the first moment at rest, w falls as exp(-lambda s) beside the
    /// update, as AdamW's does to leading order; the laws agree where noise dominates.
    @ParameterizedTest
    @ValueSource(strings = {"adamw", "rmsprop"})
    void decoupledDecayStandsBesideTheUpdate(String name) {
        Model model = Cases.model("noisy-quadratic", Map.of("h", 0.0, "s", 1.0));
        LossModel loss = (LossModel) model;
        Model away = new LossModel(
                loss.header(), loss.state(), loss.data(), loss.loss(), ornstein.model.Start.at(List.of(2.0)), Map.of());
        Map<String, Double> options = new HashMap<>(Map.of("beta2", 0.95, "eps", 0.0, "lambda", 0.5));
        if (name.equals("rmsprop")) options.put("decoupled", 1.0);
        double eta = 0.01;
        EnsembleResult sde = Cases.run(away, "sde1", name, eta, eta / 2, 400, 10_000, options);
        EnsembleResult own = Cases.algorithm(away, name, eta, 200, 10_000, options);
        assertEquals(2 * Math.exp(-1), sde.mean(1, 0), 4 * sde.standardError(1, 0) + 0.005);
        assertEquals(
                own.mean(1, 0),
                sde.mean(1, 0),
                4 * Math.hypot(own.standardError(1, 0), sde.standardError(1, 0)) + 0.01);
        assertEquals(1, sde.covariance(1, 0, 0) / own.covariance(1, 0, 0), 4 * Math.sqrt(4.0 / 10_000) + 0.12);
    }

    @Test
    void aStepTakesItsShareOfTheTime() {
        assertEquals(1.0 / 4, steps("svag", 4));
        assertEquals(1.0 / 16, steps("adam", 4));
        assertEquals(1, Methods.named("sgd").clockSteps(Settings.of(0.1)));
    }

    private static double steps(String name, double l) {
        return Methods.named(name).clockSteps(Settings.of(0.1).with("amplification", l));
    }
}
