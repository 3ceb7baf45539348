package ornstein.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import ornstein.run.Interrupted;
import ornstein.run.Interruption;
import ornstein.run.Json;
import ornstein.run.Progress;
import ornstein.run.RunFolder;
import ornstein.run.RunPlan;
import ornstein.spec.UserError;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The options every command has, and what a command needs to answer, to tell its progress and to leave a run folder.
public final class Common {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    @Option(names = "--seed", paramLabel = "N", description = "Key of all randomness (default: 1).")
    private long seed = 1;

    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--out", paramLabel = "DIR", description = "Run folder (default: runs/NAME-HASH).")
    private @Nullable Path out;

    @Option(names = "--fresh", description = "Discard what an earlier run of the same command left.")
    private boolean fresh;

    @Option(names = "--quiet", description = "No progress and no remarks on standard error.")
    private boolean quiet;

    @Option(names = "--json", description = "One JSON value on standard output, and nothing else there.")
    private boolean json;

    private @Nullable Interruption interruption;

    @Option(names = "--threads", paramLabel = "N", description = "Threads (default: all processors).")
    void threads(int count) {
        if (count < 1 || count > 4096) {
            throw new ParameterException(command.commandLine(), "--threads must be between 1 and 4096, not " + count);
        }
        threads = count;
    }

    /// Key of all randomness.
    public long seed() {
        return seed;
    }

    /// Threads to use; never part of a result.
    public int threads() {
        return threads;
    }

    /// Whether a run folder was asked for by `--out`.
    public boolean hasOut() {
        return out != null;
    }

    /// Whether the answer is JSON.
    public boolean json() {
        return json;
    }

    /// Whether progress and remarks are unwanted.
    public boolean quiet() {
        return quiet;
    }

    /// Prints the answer: the value as JSON with `--json`, else the text. Returns [Exit#DONE].
    public int answer(Object value, String text) {
        var writer = command.commandLine().getOut();
        writer.print(json ? Json.line(value) + "\n" : text.endsWith("\n") ? text : text + "\n");
        writer.flush();
        return Exit.DONE;
    }

    /// A remark on standard error.
    public void note(String message) {
        if (!quiet) {
            System.err.println(message);
        }
    }

    /// Progress of some work; see [Progress#start].
    public Progress progress(String task, String unit, long total, long before) {
        return quiet ? Progress.silent() : Progress.start(task, unit, total, before);
    }

    /// The flag that Ctrl-C sets; from the first call on a signal no longer ends the process by itself.
    public synchronized Interruption interruption() {
        if (interruption == null) {
            interruption = Interruption.ofSignals();
        }
        return interruption;
    }

    /// The plan of this command without data.
    public RunPlan plan(String name, Object spec) {
        return plan(name, spec, Map.of(), Map.of());
    }

    /// The plan of this command; see [RunPlan]. Of a name that a folder cannot bear, what it can is kept.
    public RunPlan plan(String name, Object spec, Map<String, String> data, Map<String, String> device) {
        String plain = name.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[^A-Za-z0-9]+", "");
        String stem = plain.isEmpty() ? command.name() : plain.substring(0, Math.min(60, plain.length()));
        return new RunPlan(command.name(), stem, spec, seed, data, device, commandLine());
    }

    /// The work of a run, given its open folder; returns an exit code.
    @FunctionalInterface
    public interface Work {
        int in(RunFolder folder) throws Exception;
    }

    /// Opens the folder of a plan, does the work and notes it as finished; a failure is noted in the journal.
    ///
    /// @param keep go on with a finished run (sweeps) instead of starting afresh
    public int run(RunPlan plan, boolean keep, Work work) throws Exception {
        StandardError.giveToNativeCode();
        var place = new RunFolder.Place(Path.of("runs"), out, fresh, keep);
        try (RunFolder folder = RunFolder.open(plan, place)) {
            String remark = folder.remark();
            if (remark != null) {
                note(remark);
            }
            try {
                int code = work.in(folder);
                folder.finish();
                note("results in " + folder.path());
                return code;
            } catch (Exception | Error e) {
                noteFailure(folder, e);
                throw e;
            }
        }
    }

    private void noteFailure(RunFolder folder, Throwable e) {
        Throwable known = Main.known(e);
        if (known instanceof Interrupted) {
            folder.journal().append("interrupted", Map.of());
            System.err.println("what is finished stays in " + folder.path() + "; go on with: "
                    + commandLine().stream().map(Common::quoted).collect(Collectors.joining(" ")));
        } else if (known instanceof UserError) {
            folder.journal().append("refused", Map.of("message", String.valueOf(known.getMessage())));
        } else {
            folder.journal().append("failed", Map.of("trace", Main.trace(e)));
        }
    }

    private List<String> commandLine() {
        var line = new ArrayList<>(List.of("ornstein"));
        line.addAll(command.root().commandLine().getParseResult().originalArgs());
        return List.copyOf(line);
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
