package ornstein.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.jerolba.carpet.CarpetReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TrainCommandTest {
    @TempDir
    private Path folder;

    private int code;

    private String run(String out, String arguments) {
        List<String> all = new ArrayList<>(List.of("train", "--json", "--quiet", "--out"));
        all.add(folder.resolve(out).toString());
        all.addAll(Arrays.asList(arguments.split(" ")));
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        code = Main.run(
                Main.commandLine(new PrintStream(answer, true, StandardCharsets.UTF_8)), all.toArray(String[]::new));
        return answer.toString(StandardCharsets.UTF_8);
    }

    private List<String> lines(String file) throws IOException {
        return Files.readAllLines(folder.resolve(file));
    }

    @Test
    void trainsWritesTablesAndForks() throws IOException {
        String command =
                "mlp-wn-24 --data-n 64 --eta 0.2,10:0.1 --lambda 0.05 --steps 20 --replicas 5 --group 2 --init 0,3"
                        + " --save 4 --groups --training";
        JsonNode answer = JsonMapper.shared().readTree(run("one", command + " --threads 1"));
        assertEquals(Exit.DONE, code);
        assertEquals("mlp-wn-24", answer.get("network").asString());
        assertEquals(10, answer.get("saved").size());
        JsonNode last = answer.get("saved").get(9);
        assertEquals(3, last.get("init").asInt());
        assertEquals(20, last.get("step").asInt());
        assertEquals(5, last.get("replicas").asInt());
        double loss = last.get("values").get("loss").get("mean").asDouble();
        assertTrue(loss > 0.1 && loss < 3, "loss " + loss);
        assertEquals(6, answer.get("snapshots").size());

        List<String> results = lines("one/results.csv");
        assertEquals(11, results.size());
        assertTrue(results.getFirst().startsWith("init,step,replicas,loss,loss_se,accuracy,accuracy_se,training_loss"));
        assertTrue(results.getLast().startsWith("3,20,5," + loss + ","), results.getLast());
        assertEquals(1 + 2 * 5 * 24, lines("one/groups.csv").size());

        run("two", command + " --threads 2");
        for (String file : List.of("results.csv", "results.parquet", "replicas.parquet", "groups.csv")) {
            assertArrayEquals(
                    Files.readAllBytes(folder.resolve("one/" + file)),
                    Files.readAllBytes(folder.resolve("two/" + file)));
        }

        String snapshot = answer.get("snapshots").get(1).asString();
        JsonNode fork = JsonMapper.shared()
                .readTree(run(
                        "fork",
                        "mlp-wn-24 --data-n 64 --eta 0.1 --steps 3 --replicas 4 --fork-from " + snapshot
                                + " --fork-replica 3"));
        assertEquals(
                0, fork.get("saved").get(0).get("values").get("loss").get("se").asDouble(), 1e-15);
        assertTrue(fork.get("saved").get(3).get("values").get("loss").get("se").asDouble() > 0);
    }

    /// The two estimators of the gradient's moments agree within 4 standard errors of their difference at 12
    /// points; a Hessian's eigenvalues descend; predictions are the largest logits.
    @Test
    void looksAroundTheKeptWeights() throws IOException {
        String command = "mlp-wn-24 --data-n 64 --eta 0.2 --lambda 0.05 --steps 20 --replicas 3 --group 2 --save 3"
                + " --held-out 5 --keep --spectrum 2 --gradient-noise 40 --predictions";
        JsonNode answer = JsonMapper.shared().readTree(run("one", command + " --threads 1"));
        assertEquals(Exit.DONE, code);
        List<String> rows = lines("one/landscape.csv");
        assertEquals(1 + 4 * 3, rows.size());
        List<String> head = List.of(rows.getFirst().split(","));
        double[] sums = new double[2];
        for (String row : rows.subList(1, rows.size())) {
            double[] x = Arrays.stream(row.split(","))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            assertTrue(x[head.indexOf("eigenvalue_1")] >= x[head.indexOf("eigenvalue_2")], row);
            assertTrue(x[head.indexOf("residual")] <= 1e-3, row);
            for (String what : List.of("gradient2_", "trace_sigma_")) {
                int pairs = head.indexOf(what + "pairs");
                int examples = head.indexOf(what + "examples");
                assertEquals(x[pairs], x[examples], 4 * Math.hypot(x[pairs + 1], x[examples + 1]), row);
                if (x[head.indexOf("step")] >= 10) sums[what.startsWith("g") ? 0 : 1] += x[pairs];
            }
        }
        JsonNode scaling = answer.get("linearScaling");
        assertEquals(2 + sums[1] / sums[0], scaling.get("largestFactor").asDouble(), 1e-9);
        assertEquals(0.2 * sums[1] / sums[0], scaling.get("largestRate").asDouble(), 1e-9);
        assertTrue(scaling.get("se").asDouble() > 0);
        List<State> states =
                new CarpetReader<>(folder.resolve("one/predictions.parquet").toFile(), State.class).toList();
        assertEquals(4 * 3 * 5, states.size());
        for (State state : states) {
            double largest = Arrays.stream(state.logits()).max().orElseThrow();
            assertEquals(largest, state.logits()[(int) state.prediction()], state.toString());
        }
        run("two", command + " --threads 2");
        for (String file : List.of("landscape.csv", "landscape.parquet", "predictions.parquet")) {
            assertArrayEquals(
                    Files.readAllBytes(folder.resolve("one/" + file)),
                    Files.readAllBytes(folder.resolve("two/" + file)));
        }
    }

    /// Where examples of a batch depend on each other there is no gradient of one.
    @Test
    void batchNormHasNoExampleNoise() throws IOException {
        Path network = folder.resolve("normed.yaml");
        Files.writeString(network, """
                kind: network
                name: normed
                input: [16]
                classes: 4
                layers: [{linear: 8, norm: batch}, relu, {linear: 4, fixed: true}]
                """);
        String answer = run("normed", network + " --data-n 64 --eta 0.1 --steps 2 --save 1 --gradient-noise 20");
        assertFalse(answer.contains("linearScaling"), "without weight decay the norm has no equilibrium");
        assertEquals(Exit.DONE, code);
        List<String> rows = lines("normed/landscape.csv");
        assertEquals(2, rows.size());
        assertTrue(rows.getLast().endsWith(",,,,"), rows.getLast());
    }

    /// A row of predictions.parquet of a network with four classes; the names are the columns'.
    private record State(
            long init,
            long step,
            long replica,
            long example,
            long prediction,
            double logit_0,
            double logit_1,
            double logit_2,
            double logit_3) {
        double[] logits() {
            return new double[] {logit_0, logit_1, logit_2, logit_3};
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mlp-wn-25 --eta 0.1 --steps 5",
                "mlp-wn-24 --eta fast --steps 5",
                "mlp-wn-24 --eta 0.1,x:2 --steps 5",
                "mlp-wn-24 --eta 0.1 --steps -5",
                "mlp-wn-24 --eta 0.1 --steps 5 --momentum 1",
                "mlp-wn-24 --eta 0.1 --steps 5 --batch 0",
                "mlp-wn-24 --eta 0.1 --steps 5 --norm long",
                "mlp-wn-24 --eta 0.1 --steps 5 --init 1,1",
                "mlp-wn-24 --eta 0.1 --steps 5 --spectrum -1",
                "mlp-wn-24 --eta 0.1 --steps 5 --spectrum 1000",
                "mlp-wn-24 --eta 0.1 --steps 5 --gradient-noise 1",
                "mlp-wn-24 --eta 0.1 --steps 5 --fork-replica 1",
                "mlp-wn-24 --eta 0.1 --steps 5 --fork-from nowhere.bin",
                "mlp-wn-24 --eta 0.1 --steps 5 --fork-from README.md",
                "mlp-wn-24 --eta -0.1 --steps 5",
                "double-well --eta 0.1 --steps 5",
                "mlp-wn-24 --eta 0.1 --steps 5 --sampling shuffle --data-n 8 --batch 9",
                "cnn4-gn --eta 0.1 --steps 5",
                "mlp-wn-24 --steps 5"
            })
    void badRequestsAreRefused(String arguments) {
        run("bad", arguments);
        assertEquals(Exit.WRONG, code, arguments);
    }

    /// A rate so large that nothing stays finite.
    @Test
    void divergenceIsReported() throws IOException {
        Path network = folder.resolve("plain.yaml");
        Files.writeString(
                network,
                "kind: network\nname: plain\ninput: [16]\nclasses: 4\nlayers: [{linear: 8}, relu, {linear: 4}]\n");
        JsonNode answer = JsonMapper.shared()
                .readTree(run("diverged", network + " --eta 1e200 --lambda 1 --steps 6 --replicas 2 --save 3"));
        assertEquals(Exit.UNMET, code);
        assertEquals(2, answer.get("diverged").size());
        assertEquals(1, answer.get("diverged").get(0).get("seed").asInt());
        assertTrue(
                answer.get("saved").get(3).get("values").get("loss").get("mean").isNull());
    }
}
