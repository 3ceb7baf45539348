package ornstein.method.limit;

import java.util.List;
import ornstein.method.About;
import ornstein.method.Flow;
import ornstein.method.FlowMethod;
import ornstein.method.Option;
import ornstein.method.Settings;
import ornstein.method.StepMethod;
import ornstein.model.Model;
import ornstein.spec.UserError;

/// The flow of the modified equation of an algorithm ([ornstein.method.derive.ModifiedEquation]).
final class ModifiedFlow implements FlowMethod {
    @Override
    public About about() {
        return About.limit(
                        "modified-flow",
                        "The flow of backward error analysis: of full-batch steps with --order corrections, of the mean"
                                + " over random batches, for an epoch, with one.",
                        List.of("sgd", "gd", "n-step-sgd", "momentum", "adam", "rmsprop"),
                        "Barrett, Dherin: Implicit gradient regularization, 2021, arXiv:2009.11162; Smith et al.,"
                                + " arXiv:2101.12176; Ghosh et al., arXiv:2302.00849; Cattaneo et al.,"
                                + " arXiv:2309.00079")
                .takes(Option.ORDER)
                .evaluates("derivatives over the data, as many as a relative error of 1e-12 takes");
    }

    @Override
    public Flow write(Model model, Settings settings) {
        StepMethod algorithm = Limit.algorithm(this, settings);
        Settings own = Limit.settings(algorithm, settings);
        if (algorithm.clockSteps(own) != 1) {
            throw new UserError("--amplification: modified-flow is of " + algorithm.name() + " itself; leave it out");
        }
        return Limit.flow(Limit.equation(this, model, settings, settings.whole(Option.ORDER)), settings);
    }
}
