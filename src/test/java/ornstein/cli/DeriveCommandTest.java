package ornstein.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
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
