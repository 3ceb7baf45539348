package ornstein.method.limit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ornstein.expr.Expr;
import ornstein.expr.Expr.Sym;
import ornstein.method.Flow;
import ornstein.method.Method;
import ornstein.method.Methods;
import ornstein.method.Option;
import ornstein.method.Sampling;
import ornstein.method.Settings;
import ornstein.method.StepMethod;
import ornstein.method.derive.ModifiedEquation;
import ornstein.model.Model;
import ornstein.spec.UserError;

/// What limits share: the algorithm that they are of, and its equation.
final class Limit {
    private Limit() {}

    /// The algorithm.
    static StepMethod algorithm(Method limit, Settings settings) {
        String of = limit.of(settings);
        if (Methods.named(of) instanceof StepMethod m) return m;
        throw new UserError("--of " + of + ": its step is no algebra");
    }

    /// The settings for the algorithm: its learning rate is `--eta`, its options are those of the limit that
    /// it takes.
    static Settings settings(Method algorithm, Settings settings) {
        Map<String, Double> numbers = new HashMap<>();
        for (Option o : algorithm.options()) {
            Double x = settings.numbers().get(o.name());
            if (x != null) numbers.put(o.name(), x);
        }
        return new Settings(settings.number(Option.ETA), numbers, settings.sampling(), Optional.empty());
    }

    /// Numbers for a model's parameters.
    static Map<Sym, Double> values(Model model) {
        Map<Sym, Double> values = new HashMap<>();
        model.header().parameters().forEach((name, value) -> values.put(Expr.sym(name), value));
        return values;
    }

    /// Refuses batches that are not drawn independently.
    static void independent(Method limit, Settings settings) {
        if (settings.sampling() == Sampling.IID) return;
        boolean full = limit.of(settings).equals("gd");
        throw new UserError("--sampling: " + (full ? "gd takes no" : limit.name() + " is of independent")
                + " batches; leave it out");
    }

    /// The value of an option of the algorithm.
    static double number(Method limit, Settings settings, String name) {
        return settings.number(option(limit, settings, name));
    }

    /// The value of an option of the algorithm that counts.
    static int whole(Method limit, Settings settings, String name) {
        return settings.whole(option(limit, settings, name));
    }

    private static Option option(Method limit, Settings settings, String name) {
        for (Option o : Methods.named(limit.of(settings)).options())
            if (o.name().equals(name)) return o;
        throw new IllegalArgumentException(limit.of(settings) + " has no option " + name);
    }

    /// The modified equation of the algorithm.
    static ModifiedEquation equation(Method limit, Model model, Settings settings, int order) {
        StepMethod algorithm = algorithm(limit, settings);
        return ModifiedEquation.of(algorithm, model, settings(algorithm, settings), order);
    }

    /// The flow of a modified equation.
    static Flow flow(ModifiedEquation equation, Settings settings) {
        List<Expr> drift = equation.drift();
        Field field = new Field(equation.model(), drift, equation.means(), equation.values());
        double dt = settings.stepSize();
        return new Flow(equation.model().state(), dt, equation.values(), 0, (x, _, _) -> {
            Field.Room room = field.room();
            Ode.advance(room::at, x, dt);
        });
    }
}
