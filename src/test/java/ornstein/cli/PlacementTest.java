package ornstein.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import ornstein.kernel.Backend;
import ornstein.kernel.BackendChoice;
import ornstein.method.Methods;
import ornstein.method.Settings;
import ornstein.method.Step;
import ornstein.method.StepMethod;
import ornstein.model.Catalog;

class PlacementTest {
    private static Step step(String model, String method, Settings settings) {
        return ((StepMethod) Methods.named(method)).step(Catalog.installed().model(model, Map.of()), settings);
    }

    @Test
    void autoLeavesToTheCpuWhatItDoesWhileADeviceStarts() {
        BackendChoice cpu = new BackendChoice(Backend.VECTOR, "", 1e8, 5e8);
        Step ou = step("ou", "euler-maruyama", Settings.of(0.01));
        double edge = 2 * Placement.START * 4 * 5e8;
        assertEquals(false, Placement.isLong(ou, 0.99 * edge, cpu, 4));
        assertEquals(true, Placement.isLong(ou, 1.01 * edge, cpu, 4));
        assertEquals(false, Placement.isLong(ou, 1.01 * edge, cpu, 5));
        Step wide = step("ou-10d", "euler-maruyama", Settings.of(0.01));
        assertEquals(true, Placement.isLong(wide, 0.101 * edge, cpu, 4));
        assertEquals(false, Placement.isLong(wide, 0.099 * edge, cpu, 4));
        Step batch = step("four-points", "sgd", Settings.of(0.01).with("batch", 3));
        assertEquals(true, Placement.isLong(batch, 0.34 * edge, cpu, 4));
        assertEquals(false, Placement.isLong(batch, 0.33 * edge, cpu, 4));
    }

    @Test
    void aCpuThatWasNotMeasuredCountsAsFast() {
        BackendChoice unknown = new BackendChoice(Backend.SCALAR, "", 0, 0);
        assertEquals(false, Placement.isLong(step("ou", "euler-maruyama", Settings.of(0.01)), 1e15, unknown, 1));
    }
}
