package ornstein.ensemble.compare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ornstein.ensemble.EnsembleSpec;
import ornstein.ensemble.ExactLaw;
import ornstein.ensemble.Samples;
import ornstein.ensemble.order.OneStepMoments;
import ornstein.kernel.Backend;
import ornstein.kernel.Precision;
import ornstein.method.Methods;
import ornstein.method.OneStep;
import ornstein.method.Sampling;
import ornstein.method.Step;
import ornstein.model.Catalog;
import ornstein.model.LossModel;
import ornstein.run.Interruption;
import ornstein.run.Progress;

@SuppressWarnings("NullAway") // a missing estimate fails the test
class ComparisonTest {
    @TempDir
    Path folder;

    private static Side side(String model, String method, String of, double eta, Map<String, Double> numbers) {
        LossModel loss = (LossModel) new Catalog(Path.of("models")).model(model, Map.of());
        return new Side(loss, Methods.named(method), Methods.named(of), numbers, Sampling.IID, eta);
    }

    private static Comparison of(
            String model, String of, String limit, double eta, long steps, Map<String, Double> numbers) {
        return new Comparison(
                side(model, of, of, eta, Map.of()),
                List.of(side(model, limit, of, eta, numbers)),
                steps,
                4,
                4000,
                5,
                1,
                2);
    }

    /// Errors in the mean and in E x^2 at s = 1 of the equations of order 1 and 2 on h = 2, s2 = 1, by an independent
    /// program (section 1.4 of the theory).
    @Test
    void errorsOnTheNoisyQuadraticAreThePublishedOnes() {
        double[][] mean = {{.02796110, .01375863, .00682313}, {.00342898, .00087977, .00022275}};
        double[][] second = {{.00387101, .00284240, .00163143}, {.00426115, .00102247, .00025058}};
        for (int order = 1; order <= 2; order++) {
            Comparison c = of("noisy-quadratic", "sgd", "sde" + order, 0.1, 10, Map.of());
            var errors = c.global(c.limits().getFirst()).orElseThrow();
            for (int r = 0; r < 3; r++) {
                assertEquals(Math.hypot(mean[order - 1][r], second[order - 1][r]), errors.error()[r], 2e-8);
            }
        }
    }

    /// The order of each limit in eta at a fixed time, and of one step.
    @ParameterizedTest
    @CsvSource({
        "four-points, sgd, gradient-flow, 0, 1",
        "four-points, sgd, sde1, 0, 1",
        "four-points, sgd, sde2, 0, 2",
        "noisy-quadratic-2d, sgd, sde1, 0, 1",
        "noisy-quadratic-2d, sgd, sde2, 0, 2",
        "quadratic-2d, gd, gradient-flow, 0, 1",
        "quadratic-2d, gd, modified-flow, 1, 2",
        "quadratic-2d, gd, modified-flow, 2, 3",
        "scale-invariant-toy, gd, modified-flow, 1, 2"
    })
    void limitsHaveTheirOrdersInEta(String model, String of, String limit, int corrections, double order) {
        Map<String, Double> numbers = corrections == 0 ? Map.of() : Map.of("order", (double) corrections);
        Comparison c = of(model, of, limit, 0.02, 40, numbers);
        double within = order > 1 ? 0.2 : 0.1;
        assertEquals(
                order, c.global(c.limits().getFirst()).orElseThrow().order().value(), within);
        assertEquals(
                order + 1,
                c.local(c.limits().getFirst(), new Interruption())
                        .orElseThrow()
                        .order()
                        .value(),
                within);
    }

    /// Where moments do not close there is no exact error at the end, but one of one step: of order 2 for the equation
    /// of
    /// order 1 and gradient flow, which has no noise, and 3 for that of order 2.
    @ParameterizedTest
    @CsvSource({"1, gradient-flow, 2", "1, sde1, 2", "1, sde2, 3", "2, gradient-flow, 2", "2, sde1, 2", "2, sde2, 3"})
    void oneStepIsEnumeratedWhereMomentsDoNotClose(int coordinates, String limit, double order) throws IOException {
        String spec = coordinates == 1 ? quartic(4) : """
                kind: loss
                name: product
                state: [u, v]
                data: {b: [-1, 0.5, 2]}
                loss: (u*v - b)^2/2 + b*sin(u)
                start: [1.5, 0.8]
                """;
        Side own = written(spec, "sgd", 1, 0.02);
        Comparison c = new Comparison(own, List.of(written(spec, limit, 1, 0.02)), 10, 4, 4000, 5, 1, 2);
        assertTrue(c.moments(own).isEmpty());
        assertTrue(c.global(c.limits().getFirst()).isEmpty());
        var errors = c.local(c.limits().getFirst(), new Interruption()).orElseThrow();
        assertEquals(order, errors.order().value(), order > 2 ? 0.2 : 0.1);
        for (double noise : errors.noise()) assertEquals(0, noise);
    }

    /// Where moments close, both ways to the law after one step agree.
    @ParameterizedTest
    @CsvSource({"four-points, sde1", "four-points, sde2", "noisy-quadratic, sde1", "noisy-quadratic, sde2"})
    void enumerationGivesTheMomentsThatClose(String model, String limit) {
        Side own = side(model, "sgd", "sgd", 0.02, Map.of());
        double[] start = own.model().start().mean().stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
        ExactLaw.At one = own.moments(List.of(1L)).orElseThrow().getFirst();
        ExactLaw.At same = OneStepMoments.after((Step) own.motion(1), start).orElseThrow();
        assertArrayEquals(one.moments(), same.moments(), 1e-13);
        Side equation = side(model, limit, "sgd", 0.02, Map.of());
        ExactLaw.At closed = equation.moments(List.of(1L)).orElseThrow().getFirst();
        ExactLaw.At open =
                OneStepMoments.inTheLimit(n -> (Step) equation.motion(n), start).orElseThrow();
        assertArrayEquals(closed.moments(), open.moments(), 1e-8);
    }

    /// An algorithm with too many batches is sampled, and gives the errors that enumeration gives.
    @Test
    void anAlgorithmWithTooManyBatchesIsSampled() throws IOException {
        String spec = quartic(20);
        Side limit = written(spec, "sde1", 2, 0.05);
        Comparison few = new Comparison(written(spec, "sgd", 2, 0.05), List.of(limit), 10, 4, 200_000, 5, 1, 2);
        var exact = few.local(limit, new Interruption()).orElseThrow();
        var drawn = few.sampled(limit, new Interruption()).orElseThrow();
        for (int r = 0; r < Comparison.RATES; r++) {
            assertEquals(0, exact.noise()[r]);
            assertEquals(exact.error()[r], drawn.error()[r], 4 * drawn.noise()[r]);
        }
        limit = written(spec, "sde1", 8, 0.05);
        Comparison many = new Comparison(written(spec, "sgd", 8, 0.05), List.of(limit), 10, 4, 200_000, 5, 1, 2);
        var sampled = many.local(limit, new Interruption()).orElseThrow();
        assertTrue(sampled.error()[0] > 10 * sampled.noise()[0], () -> Arrays.toString(sampled.noise()));
        assertEquals(2, sampled.order().value(), 4 * sampled.order().standardError());
        assertTrue(sampled.order().standardError() < 0.2, () -> sampled.order().toString());
    }

    /// A loss whose gradient is not linear.
    private static String quartic(int examples) {
        String b = IntStream.range(0, examples)
                .mapToObj(i -> Double.toString(Math.sin(i)))
                .collect(Collectors.joining(", "));
        return """
                kind: loss
                name: quartic
                state: [w]
                data: {b: [%s]}
                loss: (w^2 - 1 - b)^2/4
                start: [1.4]
                """.formatted(b);
    }

    private Side written(String spec, String method, int batch, double eta) throws IOException {
        Path file = Files.writeString(folder.resolve("model.yaml"), spec);
        LossModel loss = (LossModel) new Catalog(Path.of("models")).model(file.toString(), Map.of());
        Map<String, Double> numbers = Map.of("batch", (double) batch);
        return new Side(loss, Methods.named(method), Methods.named("sgd"), numbers, Sampling.IID, eta);
    }

    /// The exact embedding has no error but rounding.
    @Test
    void theEmbeddingIsExact() {
        Comparison c = of("noisy-quadratic", "sgd", "ou-embedding", 0.1, 10, Map.of());
        var errors = c.global(c.limits().getFirst()).orElseThrow();
        assertNull(errors.order());
        for (double e : errors.error()) assertEquals(0, e, 1e-12);
    }

    /// Distances see what moments say: gradient flow is as far as SGD is wide, the equation of order 2 near the floor.
    @Test
    void distancesTellLimitsApart() {
        Side own = side("four-points", "sgd", "sgd", 0.1, Map.of());
        Comparison c = new Comparison(
                own,
                List.of(
                        side("four-points", "gradient-flow", "sgd", 0.1, Map.of()),
                        side("four-points", "sde2", "sgd", 0.1, Map.of())),
                20,
                4,
                4000,
                4,
                1,
                2);
        var distances = c.distances(new Interruption(), Progress.silent());
        int last = c.saved().size() - 1;
        var floor = distances.get(0).wasserstein().get(last).getFirst();
        var flow = distances.get(1).wasserstein().get(last).getFirst();
        var second = distances.get(2).wasserstein().get(last).getFirst();
        ExactLaw.At law = c.moments(own).orElseThrow().get(last);
        assertTrue(flow.value() > 0.5 * law.deviation(0) && flow.value() < 1.2 * law.deviation(0));
        assertTrue(second.value() < 4 * floor.value() + 4 * second.standardError(), () -> second + " " + floor);
        assertTrue(distances.get(1).energy().get(last).lower() > 0);
        var same = distances.get(0).energy().get(last);
        assertEquals(0, same.value(), 4 * same.standardError());
        assertEquals(0, distances.get(1).wasserstein().getFirst().getFirst().value());
    }

    /// Of one epoch, shuffled and independent: by enumeration, and over paths.
    @Test
    void theCovarianceOfAnEpochIsThatOfPaths() {
        Comparison c = of("four-points", "sgd", "sde1", 0.1, 10, Map.of());
        var epochs = c.epoch();
        assertEquals(
                List.of(Sampling.IID, Sampling.SHUFFLE),
                epochs.stream().map(Comparison.Epoch::sampling).toList());
        for (Comparison.Epoch e : epochs) {
            Side side = new Side(
                    c.algorithm().model(), c.algorithm().method(), c.algorithm().method(), Map.of(), e.sampling(), 0.1);
            int n = 20_000;
            double[] x = states(side, 4, n)[1][0];
            double mean = 0;
            for (double v : x) mean += v / n;
            double variance = 0;
            for (double v : x) variance += (v - mean) * (v - mean) / (n - 1);
            double exact = e.law().covariance()[0][0];
            assertEquals(e.law().mean()[0], mean, 4 * Math.sqrt(exact / n));
            assertEquals(exact, variance, 5 * exact * Math.sqrt(2.0 / n));
        }
        assertTrue(epochs.get(1).law().covariance()[0][0] < epochs.get(0).law().covariance()[0][0] / 10);
    }

    private static double[][][] states(Side side, long steps, int paths) {
        EnsembleSpec spec = new EnsembleSpec(
                side.motion(1),
                side.model().start(),
                new LinkedHashMap<>(),
                Precision.F64,
                1,
                0,
                paths,
                steps,
                List.of(0L, steps),
                List.of(),
                0);
        return Samples.of(spec, Backend.VECTOR, 2, new Interruption(), Progress.silent());
    }

    /// On the circle r'^2 = (1 - eta lambda)^2 r^2 + eta^2/r^2 without noise, and at its fixed point the angle turns
    /// by steps whose cosine is 1 - eta lambda, so that E cos is (1 - eta lambda)^k.
    @Test
    void theCircleWalksByEqualSteps() {
        double eta = 0.5;
        double lambda = 0.02;
        Side side = side("circle", "sgd", "sgd", eta, Map.of("lambda", lambda));
        int n = 20_000;
        double[][] x = states(side, 300, n)[1];
        double r2 = 1;
        double mean = 1;
        for (int k = 0; k < 300; k++) {
            double turn = eta / ((1 - eta * lambda) * r2);
            mean /= Math.sqrt(1 + turn * turn);
            r2 = (1 - eta * lambda) * (1 - eta * lambda) * r2 + eta * eta / r2;
        }
        assertEquals(eta / (lambda * (2 - eta * lambda)), r2 * r2, 1e-3 * r2 * r2);
        double cosine = 0;
        for (int i = 0; i < n; i++) {
            assertEquals(r2, x[0][i] * x[0][i] + x[1][i] * x[1][i], 1e-9);
            cosine += x[0][i] / Math.sqrt(r2) / n;
        }
        assertEquals(mean, cosine, 4 * Math.sqrt(0.5 / n));
        double turn = eta / ((1 - eta * lambda) * Math.sqrt(eta / (lambda * (2 - eta * lambda))));
        assertEquals(1 - eta * lambda, 1 / Math.sqrt(1 + turn * turn), 1e-12);
    }

    /// On the sphere: three steps by enumerating all 216 sequences, and at the end by the balance of the squared norm,
    /// E r^2 (1 - (1 - eta lambda)^2) = eta^2 E 1/r^2.
    @Test
    void theSphereHasItsNorm() {
        double eta = 0.1;
        double lambda = 0.05;
        Side side = side("sphere", "sgd", "sgd", eta, Map.of("lambda", lambda));
        OneStep one = new OneStep((Step) side.motion(1));
        double exact = 0;
        for (int code = 0; code < 216; code++) {
            double[] x = {1, 0, 0};
            for (int k = 0, rest = code; k < 3; k++, rest /= 6) {
                x = one.next(x, k, new OneStep.Noise(List.of(), List.of(), List.of(List.of(rest % 6))));
            }
            exact += (x[0] * x[0] + x[1] * x[1] + x[2] * x[2]) / 216;
        }
        int n = 20_000;
        double[] three = norms(states(side, 3, n)[1], n);
        assertEquals(exact, mean(three, 1), 4 * deviation(three) / Math.sqrt(n));
        double[] late = norms(states(side, 400, n)[1], n);
        double balance = eta / (lambda * (2 - eta * lambda));
        assertEquals(balance, mean(late, 1) / mean(late, -1), 0.02 * balance);
    }

    private static double[] norms(double[][] x, int n) {
        double[] r2 = new double[n];
        for (int i = 0; i < n; i++) r2[i] = x[0][i] * x[0][i] + x[1][i] * x[1][i] + x[2][i] * x[2][i];
        return r2;
    }

    private static double mean(double[] x, double power) {
        double sum = 0;
        for (double v : x) sum += Math.pow(v, power) / x.length;
        return sum;
    }

    private static double deviation(double[] x) {
        return Math.sqrt(Math.max(0, mean(x, 2) - mean(x, 1) * mean(x, 1)));
    }
}
