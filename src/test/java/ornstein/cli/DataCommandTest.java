package ornstein.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DataCommandTest {
    @TempDir
    Path folder;

    private String run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code = Main.run(Main.commandLine(new PrintStream(out, true, StandardCharsets.UTF_8)), arguments);
        assertEquals(Exit.DONE, code);
        return out.toString(StandardCharsets.UTF_8);
    }

    /// A folder with one small CIFAR batch each and a damaged one in turn.
    @Test
    void tellsWhatWasFoundAndWhatIsWrong() throws IOException {
        Path cifar = Files.createDirectories(folder.resolve("cifar-10"));
        Files.write(cifar.resolve("data_batch_1.bin"), new byte[2 * 3073]);
        Files.write(cifar.resolve("test_batch.bin"), new byte[3073]);
        JsonNode all = JsonMapper.shared().readTree(run("data", "--json", "--data-dir", folder.toString()));
        assertEquals(4, all.size());
        assertEquals("synthetic", all.get(0).get("name").asString());
        assertEquals(4096, all.get(0).get("files").get(0).get("count").asInt());
        JsonNode found = all.get(3);
        assertEquals(cifar.toString(), found.get("folder").asString());
        assertEquals(2, found.get("files").get(0).get("count").asInt());
        assertEquals(64, found.get("files").get(0).get("sha256").asString().length());
        assertTrue(found.get("problem").isNull());

        Files.write(cifar.resolve("test_batch.bin"), new byte[100]);
        String text = run("data", "--data-dir", folder.toString());
        assertTrue(text.contains("test_batch.bin has 100 bytes"), text);
        assertTrue(text.contains("synthetic: made from a seed\n"), text);
    }
}
