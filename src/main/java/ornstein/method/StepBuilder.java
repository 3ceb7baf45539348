package ornstein.method;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ornstein.expr.Derivative;
import ornstein.expr.Derivative.Leaves;
import ornstein.expr.Expr;
import ornstein.expr.Expr.Sym;
import ornstein.expr.Function;
import ornstein.expr.Substitution;
import ornstein.model.Columns;
import ornstein.model.LossModel;
import ornstein.model.Model;
import ornstein.spec.UserError;

/// Collects what a [Step] consists of while a method writes its update.
public final class StepBuilder {
    private final List<Sym> state;
    private final Columns data;
    private final Map<Sym, Double> values = new LinkedHashMap<>();
    private final List<Extra> extra = new ArrayList<>();
    private final List<Mean> means = new ArrayList<>();
    private final Map<Sym, Mean> byName = new HashMap<>();
    private Optional<Batches> batches = Optional.empty();
    private Optional<Expr> failure = Optional.empty();
    private int uniforms;
    private List<Expr> error = List.of();
    private BrownianPath path = BrownianPath.NONE;
    private int normals;

    /// @param stepSize dt or the learning rate, positive
    public StepBuilder(Model model, double stepSize) {
        state = model.state();
        data = model instanceof LossModel loss ? loss.data() : Columns.NONE;
        model.header().parameters().forEach((name, value) -> values.put(Expr.sym(name), value));
        values.put(Symbols.STEP_SIZE, stepSize);
    }

    /// The step size as a symbol.
    public Expr h() {
        return Symbols.STEP_SIZE;
    }

    /// The next standard normal of the step.
    public Expr normal() {
        return Symbols.normal(normals++);
    }

    /// The next `count` standard normals of the step.
    public List<Expr> normals(int count) {
        List<Expr> z = new ArrayList<>(count);
        for (int j = 0; j < count; j++) z.add(normal());
        return z;
    }

    /// A normal of each example's own, for means over the data; to be asked for before any other normal.
    public Expr normalOfEachExample() {
        if (normals > 0) throw new IllegalStateException("the normals of examples come first");
        normals = data.examples();
        return Symbols.NORMAL_OF_EXAMPLE;
    }

    /// The increments of `processes` Wiener processes over the step, each divided by sqrt(h): standard normals. To be
    /// called before any other normal is taken.
    public List<Expr> wiener(int processes) {
        if (normals > 0) throw new IllegalStateException("the increments are the first normals of a step");
        path = new BrownianPath(processes, false);
        return normals(processes);
    }

    /// With z the increments divided by sqrt(h), normals y such that int_0^h W ds = h^(3/2) (z + y/sqrt(3))/2. To be
    /// called right after [#wiener].
    public List<Expr> integrals() {
        if (path.integrals() || normals != path.processes()) {
            throw new IllegalStateException("the integrals come right after the increments");
        }
        path = new BrownianPath(path.processes(), true);
        return normals(path.processes());
    }

    /// The next uniform on (0,1) of the step.
    public Expr uniform() {
        return Symbols.uniform(uniforms++);
    }

    /// -1 or 1 with probability 1/2 each.
    public Expr twoPoint() {
        Expr u = uniform();
        return Expr.call(Function.SELECT, u.minus(Expr.ratio(1, 2)), Expr.ONE, Expr.num(-1));
    }

    /// -sqrt(3) or sqrt(3) with probability 1/6 each, else 0: the moments of a standard normal to order 5.
    public Expr threePoint() {
        Expr u = uniform();
        Expr root = Expr.num(3).sqrt();
        Expr low = Expr.call(Function.SELECT, Expr.ratio(1, 6).minus(u), root.negate(), Expr.ZERO);
        return Expr.call(Function.SELECT, u.minus(Expr.ratio(5, 6)), root, low);
    }

    /// A constant that was computed for this model, as a symbol.
    /// @param name without a colon; of one number throughout the step
    public Expr constant(String name, double value) {
        Sym symbol = Expr.sym(":" + name);
        Double before = values.put(symbol, value);
        if (before != null && before != value) throw new IllegalArgumentException("two constants are called " + name);
        return symbol;
    }

    /// A coordinate that the method adds.
    /// @param name unique in the step, without a colon
    public Sym extra(String name, Expr initial) {
        Sym symbol = Expr.sym(":" + name);
        extra.add(new Extra(symbol, initial));
        return symbol;
    }

    /// An option's value as a symbol.
    public Expr parameter(Option option, Settings settings) {
        double value = settings.number(option);
        return value == 0 ? Expr.ZERO : constant(option.name(), value);
    }

    /// Lets the step take batches, see [Batches].
    /// @throws UserError if a batch is larger than the data
    public void batches(Sampling sampling, LossModel loss, int size, int perStep, int hold) {
        if (sampling != Sampling.IID && size > loss.examples()) {
            throw new UserError("--batch " + size + ": " + loss.name() + " has " + loss.examples()
                    + " examples; give a smaller batch, or --sampling iid");
        }
        batches = Optional.of(new Batches(sampling, loss.examples(), size, perStep, hold));
    }

    /// Declares that the step has failed where `failure` is positive.
    public void failure(Expr failure) {
        this.failure = Optional.of(failure);
    }

    /// Declares an estimate of the error of a step for each coordinate of the state.
    public void error(List<Expr> estimate) {
        error = List.copyOf(estimate);
    }

    /// The mean of an expression over a batch of the step, or over the data; the expression itself where it is the
    /// same for all examples.
    /// @param batch number within the step, or [Mean#DATA]
    public Expr mean(int batch, Expr body) {
        Set<Sym> symbols = Substitution.symbols(List.of(body));
        if (Collections.disjoint(symbols, data.symbols()) && !symbols.contains(Symbols.NORMAL_OF_EXAMPLE)) return body;
        for (Mean m : means) if (m.batch() == batch && m.body().equals(body)) return m.name();
        Mean mean = new Mean(Symbols.mean(means.size()), batch, body);
        means.add(mean);
        byName.put(mean.name(), mean);
        return mean.name();
    }

    /// The means of several expressions.
    public List<Expr> means(int batch, List<Expr> bodies) {
        List<Expr> all = new ArrayList<>(bodies.size());
        for (Expr body : bodies) all.add(mean(batch, body));
        return all;
    }

    /// The partial derivative of an expression that may contain means: the derivative of a mean is the mean of the
    /// derivative.
    public Expr derivative(Expr e, Sym variable) {
        return Derivative.of(e, variable, leaves());
    }

    /// The derivatives of symbols, means among them, for those who differentiate by themselves.
    public Leaves leaves() {
        return (leaf, with) -> {
            Mean mean = byName.get(leaf);
            if (mean != null) return mean(mean.batch(), derivative(mean.body(), with));
            return leaf.equals(with) ? Expr.ONE : Expr.ZERO;
        };
    }

    /// The means so far, each in the symbols of those before it.
    public List<Mean> means() {
        return List.copyOf(means);
    }

    /// The step.
    /// @param next next values of the state, then of the extra state
    public Step build(List<Expr> next) {
        return new Step(state, extra, next, means, normals, path, uniforms, batches, data, values, failure, error);
    }
}
