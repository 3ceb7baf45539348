package ornstein.method.derive;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import ornstein.method.Sampling;
import ornstein.method.Settings;
import ornstein.spec.UserError;

class ModifiedEquationTest {
    @Test
    void whatIsNotSupportedIsNamed() {
        refused("adam", Settings.of(0.1), 1, "not affine in the mean over its batch");
        refused("sgd", Settings.of(0.1), 2, "--batch 4 --sampling fixed");
        refused("ngd", Settings.of(0.1), 1, "random numbers besides its batch");
        refused("local-sgd", Settings.of(0.1), 1, "gradients are taken at other points");
        refused("momentum", Settings.of(0.1).with(Sampling.SHUFFLE), 1, "meet in the extra state");
        refused("svag", Settings.of(0.1).with(Sampling.SHUFFLE), 1, "several batches");
        refused("gd", Settings.of(0.1), 7, "--order 7: must be from 0 to 6");
        refused("sgd", Settings.of(0.1).with(Sampling.REORDER).with("batch", 3), 1, "divides their number");
    }

    private static void refused(String name, Settings settings, int order, String because) {
        String message = assertThrows(
                        UserError.class,
                        () -> ModifiedEquation.of(Losses.method(name), Losses.fourPoints(), settings, order))
                .getMessage();
        assertTrue(message.contains(because), message);
    }
}
