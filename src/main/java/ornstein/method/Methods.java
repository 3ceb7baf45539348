package ornstein.method;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import ornstein.method.algorithm.Algorithms;
import ornstein.method.integrator.Integrators;
import ornstein.method.integrator.TableauFile;
import ornstein.method.limit.Limits;
import ornstein.model.Model;
import ornstein.spec.Nearest;
import ornstein.spec.UserError;

/// The methods there are.
public final class Methods {
    private static final List<Method> ALL = Stream.of(Integrators.ALL, EstimatorMethod.ALL, Algorithms.ALL, Limits.ALL)
            .<Method>flatMap(List::stream)
            .toList();

    private Methods() {}

    public static List<Method> all() {
        return ALL;
    }

    /// The method of a name, or the tableau in a file whose name ends with `.yaml`.
    /// @throws UserError if there is no method of this name
    public static Method named(String name) {
        if (name.endsWith(".yaml")) return TableauFile.read(Path.of(name));
        for (Method m : ALL) if (m.name().equals(name)) return m;
        List<String> names = names(_ -> true);
        Optional<String> nearest = Nearest.to(name, names);
        throw new UserError("no method " + name
                + nearest.map(n -> " (did you mean " + n + "?)").orElse("") + "; there are "
                + String.join(", ", names));
    }

    /// The limits of an algorithm, to end a message with.
    static String limitsOf(String algorithm) {
        List<String> names = ALL.stream()
                .filter(m -> m.about().of().contains(algorithm))
                .map(Method::name)
                .toList();
        return "; " + algorithm + " has " + (names.isEmpty() ? "no limit" : String.join(", ", names));
    }

    /// The names of the methods that serve a model.
    public static List<String> suitable(Model model) {
        return names(m -> m.suits(model));
    }

    /// The names of some methods.
    public static List<String> names(Predicate<Method> which) {
        return ALL.stream().filter(which).map(Method::name).toList();
    }
}
