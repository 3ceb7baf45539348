package ornstein.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import ornstein.method.Settings;
import ornstein.model.Catalog;

/// Numbers of a kernel are in arrays: models that differ in numbers alone have the same class.
class DeviceCodeTest {
    private static DeviceCode ou(double h, double s, double dt, Precision precision) {
        var model = new Catalog(Path.of("models")).model("ou", Map.of("h", h, "s", s));
        return DeviceCode.of(Cases.step(model, "euler-maruyama", Settings.of(dt)), precision);
    }

    @Test
    void numbersAreNoPartOfTheClass() {
        for (Precision precision : Precision.values()) {
            DeviceCode one = ou(2, 0.6, 0.02, precision);
            DeviceCode other = ou(3, 0.9, 0.05, precision);
            assertArrayEquals(one.bytes(), other.bytes());
            assertFalse(Arrays.equals(one.shared(), other.shared()));
        }
        DeviceCode slow = DeviceCode.of(Cases.step("four-points", "sgd", Settings.of(0.1)), Precision.F64);
        DeviceCode fast = DeviceCode.of(Cases.step("four-points", "sgd", Settings.of(0.2)), Precision.F64);
        assertArrayEquals(slow.bytes(), fast.bytes());
    }
}
