package ornstein.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import ornstein.method.Methods;
import ornstein.method.Sampling;
import ornstein.method.Settings;
import ornstein.method.Step;
import ornstein.method.StepMethod;
import ornstein.model.Catalog;
import ornstein.model.Model;

class KernelTest {
    private static final Catalog CATALOG = new Catalog(Path.of("models"));

    static Model model(String name) {
        return CATALOG.model(name, Map.of());
    }

    static Step step(String model, String method, Settings settings) {
        return ((StepMethod) Methods.named(method)).step(model(model), settings);
    }

    /// Every model of the catalog with every method that serves it.
    static Stream<Step> steps() {
        List<Step> steps = new ArrayList<>();
        for (Catalog.Entry entry : CATALOG.entries()) {
            if (entry.kind() == Catalog.Kind.NETWORK) continue;
            Model model = entry.read(Map.of());
            for (String name : Methods.suitable(model)) {
                try {
                    steps.add(((StepMethod) Methods.named(name)).step(model, Settings.of(0.01)));
                } catch (ornstein.spec.UserError e) {
                    assertTrue(e.getMessage().contains("exact-ou"), e.getMessage());
                }
            }
        }
        for (Sampling sampling : Sampling.values()) {
            Settings s = Settings.of(0.05).with(sampling).with("batch", 2).with("lambda", 0.1);
            steps.add(step("four-points", "sgd", s));
        }
        return steps.stream();
    }

    private static double[][] run(
            Step step, Model model, Precision p, Backend b, int capacity, int paths, int[] parts) {
        Kernel kernel = Kernel.of(step, p, b);
        double[][] out = new double[step.next().size()][paths];
        for (int from = 0; from < paths; from += capacity) {
            int n = Math.min(capacity, paths - from);
            Block block = kernel.newBlock(capacity);
            block.reset(42, 1000 + from, n);
            kernel.start(block, model.start());
            long at = 0;
            for (int part : parts) {
                kernel.advance(block, at, part);
                at += part;
            }
            for (int c = 0; c < out.length; c++) for (int i = 0; i < n; i++) out[c][from + i] = block.get(c, i);
        }
        return out;
    }

    @ParameterizedTest
    @MethodSource("steps")
    void resultsDependOnNothingButSeedAndPath(Step step) {
        Model model = models(step);
        for (Precision p : Precision.values()) {
            double[][] expected = run(step, model, p, Backend.SCALAR, 300, 300, new int[] {75});
            double[][] vector = run(step, model, p, Backend.VECTOR, 300, 300, new int[] {75});
            double[][] small = run(step, model, p, Backend.VECTOR, 48, 300, new int[] {1, 2, 66, 3, 3});
            for (int c = 0; c < expected.length; c++) {
                assertArrayEquals(expected[c], vector[c]);
                assertArrayEquals(expected[c], small[c]);
            }
        }
    }

    private static Model models(Step step) {
        for (Catalog.Entry entry : CATALOG.entries()) {
            if (entry.kind() == Catalog.Kind.NETWORK) continue;
            Model m = entry.read(Map.of());
            if (m.state().equals(step.state())) return m;
        }
        throw new AssertionError("no model for " + step.state());
    }

    @Test
    void ornsteinUhlenbeckHasTheMomentsOfItsRecursion() {
        Step step = step("ou", "euler-maruyama", Settings.of(0.1));
        double[] x = run(step, model("ou"), Precision.F64, Backend.VECTOR, 4096, 100_000, new int[] {10})[0];
        double mean = 0;
        double square = 0;
        for (double v : x) {
            mean += v / x.length;
            square += v * v / x.length;
        }
        double m = Math.pow(0.8, 10);
        double variance = 0.1 * (1 - Math.pow(0.8, 20)) / (1 - 0.64);
        assertEquals(m, mean, 4 * Math.sqrt(variance / x.length));
        assertEquals(variance, square - mean * mean, 4 * variance * Math.sqrt(2.0 / x.length));
    }
}
