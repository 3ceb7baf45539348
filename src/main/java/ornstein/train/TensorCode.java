package ornstein.train;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;
import ornstein.expr.Expr;
import ornstein.expr.Expr.Add;
import ornstein.expr.Expr.Call;
import ornstein.expr.Expr.Mul;
import ornstein.expr.Expr.Num;
import ornstein.expr.Expr.Pow;
import ornstein.expr.Expr.Sym;
import ornstein.expr.Substitution;
import ornstein.method.Extra;
import ornstein.method.Symbols;
import ornstein.method.algorithm.Rule;
import ornstein.method.algorithm.Weight;

/// A [Rule] as a list of tensor operations on registers: theta, what is remembered, the gradients, then temporaries.
/// Whatever is the same for all weights is a scalar, computed apart. A sum that continues a state which nobody
/// reads any more is added up in its place.
final class TensorCode {
    private final Rule rule;
    private final List<Slot> layers;
    private final Map<Expr, Integer> registers = new HashMap<>();
    private final Map<Expr, Integer> continues = new HashMap<>();
    private final Set<Sym> tensors;
    private final List<Expr> scalars = new ArrayList<>();
    private final List<TensorOp> ops = new ArrayList<>();
    private final List<Expr> outputs = new ArrayList<>();
    private final int states;
    private final int[] results;
    private final boolean[] settled;
    private int size;

    TensorCode(Rule rule, List<Slot> layers) {
        this.rule = rule;
        this.layers = List.copyOf(layers);
        tensors = symbolsOfTensors(rule);
        register(Weight.VALUE);
        for (Extra extra : rule.extra()) register(extra.name());
        states = size;
        for (Rule.Gradient gradient : rule.gradients()) register(gradient.name());
        outputs.add(rule.next());
        outputs.addAll(rule.nextExtra());
        for (int i = states - 1; i >= 0; i--) continues.put(outputs.get(i), i);
        for (int i = 1; i <= states; i++) tensor(outputs.get(i % states));
        settleInPlace();
        results = outputs.stream().mapToInt(registers::get).toArray();
        settled = new boolean[states];
        for (int i = 0; i < states; i++) settled[i] = results[i] == i || isInPlace(results[i]);
    }

    private boolean isInPlace(int register) {
        return ops.stream().anyMatch(op -> op.to() == register && op instanceof TensorOp.Sum sum && sum.inPlace());
    }

    private static Set<Sym> symbolsOfTensors(Rule rule) {
        Set<Sym> symbols = new HashSet<>(Set.of(Weight.VALUE));
        rule.extra().forEach(e -> symbols.add(e.name()));
        rule.gradients().forEach(g -> symbols.add(g.name()));
        rule.lengths().forEach(l -> symbols.add(l.name()));
        return symbols;
    }

    /// The scalars, in the symbols of the rule that are no tensors.
    List<Expr> scalars() {
        return scalars;
    }

    /// Whether a scalar depends on the step number.
    boolean usesStep() {
        return Substitution.symbols(scalars).contains(Symbols.STEP);
    }

    /// One step.
    /// @param values theta and what is remembered; updated
    /// @param numbers those of the scalars
    void run(List<Tensor> values, List<Tensor> gradients, double[] numbers) {
        Tensor[] r = new Tensor[size];
        for (int i = 0; i < states; i++) r[i] = values.get(i);
        for (int i = 0; i < gradients.size(); i++) r[states + i] = gradients.get(i);
        for (TensorOp op : ops) r[op.to()] = op.value(r, numbers);
        Tensor[] next = new Tensor[states];
        for (int i = 0; i < states; i++) next[i] = results[i] < states ? r[results[i]].clone() : r[results[i]];
        for (int i = 0; i < states; i++) if (!settled[i]) values.get(i).copy_(next[i]);
    }

    private int register(Expr e) {
        registers.put(e, size);
        return size++;
    }

    private boolean isScalar(Expr e) {
        return Substitution.symbols(List.of(e)).stream().noneMatch(tensors::contains);
    }

    private int scalar(Expr e) {
        int at = scalars.indexOf(e);
        if (at >= 0) return at;
        scalars.add(e);
        return scalars.size() - 1;
    }

    /// The register of an expression that has one.
    private int made(Expr e) {
        return requireNonNull(registers.get(e));
    }

    /// The register of an expression.
    private int tensor(Expr e) {
        Integer known = registers.get(e);
        if (known != null) return known;
        if (isScalar(e)) {
            ops.add(new TensorOp.Fill(register(e), scalar(e)));
            return made(e);
        }
        switch (e) {
            case Sym s -> length(s);
            case Add a -> sum(a);
            case Mul m -> product(m);
            case Pow p
            when p.exponent() instanceof Num n -> {
                int base = tensor(p.base());
                ops.add(new TensorOp.Power(register(e), base, n.value()));
            }
            case Call c -> call(c);
            default -> throw new IllegalArgumentException("no tensor operation for " + e);
        }
        return made(e);
    }

    private void length(Sym name) {
        Rule.Length length = rule.lengths().stream()
                .filter(l -> l.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the symbol " + name.name() + " has no meaning here"));
        int of = tensor(length.entry());
        ops.add(new TensorOp.Length(register(name), of, layers));
    }

    /// A term: a scalar times a tensor.
    private record Term(Expr factor, Expr tensor) {}

    private Term term(Expr e) {
        if (!(e instanceof Mul m)) return new Term(Expr.ONE, e);
        List<Expr> factors = m.factors().stream().filter(this::isScalar).toList();
        List<Expr> rest = m.factors().stream().filter(f -> !isScalar(f)).toList();
        return new Term(Expr.product(factors), Expr.product(rest));
    }

    /// The state itself first, then gradients, then the rest as it stands.
    private void sum(Add a) {
        Integer own = continues.get(a);
        List<Expr> constants = a.terms().stream().filter(this::isScalar).toList();
        List<Term> terms = new ArrayList<>(
                a.terms().stream().filter(t -> !isScalar(t)).map(this::term).toList());
        terms.sort(Comparator.comparingInt(t -> rank(t.tensor(), own)));
        int[] factors = terms.stream().mapToInt(t -> scalar(t.factor())).toArray();
        int[] from = terms.stream().mapToInt(t -> tensor(t.tensor())).toArray();
        int constant = constants.isEmpty() ? -1 : scalar(Expr.sum(constants));
        ops.add(new TensorOp.Sum(register(a), own != null && from[0] == own, from, factors, constant));
    }

    private int rank(Expr tensor, @Nullable Integer own) {
        if (!(tensor instanceof Sym s)) return 2;
        if (own != null && registers.getOrDefault(s, -1).equals(own)) return 0;
        return rule.gradients().stream().anyMatch(g -> g.name().equals(s)) ? 1 : 2;
    }

    private void product(Mul m) {
        Term term = term(m);
        List<Expr> factors = term.tensor() instanceof Mul rest ? rest.factors() : List.of(term.tensor());
        List<Integer> above = new ArrayList<>();
        List<Integer> below = new ArrayList<>();
        for (Expr f : factors) {
            if (f instanceof Pow p && p.exponent() instanceof Num n && n.value() < 0) {
                below.add(tensor(p.base().pow(Expr.num(-n.value()))));
            } else {
                above.add(tensor(f));
            }
        }
        int factor = scalar(term.factor());
        ops.add(new TensorOp.Product(register(m), ints(above), ints(below), factor));
    }

    private void call(Call c) {
        List<Expr> x = c.arguments();
        switch (c.function()) {
            case SELECT -> {
                boolean same = isScalar(x.get(0));
                int condition = same ? scalar(x.get(0)) : tensor(x.get(0));
                int yes = tensor(x.get(1));
                int no = tensor(x.get(2));
                ops.add(new TensorOp.Select(register(c), same, condition, yes, no));
            }
            case MIN, MAX -> {
                int a = tensor(x.get(0));
                int b = tensor(x.get(1));
                ops.add(new TensorOp.Extreme(register(c), c.function() == ornstein.expr.Function.MAX, a, b));
            }
            default ->
                throw new IllegalArgumentException(
                        "no tensor operation for " + c.function().text());
        }
    }

    private static int[] ints(List<Integer> list) {
        return list.stream().mapToInt(i -> i).toArray();
    }

    /// A sum stays in place if nothing later, and no other state, takes the value that it overwrites.
    private void settleInPlace() {
        for (int i = 0; i < ops.size(); i++) {
            if (!(ops.get(i) instanceof TensorOp.Sum sum) || !sum.inPlace()) continue;
            int own = sum.from()[0];
            boolean read = false;
            for (int k = 1; k < sum.from().length; k++) read |= sum.from()[k] == own;
            for (TensorOp later : ops.subList(i + 1, ops.size())) read |= later.reads(own);
            for (Expr output : outputs) read |= made(output) == own;
            if (read) ops.set(i, sum.apart());
        }
    }
}
