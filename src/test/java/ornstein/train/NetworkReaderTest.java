package ornstein.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ornstein.spec.UserError;

/// Networks as text: defaults, and one clear line for every mistake.
class NetworkReaderTest {
    @Test
    void defaultsAreAsDocumented() {
        NetworkSpec spec = Fixture.network("input: [2, 8, 8]\nclasses: 3\nlayers: [{conv: 4, norm: batch},"
                + " {conv: 4, kernel: 5, norm: weight}, {max-pool: 2}, {residual: [{conv: 4}]}, flatten, {linear: 3}]");
        assertEquals(
                List.of(
                        new Layer.Conv(4, 3, 1, 1, new Norm(Norm.Kind.BATCH, 1, 1e-5, false), false, false),
                        new Layer.Conv(4, 5, 1, 2, new Norm(Norm.Kind.WEIGHT, 1, 0, false), false, false),
                        new Layer.Pool(true, 2, 2),
                        new Layer.Residual(List.of(new Layer.Conv(4, 3, 1, 1, Norm.NONE, false, false)), List.of()),
                        Layer.Shape.FLATTEN,
                        new Layer.Linear(3, Norm.NONE, false, false)),
                spec.layers());
        assertEquals(1, spec.groupSize());
        assertEquals(64, NetworkSpec.read(Path.of("mlp-wn-192")).groupSize());
        assertEquals(4, NetworkSpec.read(Path.of("mlp-wn")).groupSize());
        // input 4 x 4 after pooling: two convolutions of 64 pixels, one of 16, the last layer
        assertEquals(64 * 72 + 64 * 400 + 16 * 144 + 192, new Layout(spec).work());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{linear: 3, nrom: weight}] | unknown key \"nrom\"; did you mean \"norm\"?",
                "[{lnear: 3}] | unknown layer \"lnear\"; did you mean \"linear\"?",
                "[rleu, {linear: 3}] | unknown layer \"rleu\"; did you mean \"relu\"?",
                "[{linear: 3, norm: wieght}] | unknown norm \"wieght\"; did you mean \"weight\"?",
                "[{linear: 3, eps: 0.1}] | eps needs a norm",
                "[{linear: 3, norm: group}] | needs groups",
                "[{linear: 3, norm: group, groups: 2}] | 3 channels do not divide into 2 groups",
                "[{linear: 3, norm: weight, groups: 2}] | norm weight with 2 groups",
                "[{linear: 3, norm: batch, bias: true}] | norm batch cancels a bias",
                "[{linear: 3, norm: weight, fixed: true}] | a fixed layer has neither norm nor bias",
                "[{linear: 3, norm: weight, eps: 2}] | eps lies in [0, 1), not 2.0",
                "[{linear: 0}] | expected a whole number in 1..1048576, found 0",
                "[{linear: 4}] | layers end with shape [4], not with 3 classes",
                "[{linear: 3, fixed: true}] | layers hold nothing to train",
                "[{conv: 3}] | number 0, input [6]: a convolution needs an image",
                "[flatten, {linear: 3}] | number 0, input [6]: this layer needs an image",
                "[{residual: [{linear: 5}]}, {linear: 3}] | the body gives [5] but the shortcut [6]",
                "[{residual: []}, {linear: 3}] | a residual block has a body"
            })
    void mistakesAreNamed(String layers, String message) {
        UserError error =
                assertThrows(UserError.class, () -> Fixture.network("input: [6]\nclasses: 3\nlayers: " + layers));
        String said = String.valueOf(error.getMessage());
        assertTrue(said.startsWith("test:5:"), said);
        assertTrue(said.contains(message), said);
    }

    @Test
    void headsAreChecked() {
        String end = "\nclasses: 3\nlayers: [{linear: 3}]";
        assertThrows(UserError.class, () -> Fixture.network("input: [6, 6]" + end));
        assertThrows(UserError.class, () -> Fixture.network("input: [0]" + end));
        assertThrows(UserError.class, () -> Fixture.network("input: [6]\nclases: 3\nlayers: [{linear: 3}]"));
        assertThrows(UserError.class, () -> NetworkSpec.read(Path.of("ou")));
        assertThrows(UserError.class, () -> NetworkSpec.read(Path.of("no-such-network")));
    }

    @Test
    void schedulesAreReadAndRefused() {
        Schedule schedule = Schedule.parse("0.1, 50:1e-2,70:0");
        assertEquals(0.1, schedule.at(49), 0);
        assertEquals(0.01, schedule.at(50), 0);
        assertEquals(0, schedule.at(1000), 0);
        for (String bad : List.of("", "x", "0:0.1", "0.1,0.2", "0.1,5:0.2,5:0.1", "-1", "0.1,", "nan")) {
            assertThrows(IllegalArgumentException.class, () -> Schedule.parse(bad), bad);
        }
    }
}
