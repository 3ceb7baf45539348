package ornstein.method.algorithm;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ornstein.expr.Expr;
import ornstein.expr.Expr.Sym;
import ornstein.method.Extra;
import ornstein.method.Mean;
import ornstein.method.Option;
import ornstein.method.Settings;
import ornstein.method.Symbols;

/// Collects what a [Rule] consists of while an algorithm writes its update of one weight.
public final class Weight {
    /// The weight at the start of the step.
    public static final Sym VALUE = Expr.sym(":w");
    /// The weight decay.
    public static final Sym LAMBDA = Expr.sym(":lambda");

    private final Settings settings;
    private final boolean decays;
    private final Map<Sym, Expr> initial = new LinkedHashMap<>();
    private final Map<Sym, Expr> next = new LinkedHashMap<>();
    private final List<Rule.Gradient> gradients = new ArrayList<>();
    private final List<Rule.Length> lengths = new ArrayList<>();
    private final Map<Sym, Double> values = new LinkedHashMap<>();
    private int perStep;
    private int hold = 1;

    Weight(Settings settings, boolean decays) {
        this.settings = settings;
        this.decays = decays;
    }

    /// The step size, eta.
    public Expr h() {
        return Symbols.STEP_SIZE;
    }

    /// The weight decay, 0 where there is none.
    public Expr lambda() {
        return decays ? LAMBDA : Expr.ZERO;
    }

    /// (1 - eta lambda) w.
    public Expr decayed() {
        return Expr.ONE.minus(h().times(lambda())).times(VALUE);
    }

    /// An option's value as a symbol.
    public Expr parameter(Option option) {
        double value = settings.number(option);
        if (value == 0) return Expr.ZERO;
        Sym symbol = Expr.sym(":" + option.name());
        values.put(symbol, value);
        return symbol;
    }

    /// Something remembered of the weight: 0 at the start.
    /// @param name unique in the rule
    public Sym remembered(String name) {
        return remembered(name, Expr.ZERO);
    }

    /// Something remembered of the weight.
    /// @param start its first value, a number or [#VALUE]
    public Sym remembered(String name, Expr start) {
        Sym symbol = Expr.sym(":" + name);
        if (initial.put(symbol, start) != null) throw new IllegalArgumentException("two extras are called " + name);
        return symbol;
    }

    /// Says what something remembered becomes; gives that value.
    public Expr becomes(Sym extra, Expr value) {
        next.put(extra, value);
        return value;
    }

    /// The gradient of the step's batch at the weight.
    public Expr gradient() {
        return gradient(0, VALUE);
    }

    /// The gradient of a batch of the step.
    /// @param at [#VALUE] or an extra
    public Expr gradient(int batch, Sym at) {
        perStep = Math.max(perStep, batch + 1);
        return gradient(Rule.Of.BATCH, batch, at);
    }

    /// The gradient of the data at the weight.
    public Expr fullGradient() {
        return gradient(Rule.Of.DATA, Mean.DATA, VALUE);
    }

    /// The gradient of the data plus Gaussian noise, see [Rule.Of#NOISY_DATA].
    public Expr noisyGradient() {
        return gradient(Rule.Of.NOISY_DATA, Mean.DATA, VALUE);
    }

    private Expr gradient(Rule.Of of, int batch, Sym at) {
        Sym name = Expr.sym(":grad" + gradients.size());
        gradients.add(new Rule.Gradient(name, of, batch, at));
        return name;
    }

    /// The length of a vector over the weights of a layer, given by its entry.
    public Expr length(Expr entry) {
        Sym name = Expr.sym(":length" + lengths.size());
        lengths.add(new Rule.Length(name, entry));
        return name;
    }

    /// Takes the same batches for several steps.
    public void holdsBatches(int steps) {
        hold = steps;
    }

    Rule rule(Expr value) {
        List<Extra> extra = new ArrayList<>();
        List<Expr> nextExtra = new ArrayList<>();
        initial.forEach((symbol, start) -> {
            extra.add(new Extra(symbol, start));
            nextExtra.add(requireNonNull(next.get(symbol), () -> symbol.name() + " becomes nothing"));
        });
        return new Rule(extra, gradients, lengths, value, nextExtra, perStep, hold, values);
    }
}
