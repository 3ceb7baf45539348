package ornstein.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ModelsCommandTest {
    private static String answer(int code, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertEquals(code, Main.run(Main.commandLine(new PrintStream(out, true, StandardCharsets.UTF_8)), arguments));
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void listsEveryModelWithKindAndSentence() {
        String text = answer(Exit.DONE, "models");
        assertTrue(text.lines().anyMatch(l -> l.matches("double-well +sde +Overdamped Langevin .*")), text);
        assertTrue(text.lines().anyMatch(l -> l.matches("four-points +loss +Least squares .*")), text);
        JsonNode json = JsonMapper.shared().readTree(answer(Exit.DONE, "models", "--json"));
        assertEquals(
                text.lines().filter(l -> !l.startsWith(" ")).count() - 1, json.size(), "a head and a line a model");
    }

    @Test
    void showsOneModel() {
        String text = answer(Exit.DONE, "models", "double-well");
        assertTrue(text.contains("dx = -4 x \\left(x^{2} - 1\\right)\\,dt + \\sqrt{2 T}\\,dW"), text);
        assertTrue(text.endsWith("noise: additive, diagonal, scalar, commutative, general\n"), text);
        JsonNode kubo = JsonMapper.shared().readTree(answer(Exit.DONE, "models", "kubo", "--json", "--set", "a=3"));
        assertEquals(3, kubo.get("parameters").get("a").asDouble());
        assertEquals(
                "dx = \\left(-a y - \\frac{s^{2} x}{2}\\right)\\,dt - s y\\,dW",
                kubo.get("latex").get(0).asString());
        JsonNode loss = JsonMapper.shared().readTree(answer(Exit.DONE, "models", "four-points", "--json"));
        assertEquals("a*(w - b)", loss.get("gradient").get(0).asString());
        assertEquals(4, loss.get("examples").asInt());
    }

    @Test
    void wrongRequestsEndWithCodeTwo() {
        assertEquals("", answer(Exit.WRONG, "models", "doublewell"));
        assertEquals("", answer(Exit.WRONG, "models", "ou", "--set", "q=1"));
    }
}
