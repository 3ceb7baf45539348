package ornstein.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;
import ornstein.method.algorithm.Rule;
import ornstein.spec.Decimal;
import ornstein.spec.UserError;
import ornstein.train.data.Examples;

/// The gradients that a rule takes in a step.
final class Gradients {
    private final TrainSpec spec;
    private final Net net;
    private final Rule rule;
    private final @Nullable Batches batches;
    private final FullGradient full;

    /// @throws UserError if the network or the spec does not allow them
    Gradients(TrainSpec spec, Net net, Rule rule, Examples examples) {
        this.spec = spec;
        this.net = net;
        this.rule = rule;
        batches = rule.perStep() > 0 ? new Batches(spec, examples) : null;
        full = new FullGradient(net, examples, spec.replicas());
        boolean noisy = rule.gradients().stream().anyMatch(g -> g.of() == Rule.Of.NOISY_DATA);
        String method = spec.optimiser().method();
        if (noisy && net.hasBatchNorm()) {
            throw new UserError(
                    "--method " + method + ": network " + spec.network().name()
                            + " has a batch norm, which couples the losses of examples; take group, layer or weight norm");
        }
        if (rule.perStep() == 0 && spec.labelNoise() > 0) {
            throw new UserError("--label-noise " + Decimal.text(spec.labelNoise()) + ": " + method
                    + " takes no batches, whose labels could be replaced; leave it out");
        }
    }

    /// The gradients of a step, in the order of the rule.
    ///
    /// @param step over all forks
    List<Tensor> at(Update update, long step) {
        List<Tensor> all = new ArrayList<>();
        for (Rule.Gradient gradient : rule.gradients()) {
            Tensor point = update.point(gradient);
            all.add(
                    switch (gradient.of()) {
                        case BATCH -> batch(point, step / rule.hold() * rule.perStep() + gradient.batch());
                        case DATA -> full.at(point);
                        case NOISY_DATA -> full.noisy(point, spec.batch(), spec.seed(), spec.firstReplica(), step);
                    });
        }
        return all;
    }

    private Tensor batch(Tensor point, long number) {
        Batches drawn = Objects.requireNonNull(batches);
        drawn.draw(number);
        return net.gradient(point, drawn.x(), drawn.y());
    }
}
