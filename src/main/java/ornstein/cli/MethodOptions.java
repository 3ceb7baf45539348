package ornstein.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ornstein.method.Method;
import ornstein.method.Methods;
import ornstein.method.Option;
import ornstein.spec.Decimal;
import ornstein.train.Optimiser;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Gives a command the options of all methods ([Option]) under their names, save those that it declares itself.
class MethodOptions implements IModelTransformer {
    /// The options of the methods that train networks.
    static final class OfTraining extends MethodOptions {
        @Override
        Map<String, List<Option>> methods() {
            Map<String, List<Option>> all = new LinkedHashMap<>();
            for (String name : Optimiser.names()) all.put(name, Optimiser.options(name));
            return all;
        }
    }

    /// The methods by name, with their options.
    Map<String, List<Option>> methods() {
        Map<String, List<Option>> all = new LinkedHashMap<>();
        for (Method m : Methods.all()) all.put(m.name(), m.options());
        return all;
    }

    @Override
    public CommandSpec transform(CommandSpec command) {
        Map<String, List<Option>> methods = methods();
        for (String name : options(methods).map(Option::name).distinct().toList()) {
            if (command.findOption("--" + name) != null) continue;
            String meanings = options(methods)
                    .filter(o -> o.name().equals(name))
                    .distinct()
                    .map(o -> "Of " + takers(methods, o) + ": " + o.about() + " (default: " + Decimal.text(o.initial())
                            + ").")
                    .collect(Collectors.joining(" "));
            command.addOption(OptionSpec.builder("--" + name)
                    .paramLabel("X")
                    .type(Double.class)
                    .description(meanings)
                    .build());
        }
        return command;
    }

    private static Stream<Option> options(Map<String, List<Option>> methods) {
        return methods.values().stream().flatMap(List::stream);
    }

    private static String takers(Map<String, List<Option>> methods, Option option) {
        return methods.entrySet().stream()
                .filter(m -> m.getValue().contains(option))
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
    }

    /// The options that were given, by name, without `--`; those that the command declares itself are left out.
    static Map<String, Double> given(CommandSpec command) {
        Map<String, Double> given = new LinkedHashMap<>();
        for (OptionSpec option : command.options()) {
            if (option.userObject() == null && option.getValue() instanceof Double x) {
                given.put(option.longestName().substring(2), x);
            }
        }
        return given;
    }
}
