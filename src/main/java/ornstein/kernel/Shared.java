package ornstein.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ornstein.expr.Expr;
import ornstein.expr.Expr.Num;
import ornstein.expr.Expr.Sym;
import ornstein.method.Symbols;

/// The numbers that are the same for all paths, each with a slot: constants, parameters and what is made of them, and
/// what depends on the time or the step number besides.
final class Shared {
    private enum Kind {
        FIXED,
        STEPWISE,
        VARYING
    }

    private final Map<Sym, Double> values;
    private final Map<Expr, Kind> kinds = new HashMap<>();
    private final Map<Expr, Integer> slots = new HashMap<>();
    private final List<Expr> expressions = new ArrayList<>();

    /// @param values the symbols that have a number
    Shared(Map<Sym, Double> values) {
        this.values = values;
    }

    /// Whether an expression is the same for all paths.
    boolean has(Expr e) {
        return kind(e) != Kind.VARYING;
    }

    /// Whether an expression is the same for all paths and steps.
    boolean isFixed(Expr e) {
        return kind(e) == Kind.FIXED;
    }

    /// The slot of an expression's number.
    int slot(Expr e) {
        return slots.computeIfAbsent(e, x -> {
            expressions.add(x);
            return expressions.size() - 1;
        });
    }

    /// The number of a fixed expression.
    double number(Expr e) {
        Tape tape = new Tape(values);
        int place = tape.add(e);
        return tape.at(0, 0)[place];
    }

    int size() {
        return expressions.size();
    }

    /// The slots whose numbers change with the step, ascending.
    int[] stepwise() {
        return java.util.stream.IntStream.range(0, size())
                .filter(i -> kind(expressions.get(i)) == Kind.STEPWISE)
                .toArray();
    }

    /// A tape for some slots; the k-th of the places it gives is that of `wanted[k]`.
    Tape tape(int[] wanted, int[] places) {
        Tape tape = new Tape(values);
        for (int k = 0; k < wanted.length; k++) places[k] = tape.add(expressions.get(wanted[k]));
        return tape;
    }

    private Kind kind(Expr e) {
        Kind known = kinds.get(e);
        if (known != null) return known;
        Kind kind = Kind.FIXED;
        if (e instanceof Sym s) {
            if (s.equals(Symbols.TIME) || s.equals(Symbols.STEP)) kind = Kind.STEPWISE;
            else if (!values.containsKey(s)) kind = Kind.VARYING;
        } else if (!(e instanceof Num)) {
            for (Expr operand : e.operands()) {
                Kind k = kind(operand);
                if (k.compareTo(kind) > 0) kind = k;
            }
        }
        kinds.put(e, kind);
        return kind;
    }

    /// Whether an expression contains one of the symbols.
    static boolean mentions(Expr e, Set<Sym> symbols, Map<Expr, Boolean> known) {
        Boolean k = known.get(e);
        if (k != null) return k;
        boolean found = e instanceof Sym s && symbols.contains(s);
        for (Expr operand : e.operands()) {
            if (found) break;
            found = mentions(operand, symbols, known);
        }
        known.put(e, found);
        return found;
    }
}
