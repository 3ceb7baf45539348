package ornstein.method.algorithm;

import ornstein.expr.Expr;
import ornstein.method.Option;
import ornstein.method.Settings;
import ornstein.method.Step;
import ornstein.method.StepMethod;
import ornstein.model.LossModel;
import ornstein.model.Model;

/// An algorithm on losses, written as what it does to one weight. From that come its [Step] on a loss model, for
/// kernels, and the update of a network's weights in training. To add one: a class that says what it is and writes
/// [#update], and a line in [Algorithms].
public interface Algorithm extends StepMethod {
    /// The next value of a weight. What the algorithm remembers, and the batches it takes, are said to `w`.
    Expr update(Weight w, Settings settings);

    /// The algorithm as algebra of one weight.
    /// @param decays whether there is weight decay
    default Rule rule(Settings settings, boolean decays) {
        Weight w = new Weight(settings, decays);
        return w.rule(update(w, settings));
    }

    @Override
    default Step write(Model model, Settings settings) {
        boolean decays = settings.number(Option.LAMBDA) != 0;
        return new OnLoss((LossModel) model, settings, rule(settings, decays)).step(name());
    }
}
