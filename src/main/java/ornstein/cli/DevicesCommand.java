package ornstein.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import ornstein.device.DeviceInfo;
import ornstein.device.Found;
import ornstein.kernel.BackendChoice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `ornstein devices`: what simulations run on, and why.
@Command(name = "devices", description = "Says what simulations run on, and why.")
final class DevicesCommand implements Callable<Integer> {
    @Mixin
    private final Common common = new Common();

    @Override
    public Integer call() {
        BackendChoice choice = BackendChoice.fastest();
        String backend = choice.backend().name().toLowerCase(Locale.ROOT);
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("cpu", BackendChoice.cpu());
        value.put("threads", Runtime.getRuntime().availableProcessors());
        value.put("jvm", BackendChoice.jvm());
        value.put("vectorBits", BackendChoice.vectorBits());
        value.put("backend", backend);
        value.put("reason", choice.reason());
        Found found = Found.look(true);
        value.put("devices", found.devices().stream().map(DevicesCommand::plain).toList());
        value.put("problem", found.problem().isEmpty() ? null : found.problem());
        String devices = found.devices().isEmpty()
                ? "devices  none: " + found.problem() + "\n"
                : found.devices().stream().map(DevicesCommand::line).collect(Collectors.joining());
        String text = """
                cpu      %s, %d threads
                jvm      %s, vectors of %d bits
                backend  %s: %s
                %s""".formatted(
                        BackendChoice.cpu(),
                        Runtime.getRuntime().availableProcessors(),
                        BackendChoice.jvm(),
                        BackendChoice.vectorBits(),
                        backend,
                        choice.reason(),
                        devices);
        return common.answer(value, text);
    }

    private static Map<String, Object> plain(DeviceInfo d) {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("id", d.id());
        value.put("name", d.name());
        value.put("kind", d.kind());
        value.put("memory", d.memory());
        value.put("units", d.units());
        value.put("precision", precision(d));
        return value;
    }

    private static String precision(DeviceInfo d) {
        return d.f64() ? "f32, f64" : "f32, too little for statistics";
    }

    private static String line(DeviceInfo d) {
        return String.format(
                Locale.ROOT,
                "device   %s: %s (%s), %.1f GB, %d units, %s%n",
                d.id(),
                d.name(),
                d.kind(),
                d.memory() / 1e9,
                d.units(),
                precision(d));
    }
}
