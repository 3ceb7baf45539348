package ornstein.method.integrator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ornstein.method.Halving;
import ornstein.method.Methods;
import ornstein.method.Settings;
import ornstein.method.StepMethod;
import ornstein.model.Model;
import ornstein.spec.UserError;

class TableauFileTest {
    private static final String SRA1 = """
            kind: method
            name: again
            family: additive
            stages: 2
            orders: {additive: {strong: 1.5, weak: 2}}
            A0: [[], [3/4]]
            B0: [[], ["3/2"]]
            c1: [1, 0]
            alpha: [1/3, 2/3]
            beta1: [1, 0]
            beta2: [-1, 1]
            """;

    private static final String DRI1 = """
            kind: method
            name: again
            family: weak
            stages: 3
            A0: [[], [1/2], [-1, 2]]
            A1: [[], [342/491], [342/491, 0]]
            B0: [[], [(6 - sqrt(6))/10], [(3 + 2*sqrt(6))/5, 0]]
            B1: [[], [3*sqrt(38/491)], [-3*sqrt(38/491), 0]]
            B2:
              - [0, 0, 0]
              - [-214/513*sqrt(1105/991), -491/513*sqrt(221/4955), -491/513*sqrt(221/4955)]
              - [214/513*sqrt(1105/991), 491/513*sqrt(221/4955), 491/513*sqrt(221/4955)]
            alpha: [1/6, 2/3, 1/6]
            beta1: [193/684, 491/1368, 491/1368]
            beta2: [0, sqrt(491/38)/6, -sqrt(491/38)/6]
            beta3: [-4955/7072, 4955/14144, 4955/14144]
            beta4: [0, -sqrt(4955/221)/8, sqrt(4955/221)/8]
            """;

    @TempDir
    private Path folder;

    private StepMethod read(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("own.yaml"), text);
        return (StepMethod) Methods.named(file.toString());
    }

    @Test
    void aMethodOfAFileIsTheSameAlgebra() throws IOException {
        StepMethod again = read(SRA1);
        Model model = Specs.model("langevin-double-well");
        Settings settings = Settings.of(0.1);
        assertEquals(
                ((StepMethod) Methods.named("srk-a1")).step(model, settings).next(),
                again.step(model, settings).next());
        assertEquals(1.5, again.orders().getFirst().strong().getAsDouble());
        StepMethod weak = read(DRI1);
        Model general = Specs.model("linear-general");
        assertEquals(
                ((StepMethod) Methods.named("dri1")).step(general, settings).next(),
                weak.step(general, settings).next());
        assertTrue(weak.orders().getFirst().weak().isEmpty());
    }

    /// Two files of one name are two methods to the folder of a run.
    @Test
    void theCoefficientsBelongToTheSpec() throws IOException {
        String one = read(SRA1).canonical();
        String other = read(SRA1.replace("[1/3, 2/3]", "[1/2, 1/2]")).canonical();
        assertNotEquals(one, other);
        assertEquals("srk-a1", Methods.named("srk-a1").canonical());
    }

    /// Steps adapt to the error of the embedded method, as those of SRA1 do; a tableau without one is refused by name.
    @Test
    void theToleranceIsOfTableausWithAnEmbeddedMethod() throws IOException {
        Model model = Specs.model("double-well");
        Settings settings = Settings.of(0.1).with("tolerance", 1e-3);
        Halving own = (Halving) read(SRA1).motion(model, settings);
        Halving same = (Halving) Methods.named("srk-a1").motion(model, settings);
        for (int l = 0; l <= Halving.DEPTH; l++) {
            assertEquals(same.steps().get(l).next(), own.steps().get(l).next());
        }
        for (String without : List.of(
                SRA1.replace("beta2: [-1, 1]", "beta2: [0, 0]"),
                SRA1.replace("alpha: [1/3, 2/3]", "alpha: [1, 0]"),
                DRI1)) {
            StepMethod method = read(without);
            UserError e = assertThrows(UserError.class, () -> method.motion(model, settings));
            assertTrue(e.getMessage().startsWith("--tolerance: again does not take it"), e.getMessage());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "stages: 2; stages: 3; c1 has 2 entries",
                "A0: [[], [3/4]]; A0: [[3/4], [0]]; row 1 of A0 has 1 entry;",
                "family: additive; family: aditive; did you mean \"additive\"",
                "alpha: [1/3, 2/3]; alpha: [1/3, x]; x",
                "beta2: [-1, 1]; beta3: [-1, 1]; unknown key \"beta3\"",
                "{additive:; {general:; unknown key \"general\"",
            })
    void whatIsWrongIsNamed(String here, String instead, String message) {
        UserError e = assertThrows(UserError.class, () -> read(SRA1.replace(here, instead)));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }
}
