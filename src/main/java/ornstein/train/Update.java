package ornstein.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import ornstein.expr.Eval;
import ornstein.expr.Expr.Sym;
import ornstein.method.Extra;
import ornstein.method.Symbols;
import ornstein.method.algorithm.Rule;
import ornstein.method.algorithm.Weight;

/// An algorithm's update of one weight, applied to all weights of all replicas at once.
///
/// What the algorithm remembers lies beside theta `[R, P]` in tensors of the same shape.
final class Update {
    private final Rule rule;
    private final TensorCode code;
    private final List<Tensor> states = new ArrayList<>();
    private final Map<String, Double> scalars = new HashMap<>();
    private double[] numbers = new double[0];
    private double rate = Double.NaN;
    private double decay = Double.NaN;

    /// @param theta updated in place; what is remembered starts at its initial values
    Update(Rule rule, Tensor theta, List<Slot> layers) {
        this.rule = rule;
        code = new TensorCode(rule, layers);
        states.add(theta);
        for (Extra extra : rule.extra()) {
            boolean copy = extra.initial().equals(Weight.VALUE);
            states.add(copy ? theta.clone() : torch.zeros_like(theta));
            if (!copy) states.getLast().fill_(new Scalar(Eval.of(extra.initial(), Map.of())));
        }
        rule.values().forEach((symbol, value) -> scalars.put(symbol.name(), value));
    }

    /// What is remembered, in the order of the rule.
    List<Tensor> remembered() {
        return states.subList(1, states.size());
    }

    /// The point at which a gradient of the rule is taken.
    Tensor point(Rule.Gradient gradient) {
        return gradient.at().equals(Weight.VALUE) ? states.getFirst() : remembered(gradient.at());
    }

    private Tensor remembered(Sym name) {
        for (int i = 0; i < rule.extra().size(); i++) {
            if (rule.extra().get(i).name().equals(name)) return states.get(i + 1);
        }
        throw new IllegalStateException("nothing is remembered as " + name.name());
    }

    /// One step.
    /// @param gradients those of the rule
    void apply(List<Tensor> gradients, double eta, double lambda, long step) {
        if (eta != rate || lambda != decay || code.usesStep()) {
            rate = eta;
            decay = lambda;
            scalars.put(Symbols.STEP_SIZE.name(), eta);
            scalars.put(Weight.LAMBDA.name(), lambda);
            scalars.put(Symbols.STEP.name(), (double) step);
            numbers = Eval.of(code.scalars(), scalars);
        }
        code.run(states, gradients, numbers);
    }

    /// Holds a replica at ones, as if it started there.
    void pin(int replica) {
        states.getFirst().select(0, replica).fill_(new Scalar(1.0));
        for (int i = 0; i < rule.extra().size(); i++) {
            double start = Eval.of(rule.extra().get(i).initial(), Map.of(Weight.VALUE.name(), 1.0));
            states.get(i + 1).select(0, replica).fill_(new Scalar(start));
        }
    }
}
