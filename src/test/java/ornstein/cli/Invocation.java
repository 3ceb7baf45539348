package ornstein.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A command as a user gives it, within the test's process; words are apart by single spaces.
final class Invocation {
    private Invocation() {}

    /// What it prints, given its exit code.
    static String answer(int code, String command, String... more) {
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        words.add("--quiet");
        words.addAll(List.of(more));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        assertEquals(code, Main.run(Main.commandLine(stream), words.toArray(String[]::new)), command);
        return out.toString(StandardCharsets.UTF_8);
    }

    static JsonNode json(int code, String command) {
        return JsonMapper.shared().readTree(answer(code, command, "--json"));
    }

    /// What it says on standard error as it ends with code 2.
    static String refusal(String command) {
        PrintStream usual = System.err;
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            assertEquals("", answer(Exit.WRONG, command), command);
        } finally {
            System.setErr(usual);
        }
        return err.toString(StandardCharsets.UTF_8);
    }
}
