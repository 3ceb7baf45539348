package ornstein.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// For tests of the launcher script `ornstein`, with a JDK and a Maven that only pretend: a checkout that holds the
/// launcher, a `mvnw` that makes an empty jar and counts its calls, and a source file.
final class Checkout {
    /// What a process left.
    record Ended(int code, String out, String err, long pid) {}

    final Path root;
    private final Path temporary;

    Checkout(Path temporary) throws IOException {
        this.temporary = temporary;
        root = Files.createDirectories(temporary.resolve("my checkout"));
        script(root.resolve("ornstein"), Files.readString(Path.of("ornstein")));
        Files.createDirectories(root.resolve("src/main/java"));
        Files.writeString(root.resolve("src/main/java/A.java"), "class A {}");
        Files.writeString(root.resolve("pom.xml"), "  <ornstein.jvm>--flag=1 -Dflag=2</ornstein.jvm>\n");
        maven("""
                echo call >>calls
                sleep 0.3
                for word; do case $word in -Dornstein.target=*) target=${word#*=} ;; esac; done
                mkdir -p "$target"
                echo jar >"$target/ornstein.jar"
                echo /libraries/a.jar >"$target/classpath"
                """);
    }

    /// Replaces `mvnw`.
    void maven(String body) throws IOException {
        script(root.resolve("mvnw"), "#!/bin/sh\n" + body);
    }

    /// How often `mvnw` was called.
    int builds() throws IOException {
        Path calls = root.resolve("calls");
        return Files.exists(calls) ? Files.readAllLines(calls).size() : 0;
    }

    /// A folder that looks like a JDK. Its `java` prints its arguments and process number, and ends with code 7.
    static Path jdk(Path folder, String version) throws IOException {
        Files.createDirectories(folder.resolve("bin"));
        Files.writeString(folder.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        script(folder.resolve("bin/javac"), "#!/bin/sh\n");
        script(folder.resolve("bin/java"), """
                #!/bin/sh
                case $1 in -XX:DumpLoadedClassList=*) exit 0 ;; esac
                case $3 in -XX:SharedArchiveFile=*) echo archive >"${3#*=}"; exit 0 ;; esac
                for word; do echo "<$word>"; done
                echo "pid $$"
                echo "OMP $OMP_NUM_THREADS"
                for word; do case $word in @*) cat "${word#@}" ;; esac; done
                echo noise >&2
                echo told >&3
                exit 7
                """);
        return folder;
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, text);
        if (!file.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + file + " executable");
        }
    }

    /// Starts the launcher with only the given JDKs to be found.
    Process start(Path launcher, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("bash", launcher.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(temporary.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        var variables = builder.environment();
        variables.keySet().removeIf(name -> name.matches("ORNSTEIN_.*|JAVA_HOME.*|JDK_25"));
        variables.put("ORNSTEIN_JDK_SEARCH", temporary.resolve("jdks").toString());
        variables.put("ORNSTEIN_CACHE", temporary.resolve("cache").toString());
        variables.put("no_proxy", "*");
        variables.putAll(environment);
        return builder.start();
    }

    /// Runs the launcher to its end.
    Ended run(Map<String, String> environment, String... arguments) throws Exception {
        return end(start(root.resolve("ornstein"), environment, arguments));
    }

    static Ended end(Process process) throws Exception {
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("the launcher hangs");
        }
        return new Ended(process.exitValue(), out, err, process.pid());
    }
}
