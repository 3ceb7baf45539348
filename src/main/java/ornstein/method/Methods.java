package ornstein.method;

import java.util.List;
import java.util.Optional;
import ornstein.model.LossModel;
import ornstein.model.Model;
import ornstein.model.SdeModel;
import ornstein.spec.Nearest;
import ornstein.spec.UserError;

/// The methods there are.
public final class Methods {
    private static final List<Method> ALL = List.of(new EulerMaruyama(), new ExactOu(), new Sgd());

    private Methods() {}

    public static List<Method> all() {
        return ALL;
    }

    /// @throws UserError if there is no method of this name
    public static Method named(String name) {
        for (Method m : ALL) if (m.name().equals(name)) return m;
        List<String> names = ALL.stream().map(Method::name).toList();
        Optional<String> nearest = Nearest.to(name, names);
        throw new UserError("no method " + name
                + nearest.map(n -> " (did you mean " + n + "?)").orElse("") + "; there are "
                + String.join(", ", names));
    }

    /// The names of the methods that serve a model.
    public static List<String> suitable(Model model) {
        return ALL.stream()
                .filter(m -> switch (model) {
                    case SdeModel sde -> m.kind() == Method.Kind.INTEGRATOR && m.serves(sde);
                    case LossModel loss -> m.kind() == Method.Kind.ALGORITHM;
                })
                .map(Method::name)
                .toList();
    }
}
