package ornstein.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// `manifest.json`: what ran, from what, on what. Written once, when a run begins.
///
/// @param command the subcommand
/// @param name stem of the folder's name
/// @param hash [RunPlan#hash]
/// @param seed key of all randomness
/// @param spec the effective spec
/// @param data count and SHA-256 of each data file, by its name
/// @param commandLine the exact command
/// @param commit Git commit of the program, with `+` where files differ from it; null outside a checkout
/// @param jvm the Java virtual machine
/// @param device processor, cores, operating system, and what the plan adds
public record Manifest(
        String command,
        String name,
        String hash,
        long seed,
        JsonNode spec,
        Map<String, String> data,
        List<String> commandLine,
        @Nullable String commit,
        String jvm,
        Map<String, String> device) {
    /// File name in the folder.
    public static final String FILE = "manifest.json";

    static Manifest of(RunPlan plan) {
        Map<String, String> device = new TreeMap<>(plan.device());
        device.put("cpu", cpu());
        device.put("cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
        device.put("os", property("os.name") + " " + property("os.arch"));
        String jvm = property("java.vm.name") + " " + property("java.vm.version") + ", " + property("java.vendor");
        return new Manifest(
                plan.command(),
                plan.name(),
                plan.hash(),
                plan.seed(),
                Json.tree(plan.spec()),
                plan.data(),
                plan.commandLine(),
                commitNow(),
                jvm,
                device);
    }

    /// The manifest of a folder.
    public static Manifest read(Path folder) {
        return Json.read(folder.resolve(FILE), Manifest.class);
    }

    private static String property(String key) {
        return System.getProperty(key, "unknown");
    }

    private static String cpu() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }

    /// The commit of the checkout at `ornstein.home` (set by the launcher) or in the working directory.
    static @Nullable String commitNow() {
        Path home = Path.of(System.getProperty("ornstein.home", "."));
        String head = git(home, "rev-parse", "HEAD");
        String changes = git(home, "status", "--porcelain", "--untracked-files=no");
        return head == null ? null : head + (changes == null || changes.isEmpty() ? "" : "+");
    }

    private static @Nullable String git(Path home, String... arguments) {
        try {
            List<String> command = new ArrayList<>(List.of("git", "-C", home.toString()));
            command.addAll(List.of(arguments));
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0 ? output : null;
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
