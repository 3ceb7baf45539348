package ornstein.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import ornstein.method.Method;
import ornstein.method.Methods;
import ornstein.method.Option;
import ornstein.method.Order;
import ornstein.spec.Decimal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `ornstein methods`: the methods with their orders by kind of noise, evaluations of a step, options and citation.
@Command(name = "methods", description = "Lists the methods: what each is, its orders, options and citation.")
final class MethodsCommand implements Callable<Integer> {
    @Mixin
    private final Common common = new Common();

    @Override
    public Integer call() {
        List<Map<String, Object>> values = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        Method.@Nullable Kind kind = null;
        for (Method m : Methods.all()) {
            values.add(value(m));
            if (m.kind() != kind) text.append(heading(m.kind())).append("\n\n");
            kind = m.kind();
            text.append(m.name()).append("  ").append(m.about().text()).append('\n');
            for (Order o : m.orders()) {
                text.append("    ")
                        .append(noise(o))
                        .append(" noise: strong order ")
                        .append(order(o.strong()));
                text.append(", weak order ").append(order(o.weak())).append('\n');
            }
            if (!m.about().of().isEmpty()) {
                text.append("    --of ")
                        .append(String.join(", ", m.about().of()))
                        .append('\n');
            }
            text.append("    a step takes ").append(m.about().evaluations()).append('\n');
            for (Option option : m.options()) {
                text.append("    --").append(option.name()).append("  ").append(option.about());
                text.append(" (default ").append(Decimal.text(option.initial())).append(")\n");
            }
            text.append("    ").append(m.about().citation()).append("\n\n");
        }
        return common.answer(values, text.toString().stripTrailing());
    }

    private static String heading(Method.Kind kind) {
        return switch (kind) {
            case INTEGRATOR -> "INTEGRATORS of sde models, in the model's time (--dt, --until)";
            case ALGORITHM -> "ALGORITHMS on loss models, in steps (--eta, --steps)";
            case LIMIT -> "LIMITS of algorithms on loss models, in gradient time eta k (--dt, --until, --eta, --of)";
        };
    }

    private static Map<String, Object> value(Method m) {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("name", m.name());
        value.put("about", m.about().text());
        value.put("kind", m.kind().name().toLowerCase(Locale.ROOT));
        List<Map<String, Object>> orders = new ArrayList<>();
        for (Order o : m.orders()) {
            Map<String, Object> order = new LinkedHashMap<>();
            order.put("noise", noise(o));
            order.put("strong", json(o.strong()));
            order.put("weak", json(o.weak()));
            orders.add(order);
        }
        value.put("orders", orders);
        value.put("of", m.about().of());
        value.put("evaluations", m.about().evaluations());
        value.put("options", m.options().stream().map(Option::name).toList());
        value.put("citation", m.about().citation());
        return value;
    }

    private static String noise(Order o) {
        return o.noise().name().toLowerCase(Locale.ROOT);
    }

    /// A number, `"exact"`, or null where none is claimed.
    private static @Nullable Object json(OptionalDouble order) {
        if (order.isEmpty()) return null;
        return Double.isInfinite(order.getAsDouble()) ? "exact" : order.getAsDouble();
    }

    private static String order(OptionalDouble order) {
        if (order.isEmpty()) return "none";
        return Double.isInfinite(order.getAsDouble()) ? "exact" : Decimal.text(order.getAsDouble());
    }
}
