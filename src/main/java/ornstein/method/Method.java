package ornstein.method;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import ornstein.model.LossModel;
import ornstein.model.Model;
import ornstein.model.Noise;
import ornstein.model.SdeModel;
import ornstein.spec.UserError;

/// A way to move a model on in time. What is common to all methods; [StepMethod] writes a step as algebra,
/// [FlowMethod] leaves it to the host, [EstimatorMethod] runs the steps of another.
public sealed interface Method permits StepMethod, FlowMethod, EstimatorMethod {
    /// What a method runs on, and what its time is.
    enum Kind {
        /// An integrator of `sde` models, in the model's time.
        INTEGRATOR,
        /// An algorithm on `loss` models, in steps.
        ALGORITHM,
        /// A continuous limit of an algorithm on `loss` models, in gradient time eta k.
        LIMIT
    }

    /// What the method is.
    About about();

    default String name() {
        return about().name();
    }

    /// What the method is to a run's spec: its name, and where a file defines it, what that says.
    default String canonical() {
        return name();
    }

    default Kind kind() {
        return about().kind();
    }

    default List<Order> orders() {
        return about().orders();
    }

    /// Steps of SGD in the time of one step of an algorithm, as clocks count it.
    default double clockSteps(Settings settings) {
        return 1;
    }

    default List<Option> options() {
        return about().options();
    }

    /// One step on a model.
    /// @throws UserError if the model or the settings do not suit the method
    default Motion motion(Model model, Settings settings) {
        return switch (this) {
            case StepMethod m ->
                m.options().contains(Halving.TOLERANCE) && settings.number(Halving.TOLERANCE) > 0
                        ? Halving.of(m, model, settings)
                        : m.step(model, settings);
            case FlowMethod m -> m.flow(model, settings);
            case EstimatorMethod m ->
                throw new UserError(m.name() + " runs the steps of --of and has none of its own; take an integrator: "
                        + String.join(", ", Methods.suitable(model)));
        };
    }

    /// The name of the algorithm that a limit is of: the settings' or the first that it serves.
    default String of(Settings settings) {
        return settings.of().orElseGet(() -> about().of().getFirst());
    }

    /// The options that the settings may hold: the method's, and those of the algorithm that a limit is of.
    /// @throws UserError if the limit is not one of that algorithm
    default List<Option> accepted(Settings settings) {
        if (kind() != Kind.LIMIT) return options();
        String of = of(settings);
        if (!about().of().contains(of)) {
            throw new UserError("--of " + of + ": " + name() + " is a limit of " + String.join(", ", about().of())
                    + Methods.limitsOf(of));
        }
        return Stream.concat(options().stream(), Methods.named(of).options().stream())
                .distinct()
                .toList();
    }

    /// Refuses a model of the wrong kind, or with noise that the method does not serve.
    /// @throws UserError that names methods which do serve
    default void check(Model model) {
        boolean integrator = kind() == Kind.INTEGRATOR;
        if (integrator != (model instanceof SdeModel)) {
            throw new UserError(name() + " runs on " + (integrator ? "sde" : "loss") + " models; " + model.name()
                    + " is " + (integrator ? "a loss" : "an sde") + ", for which there are "
                    + String.join(", ", Methods.suitable(model)));
        }
        if (model instanceof SdeModel sde && !serves(sde)) {
            throw new UserError(name() + " serves "
                    + String.join(
                            ", ", orders().stream().map(o -> text(o.noise())).toList()) + " noise; that of "
                    + model.name() + " is " + text(sde.noise().iterator().next()) + ": take "
                    + String.join(", ", Methods.suitable(model)));
        }
        if (model instanceof SdeModel sde && objection(sde).isPresent()) {
            throw new UserError(name() + " does not run on " + model.name() + ": "
                    + objection(sde).get() + "; take " + String.join(", ", Methods.suitable(model)));
        }
    }

    /// Why an integrator does not run on an equation although it serves the noise; empty where it does.
    default Optional<String> objection(SdeModel sde) {
        return Optional.empty();
    }

    /// The equation whose solution an integrator approximates: the model's, or one whose first coordinates are the
    /// model's.
    default SdeModel equation(SdeModel sde) {
        return sde;
    }

    /// Whether the method runs on a model.
    default boolean suits(Model model) {
        return switch (model) {
            case SdeModel sde ->
                kind() == Kind.INTEGRATOR && serves(sde) && objection(sde).isEmpty();
            case LossModel _ -> kind() != Kind.INTEGRATOR;
        };
    }

    /// Whether the method serves a kind of noise that the model has.
    private boolean serves(SdeModel model) {
        return orders().stream().anyMatch(o -> model.noise().contains(o.noise()));
    }

    private static String text(Noise noise) {
        return noise.name().toLowerCase(Locale.ROOT);
    }
}
