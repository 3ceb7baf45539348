package ornstein.expr;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ornstein.expr.Expr.Sym;

/// Expressions without common subexpressions: every part that stands in more than one place is computed once, as a
/// temporary.
///
/// @param temporaries in an order in which each uses only those before it
/// @param outputs the expressions in the given symbols and the temporaries
public record Cse(List<Temporary> temporaries, List<Expr> outputs) {
    /// A named part.
    public record Temporary(Sym name, Expr value) {}

    public Cse {
        temporaries = List.copyOf(temporaries);
        outputs = List.copyOf(outputs);
    }

    /// @param prefix the temporaries are called prefix0, prefix1, ...; no symbol of the expressions may be
    public static Cse of(List<Expr> expressions, String prefix) {
        return new Builder(expressions, prefix).build(expressions);
    }

    private static final class Builder {
        private final String prefix;
        private final Set<Expr> seen = new HashSet<>();
        private final Set<Expr> shared = new HashSet<>();
        private final Map<Expr, Expr> known = new HashMap<>();
        private final List<Temporary> temporaries = new ArrayList<>();

        Builder(List<Expr> expressions, String prefix) {
            this.prefix = prefix;
            expressions.forEach(this::count);
        }

        private void count(Expr e) {
            if (e.operands().isEmpty()) {
                return;
            }
            if (seen.add(e)) {
                for (Expr x : e.operands()) {
                    count(x);
                }
            } else {
                shared.add(e);
            }
        }

        Cse build(List<Expr> expressions) {
            List<Expr> outputs = expressions.stream().map(this::part).toList();
            return new Cse(temporaries, outputs);
        }

        private Expr part(Expr e) {
            if (e.operands().isEmpty()) {
                return e;
            }
            Expr r = known.get(e);
            if (r == null) {
                r = e.map(this::part);
                if (shared.contains(e)) {
                    Sym name = Expr.sym(prefix + temporaries.size());
                    temporaries.add(new Temporary(name, r));
                    r = name;
                }
                known.put(e, r);
            }
            return r;
        }
    }
}
