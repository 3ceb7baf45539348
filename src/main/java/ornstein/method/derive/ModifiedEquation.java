package ornstein.method.derive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import ornstein.expr.Derivative;
import ornstein.expr.Expand;
import ornstein.expr.Expr;
import ornstein.expr.Expr.Sym;
import ornstein.expr.ExprException;
import ornstein.expr.MapSeries;
import ornstein.expr.SlowManifold;
import ornstein.expr.Substitution;
import ornstein.method.Batches;
import ornstein.method.Extra;
import ornstein.method.Mean;
import ornstein.method.Sampling;
import ornstein.method.Settings;
import ornstein.method.Step;
import ornstein.method.StepBuilder;
import ornstein.method.StepMethod;
import ornstein.method.Symbols;
import ornstein.model.LossModel;
import ornstein.model.Model;
import ornstein.spec.UserError;

/// The equation dx/ds = f_0(x) + h f_1(x) + ... + h^K f_K(x) whose flow for a time h is one step of a method,
/// up to O(h^(K+2)); in s = h k, with the step size h ([Symbols#STEP_SIZE]) as a symbol. Extra state that
/// forgets fast is on its invariant manifold, and powers of the step number that vanish are 0: the equation
/// is that after the transients. Of a step on batches it is the mean over the batches that holds, over an
/// epoch, through order 1; see [BatchNoise].
///
/// Source: Hairer, Lubich and Wanner, Geometric Numerical Integration, chapter IX.
///
/// @param field f_0 to f_K, each d expressions
/// @param means over the data, each in the symbols of those before it
/// @param values numbers for parameters and constants
public record ModifiedEquation(Model model, List<List<Expr>> field, List<Mean> means, Map<Sym, Double> values) {
    /// The most corrections: the terms grow as the trees with as many nodes.
    public static final int MOST = 6;

    public ModifiedEquation {
        field = field.stream().map(List::copyOf).toList();
        means = List.copyOf(means);
        values = Map.copyOf(values);
    }

    /// The equation of a method.
    /// @param settings the learning rate does not matter
    /// @param order K, the number of corrections
    /// @throws UserError that says why there is none
    public static ModifiedEquation of(StepMethod method, Model model, Settings settings, int order) {
        if (order < 0 || order > MOST) throw new UserError("--order " + order + ": must be from 0 to " + MOST);
        Step step = method.step(model, settings);
        Settings other = new Settings(settings.stepSize() / 2, settings.numbers(), settings.sampling(), settings.of());
        try {
            return new Derivation(method.name(), model, step, method.step(model, other)).equation(order);
        } catch (ExprException e) {
            throw new UserError(
                    "no modified equation of " + method.name() + " on " + model.name() + ": " + e.getMessage());
        }
    }

    /// The right-hand side, with the step size as a symbol.
    public List<Expr> drift() {
        List<Expr> sum = field.getFirst();
        for (int k = 1; k < field.size(); k++) {
            List<Expr> all = new ArrayList<>();
            for (int i = 0; i < sum.size(); i++) {
                all.add(sum.get(i)
                        .plus(Symbols.STEP_SIZE.pow(k).times(field.get(k).get(i))));
            }
            sum = all;
        }
        return sum;
    }

    /// The derivation for one step.
    private static final class Derivation {
        private final String method;
        private final Model model;
        private final Step step;
        private final StepBuilder builder;
        private final List<Sym> extra;
        private final List<Expr> next;

        /// Whether random numbers besides the batch occur in a step; where a diffusion is 0 those that are drawn do
        /// not.
        private static boolean isRandom(Step step) {
            List<Expr> all = new ArrayList<>(step.next());
            step.means().forEach(m -> all.add(m.body()));
            Set<Sym> symbols = Substitution.symbols(all);
            return symbols.contains(Symbols.NORMAL_OF_EXAMPLE)
                    || IntStream.range(0, step.normals()).anyMatch(j -> symbols.contains(Symbols.normal(j)))
                    || IntStream.range(0, step.uniforms()).anyMatch(j -> symbols.contains(Symbols.uniform(j)));
        }

        Derivation(String method, Model model, Step step, Step other) {
            this.method = method;
            this.model = model;
            this.step = step;
            builder = new StepBuilder(model, step.stepSize());
            extra = step.extra().stream().map(Extra::name).toList();
            if (isRandom(step)) throw refused("a step draws random numbers besides its batch");
            if (step.failure().isPresent()) throw refused("a step solves equations");
            Map<Sym, Double> mine = new HashMap<>(step.values());
            Map<Sym, Double> others = new HashMap<>(other.values());
            mine.remove(Symbols.STEP_SIZE);
            others.remove(Symbols.STEP_SIZE);
            if (!mine.equals(others) || !step.next().equals(other.next())) {
                throw refused("a step computes constants from its step size");
            }
            next = AfterTransients.of(Substitution.of(step.next(), means()), mine);
            Set<Sym> symbols = Substitution.symbols(next);
            if (symbols.contains(Symbols.STEP) || symbols.contains(Symbols.TIME)) {
                throw refused("the step depends on its number or on the time");
            }
        }

        private UserError refused(String why) {
            return new UserError("no modified equation of " + method + " on " + model.name() + ": " + why);
        }

        /// The step's means as those of this builder; of the full batch they are over the data.
        private Map<Sym, Expr> means() {
            Map<Sym, Expr> images = new HashMap<>();
            boolean full = step.batches().filter(b -> !isRandom(b)).isPresent();
            for (Mean m : step.means()) {
                Expr body = Substitution.of(m.body(), images);
                Expr mean = builder.mean(full ? Mean.DATA : m.batch(), body);
                Set<Sym> inside = Substitution.symbols(List.of(body));
                boolean moved = inside.contains(Symbols.STEP_SIZE)
                        || inside.contains(Symbols.STEP)
                        || !Collections.disjoint(inside, extra);
                if (moved && !mean.equals(body)) throw refused("gradients are taken at other points than the state");
                images.put(m.name(), mean);
            }
            return images;
        }

        private static boolean isRandom(Batches b) {
            return b.examples() > 1 && (b.sampling() == Sampling.IID || b.size() < b.examples());
        }

        ModifiedEquation equation(int order) {
            int d = model.dimension();
            List<Expr> state = next.subList(0, d);
            Batches batches = step.batches().filter(Derivation::isRandom).orElse(null);
            List<Sym> random = builder.means().stream()
                    .filter(m -> m.batch() != Mean.DATA)
                    .map(Mean::name)
                    .toList();
            if (batches == null || Collections.disjoint(Substitution.symbols(next), random)) {
                return equation(map(state, next.subList(d, next.size()), order).modifiedField());
            }
            if (order > 1) {
                throw refused("order " + order + " with random batches, for which there are orders 0 and 1; of the"
                        + " full batch (--batch " + batches.examples() + " --sampling fixed) there are more");
            }
            if (!isAffine(next, random)) {
                throw refused("the step is not affine in the mean over its batch, so that no flow has its mean; take"
                        + " the full batch (--batch " + batches.examples() + " --sampling fixed)");
            }
            BatchNoise noise = new BatchNoise((LossModel) model, builder, batches, this::refused);
            if (extra.isEmpty()) return equation(noise.field(map(state, List.of(), order), order));
            if (batches.sampling() != Sampling.IID) {
                throw refused("batches that are not independent meet in the extra state; take --sampling iid, or the"
                        + " full batch");
            }
            List<Expr> mean = noise.overData(next);
            return equation(
                    map(mean.subList(0, d), mean.subList(d, mean.size()), order).modifiedField());
        }

        private MapSeries map(List<Expr> state, List<Expr> others, int order) {
            if (extra.isEmpty()) {
                return MapSeries.of(state, model.state(), Symbols.STEP_SIZE, order + 1, builder.leaves());
            }
            return new SlowManifold(model.state(), extra, Symbols.STEP_SIZE, builder.leaves())
                    .reduce(state, others, order + 1);
        }

        private static boolean isAffine(List<Expr> expressions, List<Sym> symbols) {
            for (Expr e : expressions) {
                for (Sym s : symbols) {
                    Expr slope = Derivative.of(e, s);
                    if (!Collections.disjoint(Substitution.symbols(List.of(slope)), symbols)) return false;
                }
            }
            return true;
        }

        private ModifiedEquation equation(List<List<Expr>> field) {
            List<List<Expr>> brief = field.stream()
                    .map(f -> f.stream().map(Expand::ifShorter).toList())
                    .toList();
            List<Mean> data =
                    builder.means().stream().filter(m -> m.batch() == Mean.DATA).toList();
            return new ModifiedEquation(model, brief, data, step.values());
        }
    }
}
