package ornstein.ensemble;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ornstein.kernel.Backend;
import ornstein.kernel.Block;
import ornstein.kernel.Kernel;
import ornstein.kernel.Precision;
import ornstein.method.Halving;
import ornstein.method.Methods;
import ornstein.method.Settings;
import ornstein.method.StepMethod;
import ornstein.model.Model;
import ornstein.random.Normals;
import ornstein.random.Streams;
import ornstein.spec.UserError;

/// Steps that adapt to their error.
class HalvedTest {
    private static final int PATHS = 2000;
    private static final int STEPS = 4;
    private static final double SIZE = 0.25;

    private static Block run(String method, Model model, double tolerance, Backend backend) {
        Settings settings = Settings.of(SIZE).with("tolerance", tolerance);
        Halved engine = new Halved((Halving) Methods.named(method).motion(model, settings), backend);
        Block block = engine.newBlock(PATHS);
        block.reset(5, 70, PATHS);
        engine.start(block, model.start());
        engine.advance(block, 0, STEPS);
        return block;
    }

    /// Root mean square of X_1 - arctan(a W_1 + tan X_0): W_1 is the sum of the increments of the full steps,
    /// which every halving keeps.
    private static double error(Block block, int normals) {
        double square = 0;
        for (int i = 0; i < PATHS; i++) {
            double w = 0;
            for (int n = 0; n < STEPS; n++) {
                w += Math.sqrt(SIZE) * Normals.at(5, 70 + i, (long) n * normals, Streams.NOISE);
            }
            double e = block.get(0, i) - Math.atan(0.8 * w + Math.tan(0.3));
            square += e * e / PATHS;
        }
        return Math.sqrt(square);
    }

    @ParameterizedTest
    @CsvSource({"milstein, 1", "srk-w1, 2"})
    void theErrorFollowsTheToleranceOnOneBrownianPath(String method, int normals) {
        Model model = Runs.model("arctan", Map.of());
        double loose = error(run(method, model, 1e-1, Backend.SCALAR), normals);
        double middle = error(run(method, model, 1e-2, Backend.SCALAR), normals);
        double tight = error(run(method, model, 1e-3, Backend.SCALAR), normals);
        assertTrue(middle < loose / 3 && tight < middle / 3, loose + " " + middle + " " + tight);
        assertTrue(tight < 1e-2, "error " + tight);
    }

    /// The noise is that of steps of one size where no step is halved.
    @Test
    void aLooseToleranceGivesTheBitsOfFixedSteps() {
        Model model = Runs.model("ou", Map.of());
        for (String method : new String[] {"milstein", "srk-w1", "srk-a1"}) {
            Block halved = run(method, model, 1e6, Backend.SCALAR);
            StepMethod steps = (StepMethod) Methods.named(method);
            Kernel kernel = Kernel.of(steps.step(model, Settings.of(SIZE)), Precision.F64, Backend.SCALAR);
            Block fixed = kernel.newBlock(PATHS);
            fixed.reset(5, 70, PATHS);
            kernel.start(fixed, model.start());
            kernel.advance(fixed, 0, STEPS);
            for (int i = 0; i < PATHS; i++) assertEquals(fixed.get(0, i), halved.get(0, i));
        }
    }

    /// On an equation with additive noise and matrices: two tolerances and two methods approach one path.
    @Test
    void methodsAgreeOnOneBrownianPath() {
        Model model = Runs.model("double-well", Map.of());
        Block first = run("srk-a1", model, 1e-3, Backend.SCALAR);
        Block second = run("srk-w1", model, 1e-4, Backend.SCALAR);
        double square = 0;
        for (int i = 0; i < PATHS; i++) square += Math.pow(first.get(0, i) - second.get(0, i), 2) / PATHS;
        assertTrue(Math.sqrt(square) < 2e-3, "apart by " + Math.sqrt(square));
    }

    /// A step that is rejected has two halves, so of one path as many steps more are accepted than rejected as there
    /// are steps of full size; whatever the blocks, and with paths that fail.
    @Test
    void acceptedAndRejectedStepsAreCounted() {
        Model model = Runs.model("arctan", Map.of());
        Settings settings = Settings.of(SIZE).with("tolerance", 1e-3);
        Halved engine = new Halved((Halving) Methods.named("srk-w1").motion(model, settings), Backend.SCALAR);
        StepCounts all = StepCounts.NONE;
        for (int size : new int[] {32, PATHS}) {
            StepCounts counts = StepCounts.NONE;
            for (int from = 0; from < PATHS; from += size) {
                int n = Math.min(size, PATHS - from);
                Block block = engine.newBlock(n);
                block.reset(5, 70 + from, n);
                engine.start(block, model.start());
                counts = counts.and(engine.advance(block, 0, STEPS));
            }
            assertEquals((long) PATHS * STEPS, counts.accepted() - counts.rejected());
            assertTrue(counts.rejected() > PATHS && counts.depth() > 1, counts.toString());
            if (size == PATHS) assertEquals(all, counts);
            all = counts;
        }
    }

    @Test
    void bitsDoNotDependOnBackEndOrBlocks() {
        Model model = Runs.model("arctan", Map.of());
        Block scalar = run("srk-w1", model, 1e-3, Backend.SCALAR);
        Block vector = run("srk-w1", model, 1e-3, Backend.VECTOR);
        double[] a = new double[PATHS];
        double[] b = new double[PATHS];
        scalar.copy(0, a);
        vector.copy(0, b);
        assertArrayEquals(a, b);
        Halved engine = new Halved(
                (Halving)
                        Methods.named("srk-w1").motion(model, Settings.of(SIZE).with("tolerance", 1e-3)),
                Backend.SCALAR);
        Block one = engine.newBlock(3);
        one.reset(5, 170, 3);
        engine.start(one, model.start());
        engine.advance(one, 0, 1);
        engine.advance(one, 1, STEPS - 1);
        for (int i = 0; i < 3; i++) assertEquals(a[100 + i], one.get(0, i));
    }

    @Test
    void whatCannotAdaptNamesWhatCan() {
        Model model = Runs.model("ou", Map.of());
        Settings settings = Settings.of(SIZE).with("tolerance", 1e-3);
        UserError e = assertThrows(
                UserError.class, () -> Methods.named("euler-maruyama").motion(model, settings));
        assertTrue(e.getMessage().contains("--tolerance is of milstein, srk-w1, srk-a1"), e.getMessage());
    }
}
