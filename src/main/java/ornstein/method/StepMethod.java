package ornstein.method;

import ornstein.expr.ExprException;
import ornstein.model.Model;
import ornstein.spec.Decimal;
import ornstein.spec.UserError;

/// A method that is one [Step], repeated. To add one: a class that says what the method is and writes its
/// update, and a line in [Methods]. It then runs in every back end, on every model it serves.
public non-sealed interface StepMethod extends Method {
    /// The step on a model, once model and settings have been checked.
    Step write(Model model, Settings settings);

    /// The step on a model.
    /// @throws ornstein.spec.UserError if the model or the settings do not suit the method
    default Step step(Model model, Settings settings) {
        check(model);
        settings.check(name(), accepted(settings));
        if (options().contains(Halving.TOLERANCE) && settings.number(Halving.TOLERANCE) > 0) {
            throw new UserError("--tolerance " + Decimal.text(settings.number(Halving.TOLERANCE))
                    + ": here the steps of " + name() + " are all of one size; leave it out, or take simulate");
        }
        if (kind() == Kind.INTEGRATOR && settings.sampling() != Sampling.IID) {
            throw new UserError("--sampling: " + name() + " draws no examples; leave it out");
        }
        try {
            return write(model, settings);
        } catch (ExprException e) {
            throw new UserError(
                    name() + " on " + model.name() + ": " + e.getMessage()
                            + "; take another method, fewer coordinates or simpler formulas",
                    e);
        }
    }
}
