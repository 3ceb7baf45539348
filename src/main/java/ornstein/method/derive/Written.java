package ornstein.method.derive;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import ornstein.expr.Collected;
import ornstein.expr.Expand;
import ornstein.expr.Expr;
import ornstein.expr.Expr.Sym;
import ornstein.expr.ExprException;
import ornstein.expr.Substitution;
import ornstein.expr.Text;
import ornstein.method.Mean;
import ornstein.method.Symbols;
import ornstein.model.Columns;
import ornstein.model.LossModel;

/// A modified equation as users read it: the step size is `eta` of an algorithm, in the time s = eta k, and `h` of an
/// integrator, in t = h k; constants have the names of their options. Means over at most 16 examples are written
/// out; others are called `mean1`, `mean2`, ...
///
/// @param field by powers of the step size
/// @param stepSize its symbol
/// @param time name of the time
/// @param means what the named means are of, in the columns of the data and the means before
public record Written(List<List<Expr>> field, Sym stepSize, String time, Map<Sym, Expr> means) {
    private static final int MOST = 16;

    /// The text of an equation.
    public static Written of(ModifiedEquation equation) {
        Set<Sym> taken = new java.util.HashSet<>(equation.model().state());
        equation.model().header().parameters().keySet().forEach(name -> taken.add(Expr.sym(name)));
        if (equation.model() instanceof LossModel loss) taken.addAll(loss.data().symbols());
        Map<Sym, Expr> names = new HashMap<>();
        boolean integrator = !(equation.model() instanceof LossModel);
        Sym stepSize = free(integrator ? "h" : "eta", taken);
        names.put(Symbols.STEP_SIZE, stepSize);
        equation.values().forEach((symbol, value) -> {
            if (symbol.name().startsWith(":") && !symbol.equals(Symbols.STEP_SIZE)) {
                names.put(symbol, free(symbol.name().substring(1).replaceAll("[^A-Za-z0-9]", "_"), taken));
            }
        });
        Map<Sym, Expr> shown = new LinkedHashMap<>();
        Columns data = equation.model() instanceof LossModel loss ? loss.data() : Columns.NONE;
        for (Mean m : equation.means()) {
            Expr body = Substitution.of(m.body(), names);
            if (data.examples() <= MOST) {
                names.put(m.name(), mean(body, data, 0, data.examples()));
            } else {
                Sym name = free("mean" + (shown.size() + 1), taken);
                names.put(m.name(), name);
                shown.put(name, body);
            }
        }
        List<Sym> constants = new ArrayList<>();
        for (Sym symbol : equation.values().keySet()) {
            if (!symbol.equals(Symbols.STEP_SIZE) && names.get(symbol) instanceof Sym s) constants.add(s);
        }
        constants.sort(Comparator.comparing(Sym::name));
        List<List<Expr>> field = new ArrayList<>();
        for (List<Expr> f : equation.field()) {
            field.add(Substitution.of(f, names).stream()
                    .map(e -> brief(e, constants))
                    .toList());
        }
        shown.keySet().retainAll(used(field, shown));
        return new Written(field, stepSize, integrator ? "t" : "s", shown);
    }

    /// The briefest of several forms, coefficients collected or not.
    private static Expr brief(Expr e, List<Sym> constants) {
        Expr expanded = Expand.of(e);
        return Stream.of(Collected.of(e, constants), Collected.of(expanded, constants), e, expanded)
                .min(Comparator.comparingInt(Written::length))
                .orElseThrow();
    }

    private static int length(Expr e) {
        try {
            return Text.of(e).length();
        } catch (ExprException tooLong) {
            return Integer.MAX_VALUE;
        }
    }

    /// The right-hand side.
    public List<Expr> drift() {
        List<Expr> drift = new ArrayList<>();
        for (int i = 0; i < field.getFirst().size(); i++) {
            List<Expr> terms = new ArrayList<>();
            for (int k = 0; k < field.size(); k++) {
                terms.add(stepSize.pow(k).times(field.get(k).get(i)));
            }
            drift.add(Expr.sum(terms));
        }
        return drift;
    }

    /// The mean over consecutive examples, written out.
    static Expr mean(Expr body, Columns data, int first, int count) {
        List<Expr> terms = new ArrayList<>();
        for (int i = first; i < first + count; i++) {
            Map<Sym, Expr> example = new HashMap<>();
            for (int c = 0; c < data.names().size(); c++) {
                example.put(data.symbols().get(c), Expr.num(data.value(c, i)));
            }
            terms.add(Substitution.of(body, example));
        }
        return Expand.ifShorter(Expr.sum(terms).times(Expr.ratio(1, count)));
    }

    private static Sym free(String name, Set<Sym> taken) {
        Sym symbol = Expr.sym(name);
        while (!taken.add(symbol)) symbol = Expr.sym(symbol.name() + "_");
        return symbol;
    }

    private static Set<Sym> used(List<List<Expr>> field, Map<Sym, Expr> means) {
        Set<Sym> used =
                Substitution.symbols(field.stream().flatMap(List::stream).toList());
        for (Sym m : new ArrayList<>(means.keySet()).reversed()) {
            Expr body = means.get(m);
            if (body != null && used.contains(m)) used.addAll(Substitution.symbols(List.of(body)));
        }
        return used;
    }
}
