package ornstein.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import ornstein.run.Interrupted;
import ornstein.run.Journal;
import ornstein.run.Manifest;
import ornstein.run.RunFolder;
import ornstein.spec.UserError;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@ResourceLock(Resources.SYSTEM_ERR)
class MainTest {
    private final PrintStream standardError = System.err;
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Command(name = "work")
    static final class Work implements Callable<Integer> {
        @Mixin
        Common common = new Common();

        @Option(names = "--fail", defaultValue = "no")
        String fail = "no";

        @Option(names = "--size")
        Size size = Size.SMALL;

        @Option(names = "--name")
        String name = "work";

        @Override
        public Integer call() throws Exception {
            return common.run(common.plan(name, Map.of("x", 1)), false, folder -> {
                switch (fail) {
                    case "user" -> throw new UserError("the limit is 3, not 4");
                    case "thread" -> throw new ExecutionException(new UserError("from a thread"));
                    case "ours" -> throw new IllegalStateException("broken\ninvariant");
                    case "stop" -> throw new Interrupted();
                    case "memory" -> throw new OutOfMemoryError("heap");
                    case "full" -> throw new UncheckedIOException(new IOException("No space left on device"));
                    default -> folder.done("all");
                }
                return common.answer(Map.of("threads", common.threads(), "nan", Double.NaN), "done");
            });
        }
    }

    enum Size {
        SMALL,
        LARGE
    }

    @BeforeEach
    void capture() {
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void release() {
        System.setErr(standardError);
    }

    private int run(String... arguments) {
        CommandLine line = Main.commandLine(new PrintStream(out, true, StandardCharsets.UTF_8), List.of(new Work()));
        return Main.run(line, arguments);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void anAnswerIsTextOrOneJsonValue(@TempDir Path folder) {
        assertEquals(0, run("work", "--out", folder.resolve("a").toString(), "--threads", "3"));
        assertEquals("done\n", out());
        assertEquals("results in " + folder.resolve("a") + "\n", err());
        out.reset();
        assertEquals(
                0,
                run(
                        "work",
                        "--json",
                        "--quiet",
                        "--threads=2",
                        "--out",
                        folder.resolve("b").toString()));
        assertEquals("{\"nan\":null,\"threads\":2}\n", out());
    }

    @Test
    void aWrongRequestIsOneLineAndExitCode2(@TempDir Path folder) {
        String there = folder.resolve("a").toString();
        assertEquals(2, run("work", "--fail=user", "--out", there));
        assertEquals("ornstein: the limit is 3, not 4\n", err());
        err.reset();
        assertEquals(2, run("work", "--fail=thread", "--out", there, "--quiet"));
        assertEquals("ornstein: from a thread\n", err());
        assertEquals("", out());
    }

    @Test
    void aFullDiskIsOneLineThatSaysWhatToDo(@TempDir Path folder) {
        assertEquals(1, run("work", "--fail=full", "--out", folder.resolve("a").toString()));
        assertEquals(
                "ornstein: no space is left on the device of the run folder; what is finished stays: free some, then"
                        + " give the same command again\n",
                err());
    }

    @Test
    void anUnknownOptionNamesTheNearest() {
        assertEquals(2, run("work", "--sed", "3"));
        assertEquals("ornstein: unknown option --sed (did you mean --seed?); see ornstein work --help\n", err());
        err.reset();
        assertEquals(2, run("wrok"));
        assertEquals("ornstein: unknown command wrok (did you mean work?); see ornstein --help\n", err());
        err.reset();
        assertEquals(2, run("work", "more"));
        assertEquals("ornstein: unknown argument more; see ornstein work --help\n", err());
        err.reset();
        assertEquals(2, run("work", "--seed", "x"));
        assertEquals("ornstein: Invalid value for option '--seed': 'x' is not a whole number\n", err());
        err.reset();
        assertEquals(2, run("work", "--threads", "0"));
        assertEquals("ornstein: --threads must be between 1 and 4096, not 0\n", err());
        err.reset();
        assertEquals(2, run("work", "--size", "big"));
        assertEquals(
                "ornstein: Invalid value for option '--size': expected one of small, large but was 'big'\n", err());
    }

    @Test
    void everyCommandIsFoundByItsNameWithoutTheOthers() {
        CommandLine all = Main.commandLine(new PrintStream(out));
        assertEquals(12, all.getSubcommands().size());
        for (String name : all.getSubcommands().keySet()) {
            assertEquals(
                    Set.of(name),
                    Main.commandLine(new PrintStream(out), Main.wanted(name, "--help"))
                            .getSubcommands()
                            .keySet());
        }
        var parsed = Main.commandLine(new PrintStream(out), Main.wanted("simulate"))
                .parseArgs("simulate", "ou", "--method", "mlmc", "--tolerance", "0.1");
        assertEquals(0.1, parsed.subcommand().matchedOptionValue("--tolerance", 0.0));
        for (String[] none : new String[][] {{}, {""}, {"--help"}, {"wrok"}}) {
            assertEquals(12, Main.wanted(none).size());
        }
    }

    @Test
    void anyNameMakesAFolder(@TempDir Path folder) {
        String long80 = "C01-".repeat(20);
        for (String name : new String[] {"../my model.yaml", "", long80}) {
            assertEquals(
                    0,
                    run(
                            "work",
                            "--name",
                            name,
                            "--fresh",
                            "--out",
                            folder.resolve("a").toString()),
                    err());
        }
        assertEquals(60, Manifest.read(folder.resolve("a")).name().length());
    }

    @Test
    void aFailureOfOursIsOneLineAndATrace(@TempDir Path folder) throws Exception {
        assertEquals(1, run("work", "--fail=ours", "--out", folder.resolve("a").toString()));
        String line = err().strip();
        assertTrue(
                line.startsWith(
                        "ornstein: internal failure: java.lang.IllegalStateException: broken; the trace is in "),
                line);
        Path trace = Path.of(line.substring(line.lastIndexOf(' ') + 1));
        assertTrue(Files.readString(trace).contains("MainTest$Work"));
        Files.delete(trace);
        assertTrue(Journal.read(folder.resolve("a"))
                .getLast()
                .path("trace")
                .asString()
                .contains("MainTest$Work"));
        err.reset();
        assertEquals(
                1,
                run(
                        "work",
                        "--fail=memory",
                        "--quiet",
                        "--out",
                        folder.resolve("a").toString()));
        assertTrue(err().startsWith("ornstein: out of memory ("), err());
    }

    @Test
    void anInterruptedRunSaysHowToGoOn(@TempDir Path folder) {
        Path there = folder.resolve("a b");
        assertEquals(130, run("work", "--fail=stop", "--out", there.toString()));
        assertEquals(
                "what is finished stays in " + there + "; go on with: ornstein work --fail=stop --out '" + there
                        + "'\nornstein: interrupted\n",
                err());
        assertFalse(RunFolder.isFinished(there));
        err.reset();
        assertEquals(0, run("work", "--out", there.toString()));
        assertTrue(err().startsWith("going on with " + there + ", 0 finished units\n"), err());
        assertTrue(RunFolder.isFinished(there));
    }

    @Test
    void helpStatesDefaultsAndVersionNamesJava() {
        assertEquals(0, run("work", "--help"));
        assertTrue(out().contains("default: 1"), out());
        out.reset();
        assertEquals(0, run("--version"));
        assertTrue(out().matches("ornstein .*, Java 25, .*\n"), out());
        out.reset();
        assertEquals(0, run());
        assertTrue(out().startsWith("Usage: ornstein "), out());
    }
}
