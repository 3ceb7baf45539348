package ornstein.method;

import java.util.List;
import ornstein.model.LossModel;
import ornstein.model.Model;
import ornstein.model.Noise;
import ornstein.model.SdeModel;
import ornstein.spec.UserError;

/// A way to move a model on in time. What is common to all methods; [StepMethod] writes a step as algebra.
public sealed interface Method permits StepMethod {
    /// What a method runs on.
    enum Kind {
        /// An integrator of `sde` models.
        INTEGRATOR,
        /// An algorithm on `loss` models.
        ALGORITHM
    }

    /// As the user writes it.
    String name();

    /// One sentence.
    String about();

    Kind kind();

    /// For an integrator, the orders it claims, one entry for each kind of noise it serves.
    List<Order> orders();

    /// What a step evaluates: drifts, diffusions, gradients.
    String evaluations();

    /// Author, title, year; arXiv number where there is one.
    String citation();

    /// The numbers it takes besides the step size.
    List<Option> options();

    /// Refuses a model of the wrong kind, or with noise that the method does not serve.
    /// @throws UserError that names methods which do serve
    default void check(Model model) {
        boolean fits = switch (kind()) {
            case INTEGRATOR -> model instanceof SdeModel;
            case ALGORITHM -> model instanceof LossModel;
        };
        if (!fits) {
            throw new UserError(name() + " runs on " + (kind() == Kind.INTEGRATOR ? "sde" : "loss") + " models; "
                    + model.name() + " is "
                    + (model instanceof SdeModel ? "an sde" : "a loss") + ", for which there are "
                    + String.join(", ", Methods.suitable(model)));
        }
        if (model instanceof SdeModel sde && !serves(sde)) {
            throw new UserError(name() + " serves "
                    + String.join(
                            ", ", orders().stream().map(o -> text(o.noise())).toList()) + " noise; that of "
                    + model.name() + " is "
                    + text(sde.noise().iterator().next()) + ": take " + String.join(", ", Methods.suitable(model)));
        }
    }

    /// Whether the method serves a kind of noise that the model has.
    default boolean serves(SdeModel model) {
        return orders().stream().anyMatch(o -> model.noise().contains(o.noise()));
    }

    private static String text(Noise noise) {
        return noise.name().toLowerCase(java.util.Locale.ROOT);
    }
}
