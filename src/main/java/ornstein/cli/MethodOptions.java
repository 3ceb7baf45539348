package ornstein.cli;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import ornstein.method.Method;
import ornstein.method.Methods;
import ornstein.method.Option;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Gives a command the options of all methods ([Option]) under their names, save those that it declares itself.
final class MethodOptions implements IModelTransformer {
    @Override
    public CommandSpec transform(CommandSpec command) {
        for (String name : names()) {
            if (command.findOption("--" + name) != null) continue;
            List<Option> meanings = Methods.all().stream()
                    .flatMap(m -> m.options().stream())
                    .filter(o -> o.name().equals(name))
                    .distinct()
                    .toList();
            String initial = meanings.stream()
                    .map(o -> MethodsCommand.number(o.initial()))
                    .distinct()
                    .collect(Collectors.joining(" or "));
            command.addOption(OptionSpec.builder("--" + name)
                    .paramLabel("X")
                    .type(Double.class)
                    .description(
                            "Of " + takers(name) + ": " + meanings.getFirst().about() + " (default: " + initial + ").")
                    .build());
        }
        return command;
    }

    private static Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        for (Method m : Methods.all()) m.options().forEach(o -> names.add(o.name()));
        return names;
    }

    private static String takers(String option) {
        return Methods.all().stream()
                .filter(m -> m.options().stream().anyMatch(o -> o.name().equals(option)))
                .map(Method::name)
                .collect(Collectors.joining(", "));
    }

    /// The options that were given, by name, without `--`; those that the command declares itself are left out.
    static Map<String, Double> given(CommandSpec command) {
        Map<String, Double> given = new LinkedHashMap<>();
        for (String name : names()) {
            OptionSpec option = command.findOption("--" + name);
            if (option != null && option.userObject() == null && option.getValue() instanceof Double x) {
                given.put(name, x);
            }
        }
        return given;
    }
}
