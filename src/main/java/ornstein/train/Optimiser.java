package ornstein.train;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ornstein.method.Method;
import ornstein.method.Methods;
import ornstein.method.Option;
import ornstein.method.Sampling;
import ornstein.method.Settings;
import ornstein.method.algorithm.Algorithm;
import ornstein.method.algorithm.Rule;
import ornstein.spec.Nearest;
import ornstein.spec.UserError;

/// What moves the weights in training: an [Algorithm], or a flow that it follows.
///
/// @param method name of an algorithm, [#GRADIENT_FLOW] or [#MODIFIED_FLOW]
/// @param numbers its options by name, without eta, lambda and batch
/// @param of the algorithm that a flow is of, `gd` or `sgd`; empty for an algorithm
public record Optimiser(String method, Map<String, Double> numbers, Optional<String> of) {
    public static final String GRADIENT_FLOW = "gradient-flow";
    public static final String MODIFIED_FLOW = "modified-flow";

    /// Of a flow: Runge-Kutta steps for the time of one step of the algorithm.
    public static final Option SUBSTEPS =
            new Option("substeps", 4, 1, 1_000_000, "Runge-Kutta steps of a flow for the time eta of one step");

    public static final Optimiser SGD = new Optimiser("sgd", Map.of(), Optional.empty());

    private static final List<String> OF = List.of("gd", "sgd");

    /// @throws UserError if there is no such method for networks, or it does not take an option
    public Optimiser {
        numbers = Collections.unmodifiableMap(new TreeMap<>(numbers));
        if (!names().contains(method)) {
            throw new UserError(
                    "--method " + method + ": networks are not trained by it" + Nearest.hint(method, names()));
        }
        boolean flow = isFlow(method);
        if (flow && of.isEmpty()) of = Optional.of(OF.getLast());
        if (flow && !OF.contains(of.get())) {
            throw new UserError("--of " + of.get() + ": the flow of a network is one of " + String.join(", ", OF));
        }
        if (!flow && of.isPresent()) {
            throw new UserError("--of " + of.get() + ": " + method + " is no flow of an algorithm; leave it out");
        }
        List<Option> options = options(method);
        for (String name : numbers.keySet()) {
            if (options.stream().noneMatch(o -> o.name().equals(name))) {
                throw new UserError("--" + name + ": " + method + " does not take it; it takes --eta, --lambda, --batch"
                        + options.stream().map(o -> ", --" + o.name()).collect(Collectors.joining()));
            }
        }
        for (Option option : options) new Settings(1, numbers, Sampling.IID, of).number(option);
    }

    /// SGD with momentum in PyTorch's form; with momentum 0 plain SGD.
    /// @param rho from 0 to below 1
    public static Optimiser momentum(double rho) {
        return rho == 0 ? SGD : new Optimiser("momentum", Map.of("beta", rho), Optional.empty());
    }

    /// The methods that train networks.
    public static List<String> names() {
        return Stream.concat(
                        Methods.all().stream()
                                .filter(Algorithm.class::isInstance)
                                .map(Method::name),
                        Stream.of(GRADIENT_FLOW, MODIFIED_FLOW))
                .toList();
    }

    /// The options of a method besides eta, lambda and batch.
    public static List<Option> options(String method) {
        if (isFlow(method)) return List.of(SUBSTEPS);
        return Methods.named(method).options().stream()
                .filter(o -> !o.equals(Option.BATCH) && !o.equals(Option.LAMBDA))
                .toList();
    }

    private static boolean isFlow(String method) {
        return method.equals(GRADIENT_FLOW) || method.equals(MODIFIED_FLOW);
    }

    /// Whether it is a flow.
    public boolean isFlow() {
        return isFlow(method);
    }

    /// The value of an option.
    double number(Option option) {
        return numbers.getOrDefault(option.name(), option.initial());
    }

    /// The algorithm as algebra of one weight.
    Rule rule(boolean decays) {
        return ((Algorithm) Methods.named(method)).rule(new Settings(1, numbers, Sampling.IID, of), decays);
    }

    /// Steps of SGD in the time of one step, as clocks count it.
    public double clockSteps() {
        return isFlow() ? 1 : Methods.named(method).clockSteps(new Settings(1, numbers, Sampling.IID, of));
    }

    /// What it is, for readers: `momentum, beta 0.9`, `modified-flow of gd`.
    public String text() {
        StringBuilder text = new StringBuilder(method);
        of.ifPresent(algorithm -> text.append(" of ").append(algorithm));
        numbers.forEach(
                (name, value) -> text.append(", ").append(name).append(' ').append(value));
        return text.toString();
    }

    /// For an algorithm that moves w along its gradient, the displacement that one gradient causes in the
    /// end, in units of eta |g|: 1, with momentum (1 - dampening)/(1 - beta). Empty for the others.
    Optional<Double> reach() {
        return switch (method) {
            case "sgd", "gd", "ngd", "n-step-sgd" -> Optional.of(1.0);
            case "momentum" -> {
                double dampening = numbers.getOrDefault("dampening", 0.0);
                double beta = Methods.named(method).options().stream()
                        .filter(o -> o.name().equals("beta"))
                        .findFirst()
                        .map(this::number)
                        .orElseThrow();
                yield Optional.of((1 - dampening) / (1 - beta));
            }
            default -> Optional.empty();
        };
    }

    /// Roughly the CPU seconds of one step of one replica, to plan by.
    ///
    /// @param batch size of a batch
    /// @param all training examples
    double seconds(NetworkSpec network, int batch, int all) {
        // four stages of Runge-Kutta, each a millisecond and the passes of a gradient; of a modified loss also those of
        // a gradient to differentiate and of its derivative
        double stages = isFlow() ? 4 * number(SUBSTEPS) : 0;
        return switch (method) {
            case "gd", "ngd" -> network.seconds(all);
            case GRADIENT_FLOW -> stages * (1e-3 + network.seconds(all));
            case MODIFIED_FLOW -> stages * (1e-3 + network.seconds(4.0 * all));
            default -> network.seconds(batch);
        };
    }

    /// How many of its steps stand for one step of SGD: the amplification of SVAG, 1 of all others.
    public long stepsAsOne() {
        return method.equals("svag")
                ? Math.round(number(options(method).stream()
                        .filter(o -> o.name().equals("amplification"))
                        .findFirst()
                        .orElseThrow()))
                : 1;
    }

    /// Whether weight decay stands beside the update as (1 - eta lambda) w.
    boolean shrinks() {
        return !method.equals("momentum") || numbers.getOrDefault("decoupled", 0.0) == 1;
    }
}
