package ornstein.ensemble;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ornstein.kernel.Backend;
import ornstein.kernel.Block;
import ornstein.kernel.Precision;
import ornstein.method.Sampling;

/// SGD on the least squares of four-points, l_k = a_k (w - b_k)^2/2: with replacement against the recursion of its
/// moments, and one epoch without replacement against every order of the examples.
@SuppressWarnings("NonApiType") // the order of keys matters
class SgdLawTest {
    private static final double[] A = {0.5, 1, 2, 3};
    private static final double[] B = {1, -1, 0.5, 0};
    static final double START = 2;

    private static Simulation sgd(Sampling sampling, double eta, int batch, long steps, long save) {
        return sgd(sampling, eta, batch, steps, save, Precision.F64);
    }

    static Simulation sgd(Sampling sampling, double eta, int batch, long steps, long save, Precision precision) {
        return new SimulationRequest(
                        Runs.model("four-points", Map.of()),
                        "sgd",
                        41,
                        0,
                        Measured.PATHS,
                        OptionalDouble.empty(),
                        OptionalDouble.of(eta),
                        OptionalDouble.empty(),
                        OptionalLong.of(steps),
                        save,
                        precision,
                        Map.of("batch", (double) batch),
                        sampling,
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        false)
                .resolve();
    }

    private static double mean(int batch, ToDoubleBiFunction<Double, Double> f) {
        int[] pick = new int[batch];
        int all = (int) Math.pow(4, batch);
        double sum = 0;
        for (int n = 0; n < all; n++) {
            double a = 0;
            double c = 0;
            int rest = n;
            for (int i = 0; i < pick.length; i++, rest /= 4) {
                a += A[rest % 4] / batch;
                c += A[rest % 4] * B[rest % 4] / batch;
            }
            sum += f.applyAsDouble(a, c) / all;
        }
        return sum;
    }

    /// Mean and second moment after some steps: w' = (1 - eta A) w + eta C over all batches.
    static double[] recursion(double eta, int batch, int steps) {
        double m = START;
        double q = START * START;
        for (int k = 0; k < steps; k++) {
            double m0 = m;
            double q0 = q;
            m = mean(batch, (a, c) -> (1 - eta * a) * m0 + eta * c);
            q = mean(
                    batch,
                    (a, c) ->
                            (1 - eta * a) * (1 - eta * a) * q0 + 2 * (1 - eta * a) * eta * c * m0 + eta * eta * c * c);
        }
        return new double[] {m, q};
    }

    @Test
    void theRecursionHasThePublishedValues() {
        double[] ten = recursion(0.1, 1, 10);
        assertEquals(0.40339423023876403, ten[0], 1e-15);
        assertEquals(0.03116807080482620, ten[1] - ten[0] * ten[0], 1e-15);
        double[] late = recursion(0.1, 1, 1000);
        assertEquals(1.0 / 13, late[0], 1e-15);
        assertEquals(0.01850550180837604, late[1] - late[0] * late[0], 1e-15);
        assertEquals(1.5466718281, recursion(0.04, 1, 4)[0], 5e-11);
        assertEquals(1.7619255830, recursion(0.02, 1, 4)[0], 5e-11);
        assertEquals(1.8780140013, recursion(0.01, 1, 4)[0], 5e-11);
    }

    @ParameterizedTest
    @CsvSource({"0.1, 1, 10", "0.1, 1, 60", "0.04, 1, 4", "0.2, 2, 20", "0.05, 3, 15"})
    void withReplacement(double eta, int batch, int steps) {
        double[] exact = recursion(eta, batch, steps);
        Measured m = Measured.of(sgd(Sampling.IID, eta, batch, steps, 1), 42, "w", "w^2");
        m.last("w").is(exact[0], "mean");
        m.last("w^2").is(exact[1], "square");
    }

    /// The end point of an order of the examples.
    private static double end(double eta, List<Integer> order) {
        return end(START, eta, 1, order);
    }

    /// The end point, from a start, of an order of the examples in batches.
    static double end(double start, double eta, int batch, List<Integer> order) {
        double w = start;
        for (int from = 0; from + batch <= order.size(); from += batch) {
            double gradient = 0;
            for (int k : order.subList(from, from + batch)) gradient += A[k] * (w - B[k]) / batch;
            w -= eta * gradient;
        }
        return w;
    }

    static List<List<Integer>> orders() {
        List<List<Integer>> all = new ArrayList<>();
        for (int n = 0; n < 24; n++) {
            List<Integer> left = new ArrayList<>(List.of(0, 1, 2, 3));
            List<Integer> order = new ArrayList<>();
            for (int k = 4, rest = n; k > 0; rest /= k, k--) order.add(left.remove(rest % k));
            all.add(order);
        }
        return all;
    }

    /// How many of 100,000 paths end at each of the points, which are at least 1e-9 apart.
    private static TreeMap<Double, Integer> ends(Simulation s) {
        Engine engine = Engine.of(s.ensemble(), Backend.VECTOR);
        TreeMap<Double, Integer> count = new TreeMap<>();
        Block block = engine.newBlock(4096);
        for (int from = 0; from < 100_000; from += 4096) {
            block.reset(43, from, Math.min(4096, 100_000 - from));
            engine.start(block, s.ensemble().start());
            engine.advance(block, 0, (int) s.ensemble().steps());
            for (int i = 0; i < block.paths(); i++) {
                double w = block.get(0, i);
                Double near = count.floorKey(w + 1e-12);
                count.merge(near != null && near > w - 1e-12 ? near : w, 1, Integer::sum);
            }
        }
        return count;
    }

    /// Without replacement every one of the 24 orders occurs as often as it should; their exact mean and
    /// spread are the published ones, and the million paths agree with them.
    @ParameterizedTest
    @CsvSource({
        "SHUFFLE, 0.04, 1.5417850667, 4.79e-3",
        "REORDER, 0.04, 1.5417850667, 4.79e-3",
        "SHUFFLE, 0.02, 1.7606222333, 1.23e-3",
        "REORDER, 0.01, 1.8776777229, 3.13e-4"
    })
    void everyOrderOfAnEpoch(Sampling sampling, double eta, double published, double spread) {
        TreeMap<Double, Integer> expected = new TreeMap<>();
        double mean = 0;
        double square = 0;
        for (List<Integer> order : orders()) {
            mean += end(eta, order) / 24;
            square += end(eta, order) * end(eta, order) / 24;
            expected.put(end(eta, order), 0);
        }
        assertEquals(24, expected.size());
        assertEquals(published, mean, 1e-10);
        assertEquals(spread, Math.sqrt(square - mean * mean), 5e-3 * spread);
        Simulation s = sgd(sampling, eta, 1, 4, 1);
        same(expected, ends(s), 100_000 / 24.0);
        Measured measured = Measured.of(s, 44, "w", "w^2");
        measured.last("w").is(mean, "mean");
        measured.last("w^2").is(square, "square");
    }

    /// A fixed order, and an epoch followed by the same backwards.
    @ParameterizedTest
    @CsvSource({"FIXED, 4, 0 1 2 3", "FIXED, 6, 0 1 2 3 0 1", "REVERSED, 4, 0 1 2 3", "REVERSED, 8, 0 1 2 3 3 2 1 0"})
    void aFixedOrderIsThatOfTheData(Sampling sampling, int steps, String order) {
        List<Integer> examples =
                Arrays.stream(order.split(" ")).map(Integer::valueOf).toList();
        TreeMap<Double, Integer> found = ends(sgd(sampling, 0.04, 1, steps, 1));
        assertEquals(1, found.size());
        assertEquals(end(0.04, examples), found.firstKey(), 1e-13);
    }

    /// @param share how often each should occur, within 4 standard deviations together
    private static void same(TreeMap<Double, Integer> expected, TreeMap<Double, Integer> found, double share) {
        for (double w : found.keySet()) {
            assertTrue(expected.keySet().stream().anyMatch(e -> Math.abs(e - w) < 1e-12), "no order ends at " + w);
        }
        assertEquals(expected.size(), found.size());
        double chi2 = found.values().stream()
                .mapToDouble(n -> (n - share) * (n - share) / share)
                .sum();
        int dof = expected.size() - 1;
        assertTrue(chi2 < dof + 4 * Math.sqrt(2.0 * dof), "chi-square " + chi2);
    }
}
