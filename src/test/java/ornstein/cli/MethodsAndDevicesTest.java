package ornstein.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MethodsAndDevicesTest {
    private static String answer(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertEquals(
                Exit.DONE, Main.run(Main.commandLine(new PrintStream(out, true, StandardCharsets.UTF_8)), arguments));
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void methodsAreListedWithOrdersAndCitation() {
        String text = answer("methods");
        assertTrue(text.contains("euler-maruyama  The explicit Euler method"), text);
        assertTrue(text.contains("general noise: strong order 0.5, weak order 1"), text);
        assertTrue(text.contains("additive noise: strong order none, weak order exact"), text);
        JsonNode json = JsonMapper.shared().readTree(answer("methods", "--json"));
        JsonNode em = json.get(0);
        assertEquals("euler-maruyama", em.get("name").asString());
        assertEquals(0.5, em.get("orders").get(1).get("strong").asDouble());
        for (JsonNode m : json) assertTrue(m.get("citation").asString().length() > 20);
    }

    @Test
    void devicesSayWhatIsUsedAndWhy() {
        JsonNode json = JsonMapper.shared().readTree(answer("devices", "--json"));
        assertTrue(json.get("backend").asString().matches("vector|scalar"));
        assertTrue(json.get("reason").asString().length() > 20);
        assertTrue(json.get("threads").asInt() > 0);
        assertTrue(answer("devices").lines().count() >= 3);
    }
}
