package ornstein.train;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
import ornstein.method.algorithm.Rule;
import ornstein.train.data.Examples;

/// What moves theta, one step at a time: first it looks, then it moves.
sealed interface Mover {
    /// The gradient `[R, P]` at theta of the first batch of a step; of a flow its mean velocity, backwards.
    ///
    /// @param fork steps before this training
    /// @param step within this training
    /// @param stop asked now and then where it takes long
    /// @return null if it was stopped
    @Nullable Tensor look(long fork, long step, double eta, double lambda, BooleanSupplier stop);

    /// Moves theta by the step that was looked at last.
    void move(double eta, double lambda);

    /// What is kept besides theta, tensors like it.
    List<Tensor> remembered();

    /// Holds a replica at ones: finite numbers, which cost the other rows nothing.
    void pin(int replica);

    /// The mover of a spec.
    static Mover of(TrainSpec spec, Net net, Examples examples, Tensor theta) {
        return spec.optimiser().isFlow()
                ? new OfFlow(new Flow(spec, net, examples), theta)
                : OfAlgorithm.of(spec, net, examples, theta);
    }

    /// By an algorithm.
    final class OfAlgorithm implements Mover {
        private final Update update;
        private final Gradients gradients;
        private List<Tensor> seen = List.of();
        private long at;

        private OfAlgorithm(Update update, Gradients gradients) {
            this.update = update;
            this.gradients = gradients;
        }

        static OfAlgorithm of(TrainSpec spec, Net net, Examples examples, Tensor theta) {
            boolean decays = spec.lambda().pieces().stream().anyMatch(p -> p.value() > 0);
            Rule rule = spec.optimiser().rule(decays);
            Gradients gradients = new Gradients(spec, net, rule, examples);
            return new OfAlgorithm(new Update(rule, theta, net.layout().slots()), gradients);
        }

        @Override
        public Tensor look(long fork, long step, double eta, double lambda, BooleanSupplier stop) {
            at = step;
            seen = gradients.at(update, fork + step);
            return seen.getFirst();
        }

        @Override
        public void move(double eta, double lambda) {
            update.apply(seen, eta, lambda, at);
        }

        @Override
        public List<Tensor> remembered() {
            return update.remembered();
        }

        @Override
        public void pin(int replica) {
            update.pin(replica);
        }
    }

    /// By a flow.
    final class OfFlow implements Mover {
        private final Flow flow;
        private final Tensor theta;
        private final Tensor next;

        private OfFlow(Flow flow, Tensor theta) {
            this.flow = flow;
            this.theta = theta;
            next = theta.clone();
        }

        @Override
        public @Nullable Tensor look(long fork, long step, double eta, double lambda, BooleanSupplier stop) {
            next.copy_(theta);
            if (!flow.move(next, eta, lambda, stop)) return null;
            return eta == 0 ? torch.zeros_like(theta) : theta.sub(next).div_(new Scalar(eta));
        }

        @Override
        public void move(double eta, double lambda) {
            theta.copy_(next);
        }

        @Override
        public List<Tensor> remembered() {
            return List.of();
        }

        @Override
        public void pin(int replica) {
            theta.select(0, replica).fill_(new Scalar(1.0));
        }
    }
}
