package ornstein.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ConvergeCommandTest {
    @TempDir
    Path temporary;

    private String answer(int code, String arguments) {
        var all = new ArrayList<>(List.of("converge"));
        all.addAll(List.of(arguments.split(" ")));
        all.addAll(
                List.of("--quiet", "--json", "--out", temporary.resolve("run").toString()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertEquals(
                code,
                Main.run(
                        Main.commandLine(new PrintStream(out, true, StandardCharsets.UTF_8)),
                        all.toArray(String[]::new)));
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theJsonHasTheKeysOfTheContract() throws Exception {
        JsonNode all = JsonMapper.shared()
                .readTree(answer(0, "ou --method euler-maruyama exact-ou --paths 256 --coarsest 3 --sizes 4"));
        assertEquals(2, all.size());
        JsonNode euler = all.get(0);
        assertEquals("[method, strong, weak]", euler.propertyNames().toString());
        assertEquals(
                "[order, ci, claimed, exact, how, step, error, se, limit, failed]",
                euler.get("weak").propertyNames().toString());
        assertEquals(1, euler.get("strong").get("claimed").asDouble());
        double order = euler.get("strong").get("order").asDouble();
        assertTrue(euler.get("strong").get("ci").get(0).asDouble() < order);
        assertEquals(4, euler.get("weak").get("error").size());
        JsonNode exact = all.get(1);
        assertTrue(exact.get("strong").isNull());
        assertTrue(exact.get("weak").get("order").isNull());
        assertEquals("exact", exact.get("weak").get("claimed").asString());
        for (String file : List.of("results.csv", "results.parquet", "report.html", "figures/strong-order.svg")) {
            assertTrue(Files.exists(temporary.resolve("run").resolve(file)), file);
        }
    }

    @Test
    void oneKindAlone() {
        JsonNode one = JsonMapper.shared().readTree(answer(0, "ou --method euler-maruyama --weak --sizes 3"));
        assertTrue(one.get(0).get("strong").isNull());
        assertTrue(one.get(0).get("weak").get("limit").get("agrees").asBoolean());
    }

    @Test
    void wrongRequestsAreSaid() {
        answer(2, "ou --method no-such-method");
        answer(2, "ou --method euler-maruyama --paths 100");
        answer(2, "ou --method euler-maruyama --sizes 2");
        answer(2, "ou --method euler-maruyama --until -1");
        answer(2, "ou --method euler-maruyama --beta 0.9");
        answer(2, "ou --method euler-maruyama --of dri1");
        answer(2, "four-points --method sgd");
    }
}
