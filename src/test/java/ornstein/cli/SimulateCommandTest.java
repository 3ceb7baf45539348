package ornstein.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SimulateCommandTest {
    @TempDir
    Path temporary;

    private int runs;

    private String answer(int code, String... arguments) {
        var all = new ArrayList<>(List.of("simulate"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--quiet", "--out", temporary.resolve("run" + runs++).toString()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertEquals(
                code,
                Main.run(
                        Main.commandLine(new PrintStream(out, true, StandardCharsets.UTF_8)),
                        all.toArray(String[]::new)));
        return out.toString(StandardCharsets.UTF_8);
    }

    private JsonNode json(int code, String arguments) {
        return JsonMapper.shared().readTree(answer(code, (arguments + " --json").split(" ")));
    }

    @Test
    void theJsonHasExactlyTheKeysOfTheContract() {
        JsonNode a = json(0, "double-well --method euler-maruyama --paths 1e3 --until 0.2 --save 5 --lags 0.05,0.1");
        assertEquals(
                "[model, method, seed, paths, steps, dt, backend, precision, state, times, mean, cov, se, observables,"
                        + " lags, failed, seconds, pathStepsPerSecond]",
                a.propertyNames().toString());
        assertEquals("[\"x\"]", a.get("state").toString());
        assertEquals(20, a.get("steps").asInt());
        assertEquals(0.01, a.get("dt").asDouble());
        assertEquals(6, a.get("times").size());
        assertEquals(0, a.get("times").get(0).asDouble());
        assertEquals(0.2, a.get("times").get(5).asDouble(), 1e-15);
        assertEquals(6, a.get("mean").size());
        assertEquals(1, a.get("mean").get(0).get(0).asDouble());
        assertEquals(6, a.get("se").size());
        assertEquals(1, a.get("cov").get(5).get(0).size());
        assertEquals(
                "[fourth, right, second]", a.get("observables").propertyNames().toString());
        assertEquals(
                "[mean, se]", a.get("observables").get("right").propertyNames().toString());
        assertEquals(
                "[lag, from, value, se]", a.get("lags").get(0).propertyNames().toString());
        assertEquals(0.1, a.get("lags").get(0).get("from").asDouble(), 1e-15);
        assertEquals("{\"count\":0,\"first\":null}", a.get("failed").toString());
        assertTrue(a.get("pathStepsPerSecond").asDouble() > 0);
    }

    @Test
    void onePathHasNoCovariance() {
        JsonNode a = json(0, "ou --method exact-ou --paths 1 --steps 3");
        assertTrue(a.get("cov").isNull());
        assertTrue(a.get("lags").isNull());
        assertTrue(a.get("se").get(3).get(0).isNull());
        assertEquals(4, a.get("times").size());
    }

    @Test
    void algorithmsCountSteps() {
        JsonNode a = json(0, "four-points --method sgd --eta 0.05 --steps 40 --save 4 --paths 100");
        assertEquals("[0.0,10.0,20.0,30.0,40.0]", a.get("times").toString());
        assertEquals(0.05, a.get("dt").asDouble());
        JsonNode b = json(0, "four-points --method sgd --eta 0.05 --steps 40 --save 2 --paths 100 --clock gradient");
        assertEquals("[0.0,1.0,2.0]", b.get("times").toString());
    }

    @Test
    void pathsThatBlowUpAreSaidAndIfAllDoTheCodeIsThree() {
        JsonNode some = json(0, "cubic --method euler-maruyama --dt 0.6 --steps 20 --paths 1000");
        long count = some.get("failed").get("count").asLong();
        assertTrue(count > 0 && count < 1000, some.get("failed").toString());
        assertEquals(
                "[path, step, time]",
                some.get("failed").get("first").propertyNames().toString());
        long path = some.get("failed").get("first").get("path").asLong();
        JsonNode one = json(3, "cubic --method euler-maruyama --dt 0.6 --steps 20 --paths 1 --first-path " + path);
        assertEquals(some.get("failed").get("first"), one.get("failed").get("first"));
        assertTrue(one.get("mean").get(0).get(0).isNull());
    }

    @Test
    void wrongRequestsEndWithCodeTwo() {
        for (String wrong : List.of(
                "nothing --method sgd",
                "ou --method sgd",
                "ou --method euler",
                "ou --method euler-maruyama --paths 1.5",
                "ou --method euler-maruyama --paths 0",
                "ou --method euler-maruyama --dt -1",
                "ou --method euler-maruyama --dt 0.1 --until 1 --steps 10",
                "ou --method euler-maruyama --lags 0.015",
                "ou --method euler-maruyama --lags 2",
                "ou --method euler-maruyama --backend tornado",
                "ou --method euler-maruyama --clock intrinsic",
                "ou --method euler-maruyama --batch 2",
                "four-points --method sgd --batch 5 --sampling shuffle")) {
            assertEquals("", answer(Exit.WRONG, wrong.split(" ")), wrong);
        }
    }
}
