package ornstein.method.derive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ornstein.expr.Eval;
import ornstein.expr.Expr;
import ornstein.method.Sampling;
import ornstein.method.Settings;

/// What random batches add, against closed forms and enumeration.
class BatchNoiseTest {
    /// -(1/4) d/dw (g^2 + c mean (g_k - g)^2) on four-points, for every sampling and any number of steps a
    /// batch: the coefficient is that of the bare learning rate.
    @ParameterizedTest
    @CsvSource({
        "sgd, SHUFFLE, 1, 1, 1",
        "sgd, SHUFFLE, 2, 1, 0.333333333333333333",
        "sgd, SHUFFLE, 3, 1, 0",
        "sgd, SHUFFLE, 4, 1, 0",
        "sgd, IID, 1, 1, 0",
        "sgd, REORDER, 1, 1, 1",
        "sgd, REVERSED, 1, 1, 1",
        "n-step-sgd, SHUFFLE, 1, 3, 1",
        "n-step-sgd, SHUFFLE, 2, 5, 0.333333333333333333",
        "n-step-sgd, REVERSED, 1, 4, 1",
        "n-step-sgd, IID, 1, 3, -2",
        "n-step-sgd, IID, 2, 3, -1",
    })
    void batchesAddTheirNoise(String name, Sampling sampling, int batch, int repeat, double factor) {
        Settings settings = Settings.of(0.1).with(sampling).with("batch", batch);
        if (name.equals("n-step-sgd")) settings = settings.with("repeat", repeat);
        List<List<Expr>> field = Written.of(ModifiedEquation.of(Losses.method(name), Losses.fourPoints(), settings, 1))
                .field();
        double[] a = {0.5, 1, 2, 3};
        double[] b = {1, -1, 0.5, 0};
        for (double w : new double[] {-1, 0.3, 2}) {
            double g = 0;
            double mean = 0;
            double square = 0;
            for (int i = 0; i < 4; i++) {
                g += a[i] * (w - b[i]) / 4;
                mean += a[i] / 4;
                square += a[i] * a[i] * (w - b[i]) / 4;
            }
            double noise = square - mean * g;
            assertEquals(-g, Eval.of(field.get(0).get(0), Map.of("w", w)), 1e-14);
            assertEquals(
                    -mean * g / 2 - factor * noise / 2,
                    Eval.of(field.get(1).get(0), Map.of("w", w)),
                    1e-13,
                    sampling + " " + batch);
        }
    }

    /// The mean over all orders and partitions of an epoch, enumerated, and the flow for its time: what is
    /// left falls as the cube of the learning rate.
    @ParameterizedTest
    @CsvSource({
        "SHUFFLE, 1, 1",
        "SHUFFLE, 2, 1",
        "SHUFFLE, 2, 3",
        "SHUFFLE, 3, 2",
        "REORDER, 2, 1",
        "REORDER, 2, 3",
        "FIXED, 1, 1",
        "FIXED, 2, 2",
        "FIXED, 1, 3",
        "REVERSED, 2, 2",
        "REVERSED, 1, 1"
    })
    void theFlowHasTheMeanOfTheEpoch(Sampling sampling, int batch, int repeat) {
        Settings settings = Settings.of(0.1).with(sampling).with("batch", batch).with("repeat", repeat);
        ModifiedEquation equation = ModifiedEquation.of(Losses.method("n-step-sgd"), Losses.fourPoints(), settings, 1);
        List<List<Expr>> field = Written.of(equation).field();
        double[] error = new double[2];
        for (int i = 0; i < 2; i++) {
            double h = 0.01 / (1 << i);
            List<List<Integer>> orders = Epochs.of(sampling, batch);
            double mean = 0;
            for (List<Integer> order : orders) mean += Epochs.run(order, batch, repeat, h) / orders.size();
            int steps = orders.getFirst().size() / batch * repeat;
            error[i] = Math.abs(mean - linear(field, h, steps * h));
        }
        assertEquals(3, Math.log(error[0] / error[1]) / Math.log(2), 0.2);
    }

    /// The flow from 2 of the affine field, in closed form.
    private static double linear(List<List<Expr>> field, double h, double time) {
        double[] at = new double[2];
        for (int w = 0; w < 2; w++) {
            for (int k = 0; k < 2; k++) {
                at[w] += Math.pow(h, k) * Eval.of(field.get(k).get(0), Map.of("w", (double) w));
            }
        }
        double rate = at[1] - at[0];
        return (2 + at[0] / rate) * Math.exp(rate * time) - at[0] / rate;
    }

    /// Epochs of four-points, as lists of examples.
    private static final class Epochs {
        private static final double[] A = {0.5, 1, 2, 3};
        private static final double[] B = {1, -1, 0.5, 0};

        static List<List<Integer>> of(Sampling sampling, int batch) {
            List<Integer> once = List.of(0, 1, 2, 3);
            int used = 4 / batch * batch;
            return switch (sampling) {
                case FIXED -> List.of(once.subList(0, used));
                case SHUFFLE ->
                    permutations(once).stream().map(p -> p.subList(0, used)).toList();
                case REVERSED -> {
                    List<Integer> both = new ArrayList<>(once);
                    for (int k = 4 / batch - 1; k >= 0; k--) both.addAll(once.subList(k * batch, (k + 1) * batch));
                    yield List.of(both);
                }
                case REORDER ->
                    permutations(List.of(0, 1)).stream()
                            .map(p -> p.stream()
                                    .flatMap(k -> once.subList(k * batch, (k + 1) * batch).stream())
                                    .toList())
                            .toList();
                case IID -> throw new IllegalArgumentException("no epochs");
            };
        }

        private static List<List<Integer>> permutations(List<Integer> all) {
            if (all.isEmpty()) return List.of(List.of());
            List<List<Integer>> result = new ArrayList<>();
            for (int first : all) {
                List<Integer> rest = new ArrayList<>(all);
                rest.remove(Integer.valueOf(first));
                for (List<Integer> p : permutations(rest)) {
                    List<Integer> order = new ArrayList<>(List.of(first));
                    order.addAll(p);
                    result.add(order);
                }
            }
            return result;
        }

        static double run(List<Integer> order, int batch, int repeat, double h) {
            double w = 2;
            for (int at = 0; at < order.size(); at += batch) {
                for (int n = 0; n < repeat; n++) {
                    double g = 0;
                    for (int i : order.subList(at, at + batch)) g += A[i] * (w - B[i]) / batch;
                    w -= h * g;
                }
            }
            return w;
        }
    }
}
