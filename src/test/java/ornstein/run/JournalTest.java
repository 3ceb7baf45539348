package ornstein.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ornstein.spec.UserError;
import tools.jackson.databind.JsonNode;

class JournalTest {
    @TempDir
    Path folder;

    private static List<Integer> numbers(List<JsonNode> entries) {
        return entries.stream().map(entry -> entry.path("n").asInt()).toList();
    }

    private void append(int n) {
        try (Journal journal = Journal.open(folder)) {
            journal.append("unit", Map.of("n", n));
        }
    }

    @Test
    void aTornLastLineIsCutOff() throws IOException {
        append(1);
        append(2);
        Path file = folder.resolve(Journal.FILE);
        byte[] whole = Files.readAllBytes(file);
        Files.writeString(file, "{\"n\":3,\"eve", StandardOpenOption.APPEND);
        assertEquals(List.of(1, 2), numbers(Journal.read(folder)));
        append(4);
        assertEquals(List.of(1, 2, 4), numbers(Journal.read(folder)));
        assertEquals(-1, Arrays.mismatch(whole, Arrays.copyOf(Files.readAllBytes(file), whole.length)));
        Files.writeString(file, "{\"n\":3", StandardOpenOption.TRUNCATE_EXISTING);
        append(5);
        assertEquals(List.of(5), numbers(Journal.read(folder)));
    }

    @Test
    void damageBeforeTheEndIsRefused() throws IOException {
        append(1);
        Path file = folder.resolve(Journal.FILE);
        Files.writeString(file, "nonsense\n" + Files.readString(file));
        String message =
                assertThrows(UserError.class, () -> Journal.read(folder)).getMessage();
        assertTrue(message.startsWith(file + " is damaged: "), message);
        assertTrue(message.endsWith("; --fresh discards the run"), message);
    }

    @Test
    void threadsAppendWholeLines() {
        try (Journal journal = Journal.open(folder)) {
            IntStream.range(0, 200).parallel().forEach(n -> journal.append("unit", Map.of("n", n)));
            assertEquals(200, journal.entries("unit").size());
        }
        assertEquals(
                IntStream.range(0, 200).boxed().toList(),
                numbers(Journal.read(folder)).stream().sorted().toList());
    }
}
