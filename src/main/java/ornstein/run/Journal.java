package ornstein.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ornstein.spec.UserError;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// `journal.jsonl`: what happened to a run, a JSON object a line with `time` and `event`. A line is on the disk when
/// [#append] returns; a last line torn by a crash is cut off when the journal is opened again. Safe for threads.
public final class Journal implements AutoCloseable {
    /// File name in the folder.
    public static final String FILE = "journal.jsonl";

    private final FileChannel channel;
    private final List<JsonNode> entries;

    private Journal(FileChannel channel, List<JsonNode> entries) {
        this.channel = channel;
        this.entries = entries;
    }

    /// Opens or makes the journal of a folder, whose lock the caller holds.
    static Journal open(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            List<JsonNode> entries = new ArrayList<>(read(folder));
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.truncate(wholeLines(Files.readAllBytes(file)));
            channel.position(channel.size());
            return new Journal(channel, entries);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open " + file + ": " + e.getMessage(), e);
        }
    }

    /// The entries in the journal of a folder, without a torn last line; none where there is no journal.
    public static List<JsonNode> read(Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            byte[] bytes = Files.readAllBytes(file);
            List<JsonNode> entries = new ArrayList<>();
            for (String line : new String(bytes, 0, wholeLines(bytes), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                entries.add(Json.parse(line));
            }
            return entries;
        } catch (JacksonException e) {
            throw new UserError(file + " is damaged: " + e.getOriginalMessage() + "; --fresh discards the run", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /// Appends an event with its facts.
    public synchronized void append(String event, Map<String, ?> facts) {
        Map<String, Object> entry = new LinkedHashMap<>(facts);
        entry.put("event", event);
        entry.put("time", Instant.now().toString());
        String line = Json.line(entry);
        try {
            ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot append to the journal: " + e.getMessage(), e);
        }
        entries.add(Json.parse(line));
    }

    /// All entries so far, those of earlier attempts first.
    public synchronized List<JsonNode> entries() {
        return List.copyOf(entries);
    }

    /// The entries of one event.
    public List<JsonNode> entries(String event) {
        return entries().stream().filter(entry -> is(entry, event)).toList();
    }

    static boolean is(JsonNode entry, String event) {
        return entry.path("event").asString("").equals(event);
    }

    private static int wholeLines(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    @Override
    public synchronized void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
