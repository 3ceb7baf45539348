package ornstein.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
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
        String text = """
                cpu      %s, %d threads
                jvm      %s, vectors of %d bits
                backend  %s: %s
                """.formatted(
                        BackendChoice.cpu(),
                        Runtime.getRuntime().availableProcessors(),
                        BackendChoice.jvm(),
                        BackendChoice.vectorBits(),
                        backend,
                        choice.reason());
        return common.answer(value, text);
    }
}
