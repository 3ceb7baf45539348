package ornstein.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import ornstein.expr.Eval;
import ornstein.expr.Expr;
import ornstein.expr.Substitution;
import ornstein.kernel.Cases.Case;
import ornstein.method.Batches;
import ornstein.method.Mean;
import ornstein.method.Settings;
import ornstein.method.Step;
import ornstein.method.Symbols;
import ornstein.model.Model;
import ornstein.random.Normals;
import ornstein.random.Streams;
import ornstein.random.Uniforms;

class KernelTest {
    static Stream<Case> cases() throws java.io.IOException {
        return Cases.all();
    }

    private static double[][] run(Case c, Precision p, Backend b, int capacity, int paths, int... parts) {
        Kernel kernel = Kernel.of(c.step(), p, b);
        double[][] out = new double[c.step().next().size()][paths];
        for (int from = 0; from < paths; from += capacity) {
            int n = Math.min(capacity, paths - from);
            Block block = kernel.newBlock(capacity);
            block.reset(42, 1000 + from, n);
            kernel.start(block, c.model().start());
            long at = 0;
            for (int part : parts) {
                kernel.advance(block, at, part);
                at += part;
            }
            for (int k = 0; k < out.length; k++) for (int i = 0; i < n; i++) out[k][from + i] = block.get(k, i);
        }
        return out;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void resultsDependOnNothingButSeedAndPath(Case c) {
        for (Precision p : Precision.values()) {
            double[][] expected = run(c, p, Backend.SCALAR, 150, 150, 75);
            double[][] vector = run(c, p, Backend.VECTOR, 150, 150, 75);
            double[][] small = run(c, p, Backend.VECTOR, 48, 150, 1, 2, 66, 3, 3);
            for (int k = 0; k < expected.length; k++) {
                assertArrayEquals(expected[k], vector[k]);
                assertArrayEquals(expected[k], small[k]);
            }
        }
    }

    /// Every step, by evaluating its expressions as trees.
    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithTheAlgebraEvaluatedAsTrees(Case c) {
        int steps = 7;
        int paths = 3;
        double[][] actual = run(c, Precision.F64, Backend.SCALAR, paths, paths, steps);
        Block start = Kernel.of(c.step(), Precision.F64, Backend.SCALAR).newBlock(paths);
        start.reset(42, 1000, paths);
        Kernel.of(c.step(), Precision.F64, Backend.SCALAR)
                .start(start, c.model().start());
        for (int i = 0; i < paths; i++) {
            double[] x = new double[actual.length];
            for (int k = 0; k < x.length; k++) x[k] = start.get(k, i);
            for (int n = 0; n < steps; n++) x = reference(c.step(), x, 1000 + i, n);
            for (int k = 0; k < x.length; k++) {
                assertEquals(x[k], actual[k][i], 1e-11 * (1 + Math.abs(x[k])), c + ", coordinate " + k);
            }
        }
    }

    private static double[] reference(Step step, double[] x, long path, long n) {
        Map<String, Double> values = new HashMap<>();
        step.values().forEach((s, v) -> values.put(s.name(), v));
        for (int k = 0; k < x.length; k++) values.put(step.coordinates().get(k).name(), x[k]);
        values.put("t", n * step.stepSize());
        values.put(Symbols.STEP.name(), (double) n);
        for (int j = 0; j < step.normals(); j++) {
            double z = Normals.at(42, path, n * step.normals() + j, Streams.NOISE);
            values.put(Symbols.normal(j).name(), z);
        }
        for (int j = 0; j < step.uniforms(); j++) {
            double u = Uniforms.at(42, path, n * step.uniforms() + j, Streams.UNIFORM);
            values.put(Symbols.uniform(j).name(), u);
        }
        for (Mean mean : step.means()) {
            int count = mean.batch() == Mean.DATA
                    ? step.data().examples()
                    : step.batches().get().size();
            double sum = 0;
            for (int b = 0; b < count; b++) {
                int example =
                        mean.batch() == Mean.DATA ? b : example(step.batches().get(), path, n, mean.batch(), b);
                for (int col = 0; col < step.data().names().size(); col++) {
                    values.put(step.data().names().get(col), step.data().value(col, example));
                }
                if (b < step.normals()) {
                    values.put(
                            Symbols.NORMAL_OF_EXAMPLE.name(),
                            values.get(Symbols.normal(b).name()));
                }
                sum += Eval.of(mean.body(), values);
            }
            values.put(mean.name().name(), sum / count);
        }
        return Eval.of(step.next(), values);
    }

    private static int example(Batches batches, long path, long step, int batch, int b) {
        Layout layout = new Layout(1, 0, 0, batches.perStep() * batches.size());
        Source source = new BatchSource(batches, Backend.SCALAR, layout);
        Tile tile = SourceTest.tile(Precision.F32, layout);
        tile.moveTo(42, path, 16);
        source.prepare(tile, step);
        return tile.words[layout.indexWords(batch * batches.size() + b) * tile.stride];
    }

    @Test
    void ornsteinUhlenbeckHasTheMomentsOfItsRecursion() {
        Model ou = Cases.model("ou");
        Step step = Cases.step(ou, "euler-maruyama", Settings.of(0.1));
        double[] x = run(new Case("ou", ou, step), Precision.F64, Backend.VECTOR, 4096, 100_000, 10)[0];
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

    @Test
    void observablesAreEvaluatedOnBlocks() {
        Model ou = Cases.model("ou-2d");
        Kernel kernel = Kernel.of(Cases.step(ou, "euler-maruyama", Settings.of(0.1)), Precision.F64, Backend.VECTOR);
        Block block = kernel.newBlock(70);
        block.reset(5, 0, 70);
        kernel.start(block, ou.start());
        kernel.advance(block, 0, 9);
        Expr x = Expr.sym("x");
        Expr y = Expr.sym("y");
        List<Expr> expressions = List.of(x.times(y), y, Expr.call(ornstein.expr.Function.EXP, x.plus(Expr.sym("t"))));
        for (Backend b : Backend.values()) {
            Observables observables = Observables.of(ou.state(), expressions, Map.of(), Precision.F64, b);
            double[] out = new double[3 * 70];
            observables.evaluator().evaluate(block, 0.9, out);
            for (int i = 0; i < 70; i++) {
                assertEquals(block.get(0, i) * block.get(1, i), out[i]);
                assertEquals(block.get(1, i), out[70 + i]);
                assertEquals(Math.exp(block.get(0, i) + 0.9), out[140 + i], 1e-14 * out[140 + i]);
            }
        }
    }

    @Test
    void symbolsOfTheCasesCoverTime() throws java.io.IOException {
        assertTrue(
                Cases.all().anyMatch(c -> Substitution.symbols(c.step().next()).contains(Symbols.TIME)));
    }
}
