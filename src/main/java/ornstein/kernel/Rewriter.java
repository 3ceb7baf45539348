package ornstein.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import ornstein.expr.Expr;
import ornstein.expr.Expr.Add;
import ornstein.expr.Expr.Call;
import ornstein.expr.Expr.Mul;
import ornstein.expr.Expr.Num;
import ornstein.expr.Expr.Pow;
import ornstein.expr.Expr.Sym;
import ornstein.expr.Function;
import ornstein.expr.Substitution;
import ornstein.method.Mean;
import ornstein.method.Symbols;
import ornstein.model.Columns;

/// Splits expressions into elementwise arithmetic and [Macro]s, whose results stand as symbols in what is left.
final class Rewriter {
    /// Linear sums with more terms become loops over coefficients.
    static final int LINEAR = 8;
    /// Longer sums and products are cut.
    static final int OPERANDS = 24;
    /// Means over at most this many examples of a batch, or of the data, are written out.
    static final int BATCH_WRITTEN_OUT = 4;

    static final int DATA_WRITTEN_OUT = 16;

    private final Shared shared;
    private final Set<Sym> rows;
    private final Map<Expr, Expr> known = new HashMap<>();
    private final Map<Expr, Sym> kept = new HashMap<>();
    private final List<Macro> macros = new ArrayList<>();
    private final int[] counter;

    /// @param rows symbols of rows: what a linear sum may be over
    Rewriter(Shared shared, Set<Sym> rows, int[] counter) {
        this.shared = shared;
        this.rows = new HashSet<>(rows);
        this.counter = counter;
    }

    /// The macros, each after those that it takes.
    List<Macro> macros() {
        return macros;
    }

    private Sym fresh(String kind) {
        return Expr.sym(":" + kind + counter[0]++);
    }

    Expr rewrite(Expr e) {
        if (shared.has(e)) return e;
        Expr done = known.get(e);
        if (done != null) return done;
        done = switch (e) {
            case Add a -> add(a);
            case Mul m -> cut(m.factors().stream().map(this::rewrite).toList(), false);
            case Pow p -> power(p);
            case Call c -> call(c);
            default -> e;
        };
        known.put(e, done);
        return done;
    }

    private Expr call(Call c) {
        List<Expr> x = c.arguments().stream().map(this::rewrite).toList();
        Elementary f = elementary(c.function());
        if (f == null) return c.with(x);
        Sym result = fresh("f");
        macros.add(new Macro.Apply(result, f, x.get(0)));
        return result;
    }

    private static @Nullable Elementary elementary(Function f) {
        return switch (f) {
            case EXP -> Elementary.EXP;
            case LOG -> Elementary.LOG;
            case SIN -> Elementary.SIN;
            case COS -> Elementary.COS;
            case TAN -> Elementary.TAN;
            case TANH -> Elementary.TANH;
            case SINH -> Elementary.SINH;
            case COSH -> Elementary.COSH;
            case ATAN -> Elementary.ATAN;
            case PI, ABS, SIGN, MIN, MAX, SELECT, FLOOR -> null;
        };
    }

    private Expr power(Pow p) {
        Expr base = rewrite(p.base());
        if (p.exponent() instanceof Num n && Math.abs(n.value()) <= 64 && Math.rint(2 * n.value()) == 2 * n.value()) {
            return base.pow(n);
        }
        Sym result = fresh("p");
        macros.add(new Macro.Power(result, keep(base), keep(rewrite(p.exponent()))));
        return result;
    }

    /// The expression itself if it lies in a row, else a symbol for the row it is put in.
    private Expr keep(Expr e) {
        if (e instanceof Sym s && rows.contains(s)) return e;
        return kept.computeIfAbsent(e, x -> {
            Sym result = fresh("k");
            macros.add(new Macro.Keep(result, x));
            return result;
        });
    }

    private Expr add(Add a) {
        List<Expr> rest = new ArrayList<>();
        Map<Sym, Double> linear = new LinkedHashMap<>();
        for (Expr term : a.terms()) {
            Sym row = linearRow(term);
            if (row == null) rest.add(term);
            else linear.put(row, shared.number(term.equals(row) ? Expr.ONE : term.over(row)));
        }
        if (linear.size() <= LINEAR)
            return cut(a.terms().stream().map(this::rewrite).toList(), true);
        Sym result = fresh("d");
        macros.add(new Macro.Dot(List.of(result), List.copyOf(linear.keySet()), List.of(List.copyOf(linear.values()))));
        List<Expr> terms = new ArrayList<>();
        for (Expr term : rest) terms.add(rewrite(term));
        terms.add(result);
        return cut(terms, true);
    }

    /// The row in a term that is a fixed number times a row, or null.
    private @Nullable Sym linearRow(Expr term) {
        if (term instanceof Sym s) return rows.contains(s) ? s : null;
        if (!(term instanceof Mul m)) return null;
        Sym row = null;
        for (Expr f : m.factors()) {
            if (shared.isFixed(f)) continue;
            if (row != null || !(f instanceof Sym s) || !rows.contains(s)) return null;
            row = s;
        }
        return row;
    }

    /// A sum or product, in pieces if it is long.
    private Expr cut(List<Expr> operands, boolean sum) {
        List<Expr> parts = operands;
        while (parts.size() > OPERANDS) {
            List<Expr> pieces = new ArrayList<>();
            for (int i = 0; i < parts.size(); i += OPERANDS) {
                List<Expr> piece = parts.subList(i, Math.min(i + OPERANDS, parts.size()));
                Expr e = sum ? Expr.sum(piece) : Expr.product(piece);
                if (shared.has(e)) pieces.add(e);
                else {
                    Sym result = fresh("k");
                    macros.add(new Macro.Keep(result, e));
                    pieces.add(result);
                }
            }
            parts = pieces;
        }
        return sum ? Expr.sum(parts) : Expr.product(parts);
    }

    /// Puts the means of a step in the place of their names: written out where they are short, else as loops.
    void means(List<Mean> means, Columns data, int batchSize) {
        for (int i = 0; i < means.size(); ) {
            int batch = means.get(i).batch();
            int count = batch == Mean.DATA ? data.examples() : batchSize;
            int limit = batch == Mean.DATA ? DATA_WRITTEN_OUT : BATCH_WRITTEN_OUT;
            if (count <= limit || data.names().isEmpty()) {
                known.put(means.get(i).name(), rewrite(writtenOut(means.get(i), count, data)));
                i++;
                continue;
            }
            List<Mean> together = new ArrayList<>();
            Set<Sym> names = new HashSet<>();
            while (i < means.size()
                    && means.get(i).batch() == batch
                    && Substitution.symbols(List.of(means.get(i).body())).stream()
                            .noneMatch(names::contains)) {
                together.add(means.get(i));
                names.add(means.get(i++).name());
            }
            loop(together, count, data);
        }
    }

    private static Expr writtenOut(Mean mean, int count, Columns data) {
        if (data.names().isEmpty()) {
            return Substitution.of(mean.body(), Map.of(Symbols.NORMAL_OF_EXAMPLE, Symbols.normal(0)));
        }
        List<Expr> bodies = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            Map<Sym, Expr> entries = new HashMap<>(Map.of(Symbols.NORMAL_OF_EXAMPLE, Symbols.normal(n)));
            for (int c = 0; c < data.names().size(); c++) {
                Expr entry =
                        mean.batch() == Mean.DATA ? Expr.num(data.value(c, n)) : gather(c, mean.batch() * count + n);
                entries.put(data.symbols().get(c), entry);
            }
            bodies.add(Substitution.of(mean.body(), entries));
        }
        return Expr.sum(bodies).times(Expr.ratio(1, count));
    }

    /// A column's entry at the index in a row of indices.
    static Sym gather(int column, int slot) {
        return Expr.sym(":g" + column + "_" + slot);
    }

    private void loop(List<Mean> means, int count, Columns data) {
        Set<Sym> columns = new HashSet<>(data.symbols());
        columns.add(Symbols.NORMAL_OF_EXAMPLE);
        Map<Expr, Boolean> mentions = new HashMap<>();
        Set<Sym> outer = new LinkedHashSet<>();
        List<Expr> bodies = new ArrayList<>();
        List<Sym> results = new ArrayList<>();
        for (Mean m : means) {
            bodies.add(invariantsKept(m.body(), columns, mentions, outer, new HashMap<>()));
            results.add(fresh("s"));
        }
        macros.add(new Macro.Loop(results, means.get(0).batch(), count, bodies, List.copyOf(outer)));
        for (int i = 0; i < means.size(); i++) {
            known.put(means.get(i).name(), results.get(i).times(Expr.ratio(1, count)));
        }
    }

    /// A loop's body with everything that does not change in the loop in rows.
    private Expr invariantsKept(
            Expr e, Set<Sym> columns, Map<Expr, Boolean> mentions, Set<Sym> outer, Map<Expr, Expr> done) {
        if (shared.has(e) || e instanceof Sym s && columns.contains(s)) return e;
        Expr before = done.get(e);
        if (before != null) return before;
        Expr result;
        if (Shared.mentions(e, columns, mentions)) {
            List<Expr> operands = new ArrayList<>();
            for (Expr operand : e.operands()) operands.add(invariantsKept(operand, columns, mentions, outer, done));
            result = e.with(operands);
        } else {
            result = keep(rewrite(e));
            outer.add((Sym) result);
        }
        done.put(e, result);
        return result;
    }
}
