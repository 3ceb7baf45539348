package ornstein.expr;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import ornstein.expr.Expr.Sym;

/// Expressions in the place of symbols, all at once, and the symbols that an expression has.
public final class Substitution {
    private final Function<Sym, Expr> replacement;
    private final Map<Expr, Expr> known = new HashMap<>();

    private Substitution(Function<Sym, Expr> replacement) {
        this.replacement = replacement;
    }

    public static Expr of(Expr e, Map<Sym, ? extends Expr> replacements) {
        return of(List.of(e), replacements).get(0);
    }

    public static List<Expr> of(List<Expr> outputs, Map<Sym, ? extends Expr> replacements) {
        return of(outputs, s -> {
            Expr r = replacements.get(s);
            return r == null ? s : r;
        });
    }

    public static List<Expr> of(List<Expr> outputs, Function<Sym, Expr> replacement) {
        Substitution s = new Substitution(replacement);
        return outputs.stream().map(s::apply).toList();
    }

    private Expr apply(Expr e) {
        if (e instanceof Sym s) {
            return replacement.apply(s);
        }
        if (e.operands().isEmpty()) {
            return e;
        }
        Expr r = known.get(e);
        if (r == null) {
            r = e.map(this::apply);
            known.put(e, r);
        }
        return r;
    }

    /// The symbols of the expressions, in the order of a walk.
    public static Set<Sym> symbols(List<Expr> expressions) {
        Set<Sym> found = new LinkedHashSet<>();
        Set<Expr> visited = new LinkedHashSet<>();
        expressions.forEach(e -> collect(e, found, visited));
        return found;
    }

    private static void collect(Expr e, Set<Sym> found, Set<Expr> visited) {
        if (!visited.add(e)) {
            return;
        }
        if (e instanceof Sym s) {
            found.add(s);
        }
        for (Expr x : e.operands()) {
            collect(x, found, visited);
        }
    }
}
