package ornstein.method.integrator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ornstein.ensemble.order.Convergence;
import ornstein.kernel.Backend;
import ornstein.kernel.Block;
import ornstein.kernel.Kernel;
import ornstein.kernel.Precision;
import ornstein.method.Settings;
import ornstein.model.Model;
import ornstein.model.SdeModel;
import ornstein.run.Interruption;

/// A method that is written as CONTRIBUTING.md says runs everywhere.
@SuppressWarnings("NullAway") // a missing estimate fails the test
class NewMethodTest {
    @Test
    void contributingShowsTheWholeMethod() throws IOException {
        String source = Files.readString(Path.of("src/test/java/ornstein/method/integrator/Midpoint.java"));
        String body = source.substring(source.indexOf("final class"));
        assertTrue(body.lines().count() < 30);
        String shown =
                body.lines().map(line -> (line.isEmpty() ? "" : "    ") + line).collect(Collectors.joining("\n"));
        assertTrue(
                Files.readString(Path.of("CONTRIBUTING.md")).contains(shown), "CONTRIBUTING.md should hold\n" + shown);
    }

    @ParameterizedTest
    @CsvSource({"ou-2d", "arctan", "linear-general", "langevin-double-well"})
    void scalarAndVectorCodeGiveTheSameBits(String name) {
        Model model = Specs.model(name);
        for (Precision precision : Precision.values()) {
            Block scalar = run(model, precision, Backend.SCALAR);
            Block vector = run(model, precision, Backend.VECTOR);
            for (int c = 0; c < model.dimension(); c++) {
                for (int i = 0; i < 100; i++) assertEquals(scalar.get(c, i), vector.get(c, i));
            }
        }
    }

    private static Block run(Model model, Precision precision, Backend backend) {
        Kernel kernel = Kernel.of(new Midpoint().step(model, Settings.of(0.01)), precision, backend);
        Block block = kernel.newBlock(100);
        block.reset(1, 0, 100);
        kernel.start(block, model.start());
        kernel.advance(block, 0, 40);
        return block;
    }

    @ParameterizedTest
    @CsvSource({"linear-commutative, 0.5", "langevin-double-well, 1"})
    void convergeMeasuresItsOrders(String name, double strong) {
        SdeModel model = (SdeModel) Specs.model(name);
        Convergence asked = new Convergence(model, new Midpoint(), Map.of(), Optional.empty(), 1, 5, 5, 1024, 1, 2);
        Convergence.Measured paths = asked.strong(new Interruption()).orElseThrow();
        assertEquals(strong, paths.claimed().getAsDouble());
        assertEquals(strong, paths.order().value(), 0.1, paths::how);
        assertTrue(paths.limit().agrees());
    }

    @Test
    void convergeMeasuresItsWeakOrder() {
        SdeModel model = (SdeModel) Specs.model("linear-general");
        Convergence asked = new Convergence(model, new Midpoint(), Map.of(), Optional.empty(), 1, 5, 5, 1024, 1, 2);
        assertEquals(1, asked.weak(new Interruption()).orElseThrow().order().value(), 0.1);
    }
}
