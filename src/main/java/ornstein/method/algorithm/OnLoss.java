package ornstein.method.algorithm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ornstein.expr.Expr;
import ornstein.expr.Expr.Sym;
import ornstein.expr.Substitution;
import ornstein.method.Extra;
import ornstein.method.Mean;
import ornstein.method.Option;
import ornstein.method.Sampling;
import ornstein.method.Settings;
import ornstein.method.Step;
import ornstein.method.StepBuilder;
import ornstein.method.Symbols;
import ornstein.model.LossModel;
import ornstein.spec.UserError;

/// A [Rule] for every coordinate of a loss model.
final class OnLoss {
    private final LossModel loss;
    private final Settings settings;
    private final Rule rule;
    private final StepBuilder step;
    private final List<Map<Sym, Expr>> meaning = new ArrayList<>();

    OnLoss(LossModel loss, Settings settings, Rule rule) {
        this.loss = loss;
        this.settings = settings;
        this.rule = rule;
        step = new StepBuilder(loss, settings.stepSize());
    }

    Step step(String name) {
        takeBatches(name);
        Expr lambda = step.parameter(Option.LAMBDA, settings);
        rule.values().forEach((symbol, value) -> step.constant(symbol.name().substring(1), value));
        for (Sym coordinate : loss.state()) {
            Map<Sym, Expr> means = new HashMap<>(Map.of(Weight.LAMBDA, lambda));
            means.put(Weight.VALUE, coordinate);
            meaning.add(means);
        }
        for (Extra extra : rule.extra()) {
            for (int i = 0; i < loss.dimension(); i++) {
                String own = extra.name().name().substring(1) + "-"
                        + loss.state().get(i).name();
                meaning.get(i).put(extra.name(), step.extra(own, meant(extra.initial(), i)));
            }
        }
        for (Rule.Gradient gradient : rule.gradients()) add(gradient);
        for (Rule.Length length : rule.lengths()) {
            List<Expr> squares = new ArrayList<>();
            for (int i = 0; i < loss.dimension(); i++)
                squares.add(meant(length.entry(), i).pow(2));
            for (Map<Sym, Expr> means : meaning)
                means.put(length.name(), Expr.sum(squares).sqrt());
        }
        List<Expr> next = new ArrayList<>(each(rule.next()));
        for (Expr e : rule.nextExtra()) next.addAll(each(e));
        return step.build(next);
    }

    private void takeBatches(String name) {
        if (rule.perStep() > 0) {
            step.batches(settings.sampling(), loss, settings.whole(Option.BATCH), rule.perStep(), rule.hold());
        } else if (settings.sampling() != Sampling.IID) {
            throw new UserError("--sampling: " + name + " takes no batches; leave it out");
        }
    }

    private void add(Rule.Gradient gradient) {
        Map<Sym, Expr> point = new HashMap<>();
        for (int i = 0; i < loss.dimension(); i++) point.put(loss.state().get(i), meant(gradient.at(), i));
        List<Expr> entries = Substitution.of(loss.gradient(), point);
        if (gradient.of() == Rule.Of.NOISY_DATA) {
            Expr weight = noiseWeight();
            entries = entries.stream().map(weight::times).toList();
        }
        List<Expr> means = step.means(gradient.batch(), entries);
        for (int i = 0; i < means.size(); i++) meaning.get(i).put(gradient.name(), means.get(i));
    }

    /// 1 + sqrt(N/B) (z - mean of z).
    private Expr noiseWeight() {
        Expr z = step.normalOfEachExample();
        Expr scale = Expr.ratio(loss.examples(), settings.whole(Option.BATCH)).sqrt();
        return Expr.ONE.plus(scale.times(z.minus(step.mean(Mean.DATA, Symbols.NORMAL_OF_EXAMPLE))));
    }

    private List<Expr> each(Expr e) {
        List<Expr> all = new ArrayList<>();
        for (int i = 0; i < loss.dimension(); i++) all.add(meant(e, i));
        return all;
    }

    private Expr meant(Expr e, int coordinate) {
        return Substitution.of(e, meaning.get(coordinate));
    }
}
