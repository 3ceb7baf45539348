package ornstein.method.algorithm;

import java.util.ArrayList;
import java.util.List;
import ornstein.expr.Expr;
import ornstein.method.About;
import ornstein.method.Option;
import ornstein.method.Settings;
import ornstein.method.Step;
import ornstein.method.StepBuilder;
import ornstein.method.StepMethod;
import ornstein.model.LossModel;
import ornstein.model.Model;

/// w' = (1 - eta lambda) w - eta g, with g the mean gradient over a batch.
final class Sgd implements StepMethod {
    @Override
    public About about() {
        return About.algorithm(
                        "sgd",
                        "Stochastic gradient descent with weight decay, on any sampling.",
                        "Robbins, Monro: A stochastic approximation method, Annals of Mathematical Statistics 22, 1951")
                .takes(Option.BATCH, Option.LAMBDA)
                .evaluates("B gradients");
    }

    @Override
    public Step write(Model model, Settings settings) {
        LossModel loss = (LossModel) model;
        StepBuilder step = new StepBuilder(loss, settings.stepSize());
        step.batches(settings.sampling(), loss, settings.whole(Option.BATCH), 1, 1);
        Expr keep = Expr.ONE.minus(step.h().times(step.parameter(Option.LAMBDA, settings)));
        List<Expr> gradient = step.means(0, loss.gradient());
        List<Expr> next = new ArrayList<>();
        for (int i = 0; i < loss.dimension(); i++) {
            next.add(keep.times(loss.state().get(i)).minus(step.h().times(gradient.get(i))));
        }
        return step.build(next);
    }
}
