package ornstein.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import ornstein.device.DeviceFault;
import ornstein.run.Interrupted;
import ornstein.spec.Nearest;
import ornstein.spec.UserError;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// The program: finds the command, runs it, and turns what goes wrong into a line and an exit code ([Exit]).
@Command(
        name = "ornstein",
        description =
                "Simulates the stochastic processes that theory puts in the place of SGD, trains real networks with"
                        + " real SGD, and says with a confidence interval whether they agree.",
        mixinStandardHelpOptions = true,
        addMethodSubcommands = false,
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "`ornstein COMMAND --help` states the options of a command and their defaults.",
            "Exit codes: 0 done; 3 done, but not every claim reproduced or every path failed;",
            "2 what was asked is wrong; 1 a failure of the program; 130 interrupted."
        })
public final class Main {
    /// The commands, each named as its class: [SimulateCommand] is `simulate`.
    private static final List<Class<?>> COMMANDS = List.of(
            ClaimsCommand.class,
            CompareCommand.class,
            ConvergeCommand.class,
            DataCommand.class,
            DeriveCommand.class,
            DevicesCommand.class,
            MethodsCommand.class,
            ModelsCommand.class,
            ReportCommand.class,
            SimulateCommand.class,
            TrainCommand.class,
            ValidateCommand.class);

    /// How picocli lists the constants of an enum.
    private static final Pattern CHOICES = Pattern.compile("\\[([A-Z0-9_, ]+)] \\(case-insensitive\\)");

    private Main() {}

    /// Runs the program and ends the process.
    public static void main(String[] arguments) {
        StandardError.take();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        System.exit(run(commandLine(out, wanted(arguments)), arguments));
    }

    /// The commands that a command line needs: its own alone where it starts with one, since the options of all of
    /// them take long to build beside a small simulation.
    static List<Class<?>> wanted(String... arguments) {
        String first = arguments.length == 0 ? "" : arguments[0];
        List<Class<?>> named = COMMANDS.stream()
                .filter(command -> command.getSimpleName().equalsIgnoreCase(first + "Command"))
                .toList();
        return named.isEmpty() ? COMMANDS : named;
    }

    /// The program with all its commands, and its answer on `out`.
    static CommandLine commandLine(PrintStream out) {
        return commandLine(out, COMMANDS);
    }

    /// The program with its answer on `out`; a command is a class or an instance of one.
    static CommandLine commandLine(PrintStream out, List<?> commands) {
        CommandLine line = new CommandLine(new Main());
        for (Object command : commands) line.addSubcommand(new CommandLine(command));
        line.getCommandSpec().usageMessage().width(Math.clamp(Integer.getInteger("ornstein.columns", 80), 60, 120));
        for (CommandLine sub : line.getSubcommands().values()) {
            sub.getCommandSpec().mixinStandardHelpOptions(true);
        }
        line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((e, _) -> wrong(e));
        line.setExecutionExceptionHandler((e, _, _) -> explain(e));
        return line;
    }

    /// Runs one command; returns its exit code.
    static int run(CommandLine line, String... arguments) {
        if (arguments.length == 0) {
            line.usage(line.getOut());
            return Exit.DONE;
        }
        try {
            return line.execute(arguments);
        } catch (Throwable e) {
            return explain(e);
        }
    }

    private static int wrong(ParameterException e) {
        String message = String.valueOf(e.getMessage());
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            message = unknown(unmatched.getUnmatched().getFirst(), e.getCommandLine());
        } else if (e instanceof MissingParameterException) {
            List<String> unmatched = e.getCommandLine().getUnmatchedArguments();
            message += "; "
                    + (unmatched.isEmpty()
                            ? "see " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help"
                            : unknown(unmatched.getFirst(), e.getCommandLine()));
        }
        message = message.replace("is not a double", "is not a number")
                .replaceAll("is not an? (int|long)$", "is not a whole number");
        message = CHOICES.matcher(message).replaceAll(all -> all.group(1).toLowerCase(Locale.ROOT));
        return say(message.strip().replaceAll("\\s*\\R\\s*", " "), Exit.WRONG);
    }

    private static String unknown(String word, CommandLine line) {
        var spec = line.getCommandSpec();
        boolean option = word.startsWith("-");
        List<String> known = new ArrayList<>();
        if (option) {
            spec.optionsMap().keySet().stream().sorted().forEach(known::add);
        } else {
            known.addAll(spec.subcommands().keySet());
        }
        String what = option ? "option " : known.isEmpty() ? "argument " : "command ";
        String hint = Nearest.to(word, known)
                .map(name -> " (did you mean " + name + "?)")
                .orElse("");
        return "unknown " + what + word + hint + "; see " + spec.qualifiedName() + " --help";
    }

    /// Turns an exception into a line on standard error and an exit code.
    private static int explain(Throwable e) {
        return switch (known(e)) {
            case UserError error -> say(error.getMessage(), Exit.WRONG);
            case Interrupted _ -> say("interrupted", Exit.INTERRUPTED);
            case DeviceFault fault -> say(String.valueOf(fault.getMessage()), Exit.FAILED);
            case OutOfMemoryError _ ->
                say(
                        "out of memory (" + (Runtime.getRuntime().maxMemory() >> 20)
                                + " MB); give more by ORNSTEIN_MEMORY=8g, or ask for less",
                        Exit.FAILED);
            case null, default ->
                isDiskFull(e)
                        ? say(
                                "no space is left on the device of the run folder; what is finished stays: free some,"
                                        + " then give the same command again",
                                Exit.FAILED)
                        : say(summary(e) + "; the trace is in " + crashFile(e), Exit.FAILED);
        };
    }

    private static int say(String message, int code) {
        System.err.println("ornstein: " + message);
        return code;
    }

    /// The exception in a chain of causes that has a meaning of its own, or null: what threads throw comes wrapped.
    static @Nullable Throwable known(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof UserError
                    || t instanceof DeviceFault
                    || t instanceof Interrupted
                    || t instanceof OutOfMemoryError) {
                return t;
            }
        }
        return null;
    }

    private static boolean isDiskFull(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            String message = t.getMessage();
            if (t instanceof IOException && message != null && message.contains("No space left on device")) return true;
        }
        return false;
    }

    private static String summary(Throwable e) {
        String message = e.getMessage();
        String text = e instanceof UncheckedIOException && message != null ? message : "internal failure: " + e;
        return text.lines().findFirst().orElse("internal failure");
    }

    /// The trace of an exception.
    static String trace(Throwable e) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static String crashFile(Throwable e) {
        try {
            Path file = Files.createTempFile("ornstein-crash-", ".txt");
            Files.writeString(file, trace(e));
            return file.toString();
        } catch (IOException noFile) {
            e.printStackTrace();
            return "the lines above (" + noFile + ")";
        }
    }

    /// `ornstein 0.1.0, Java 25.0.1, linux amd64`.
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {
                "ornstein " + (version == null ? "(development)" : version) + ", Java "
                        + Runtime.version().feature()
                        + ", " + System.getProperty("os.name").toLowerCase(Locale.ROOT) + " "
                        + System.getProperty("os.arch")
            };
        }
    }
}
