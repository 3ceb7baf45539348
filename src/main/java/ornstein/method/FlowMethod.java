package ornstein.method;

import ornstein.model.Model;

/// A method whose step is a [Flow], which the host computes.
public non-sealed interface FlowMethod extends Method {
    /// The flow on a model, once model and settings have been checked.
    Flow write(Model model, Settings settings);

    /// The flow on a model.
    /// @throws ornstein.spec.UserError if the model or the settings do not suit the method
    default Flow flow(Model model, Settings settings) {
        check(model);
        settings.check(name(), accepted(settings));
        return write(model, settings);
    }
}
