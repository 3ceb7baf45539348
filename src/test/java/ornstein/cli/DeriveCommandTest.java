package ornstein.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ornstein.expr.Eval;
import ornstein.expr.Parser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DeriveCommandTest {
    private static String answer(int code, String arguments) {
        var all = new ArrayList<>(List.of("derive"));
        all.addAll(List.of(arguments.split(" ")));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertEquals(
                code,
                Main.run(
                        Main.commandLine(new PrintStream(out, true, StandardCharsets.UTF_8)),
                        all.toArray(String[]::new)),
                arguments);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theEquationIsGivenAsTextAndLatex() {
        String text = answer(Exit.DONE, "quadratic-2d --of gd --order 2");
        assertTrue(text.contains("dx/ds =\n    -2*x - y/2\n  + eta*("), text);
        JsonNode json = JsonMapper.shared().readTree(answer(Exit.DONE, "four-points --of sgd --order 0 --json"));
        assertEquals("[drift, latex]", json.propertyNames().toString());
        assertEquals("[\"-13*w/8 + 1/8\"]", json.get("drift").toString());
        String latex = answer(Exit.DONE, "four-points --of sgd --sampling shuffle --latex");
        assertEquals(
                "\\frac{d w}{d s} = -\\frac{13 w}{8} + \\frac{1}{8} + \\eta \\left(-\\frac{57 w}{32} + \\frac{5}{32}\\right)\n",
                latex);
    }

    /// A step that a user writes: on dx/dt = -x the explicit midpoint rule multiplies by 1 - h + h^2/2, whose logarithm
    /// is
    /// h (-1 + h^2/6 + h^3/8 + h^4/20 + ...), and Euler's by 1 - h.
    @Test
    void aStepOfTheUserIsExpanded(@TempDir Path folder) throws IOException {
        String decay = file(folder, "decay", """
                kind: sde
                name: decay
                state: [x]
                drift: [-x]
                diffusion: 0
                start: [1]
                """);
        String midpoint = file(folder, "midpoint", """
                kind: method
                name: midpoint
                family: additive
                stages: 2
                A0: [[], [1/2]]
                alpha: [0, 1]
                beta1: [1, 0]
                """);
        String euler = file(folder, "euler", """
                kind: method
                name: euler
                family: additive
                stages: 1
                alpha: [1]
                """);
        assertEquals("""
                dx/dt =
                    -x
                  + h*(0)
                  + h^2*(x/6)
                  + h^3*(x/8)
                in t = h k
                """, answer(Exit.DONE, decay + " --of " + midpoint + " --order 3"));
        JsonNode json = JsonMapper.shared().readTree(answer(Exit.DONE, decay + " --of " + euler + " --order 2 --json"));
        double drift = Eval.of(
                Parser.parse(json.get("drift").get(0).asString(), List.of("x", "h"), "drift"),
                Map.of("x", 2.0, "h", 0.1));
        assertEquals(2 * (-1 - 0.1 / 2 - 0.01 / 3), drift, 1e-15);
        assertEquals("", answer(Exit.WRONG, "ou --of " + midpoint));
        assertEquals("", answer(Exit.WRONG, "four-points --of " + midpoint));
        assertEquals("", answer(Exit.WRONG, decay + " --of " + folder.resolve("nothing.yaml")));
    }

    private static String file(Path folder, String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name + ".yaml"), text).toString();
    }

    @Test
    void whatCannotBeDerivedEndsWithCodeTwo() {
        for (String wrong : List.of(
                "four-points --of adam",
                "four-points --of sgd --order 2",
                "four-points --of nothing",
                "four-points --of gradient-flow",
                "ou --of euler-maruyama",
                "ou --of sgd",
                "nothing --of sgd",
                "four-points --of gd --order -1")) {
            assertEquals("", answer(Exit.WRONG, wrong));
        }
    }
}
