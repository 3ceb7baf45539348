package ornstein.kernel;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RunningErrorTest {
    private static final int PATHS = 8;

    static Stream<Cases.Case> cases() throws java.io.IOException {
        return Cases.all();
    }

    /// The compiled step is within twice the bound; so is, with three roundings for one, a step whose every result is
    /// moved at random and rounded again.
    @ParameterizedTest
    @MethodSource("cases")
    void boundsHowFarRoundingMovesAStep(Cases.Case c) {
        SplittableRandom random = new SplittableRandom(6);
        for (Precision precision : Precision.values()) {
            Kernel kernel = Kernel.of(c.step(), precision, Backend.SCALAR);
            Block block = kernel.newBlock(PATHS);
            DeviceSteps.start(kernel, block, c);
            double[][] before = DeviceSteps.copy(block);
            kernel.advance(block, DeviceSteps.STEP, 1);
            RunningError error = new RunningError(c.step(), precision);
            double[] bound = new double[before.length];
            double[] value = new double[before.length];
            for (int i = 0; i < PATHS; i++) {
                if (block.failedStep(i) >= 0) continue;
                double[] state = DeviceSteps.column(before, i);
                error.step(state, block.seed(), block.firstPath() + i, DeviceSteps.STEP, null);
                for (int k = 0; k < state.length; k++) {
                    bound[k] = error.bound(k);
                    value[k] = error.value(k);
                    String what = precision + " path " + i + " coordinate " + k;
                    within(block.get(k, i) - value[k], 2 * bound[k], what);
                }
                for (int trial = 0; trial < 5; trial++) {
                    error.step(state, block.seed(), block.firstPath() + i, DeviceSteps.STEP, random);
                    for (int k = 0; k < state.length; k++) {
                        within(error.value(k) - value[k], 4 * bound[k], precision + " moved, path " + i);
                    }
                }
            }
        }
    }

    private static void within(double difference, double bound, String what) {
        assertTrue(Math.abs(difference) <= bound, () -> what + ": " + difference + " is beyond " + bound);
    }
}
