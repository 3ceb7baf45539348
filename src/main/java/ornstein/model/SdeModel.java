package ornstein.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import ornstein.expr.Derivative;
import ornstein.expr.Expr;
import ornstein.expr.Text;

/// The Ito equation dX = f(X, t) dt + b(X, t) dW in d coordinates with m independent Wiener processes.
///
/// @param potential U with f = -grad U, where the model gives one
/// @param drift f, d expressions in the state, `t` and the parameters
/// @param diffusion b, d rows of m expressions
/// @param friction the rate gamma at which underdamped methods (baoab) damp the velocity; an expression in the
///     parameters. The temperature of such a method is half the square of the diffusion.
/// @param observables expressions in the state, `t` and the parameters
public record SdeModel(
        Header header,
        List<Expr.Sym> state,
        Optional<Expr> potential,
        List<Expr> drift,
        List<List<Expr>> diffusion,
        Optional<Expr> friction,
        Start start,
        Map<String, Expr> observables)
        implements Model {
    /// The time.
    public static final Expr.Sym TIME = Expr.sym("t");

    /// @throws IllegalArgumentException if the sizes do not fit
    public SdeModel {
        state = List.copyOf(state);
        drift = List.copyOf(drift);
        diffusion = diffusion.stream().map(List::copyOf).toList();
        observables = Collections.unmodifiableMap(new LinkedHashMap<>(observables));
        int d = state.size();
        int m = diffusion.isEmpty() ? 0 : diffusion.get(0).size();
        if (drift.size() != d) {
            throw new IllegalArgumentException("drift has " + drift.size() + " entries; the state has " + d);
        }
        if (diffusion.size() != d || m == 0 || diffusion.stream().anyMatch(row -> row.size() != m)) {
            throw new IllegalArgumentException("diffusion must be a matrix with " + d + " rows of equal length");
        }
        if (start.mean().size() != d) {
            throw new IllegalArgumentException("start has " + start.mean().size() + " entries; the state has " + d);
        }
    }

    static List<Expr> drift(Expr potential, List<Expr.Sym> state) {
        return Derivative.gradient(potential, state).stream().map(Expr::negate).toList();
    }

    /// The number m of Wiener processes.
    public int noises() {
        return diffusion.get(0).size();
    }

    /// Every kind of noise that this model has, the most special first.
    public Set<Noise> noise() {
        return Noise.of(state, diffusion);
    }

    @Override
    public SdeModel bound() {
        UnaryOperator<Expr> bind = header.binding();
        Map<String, Expr> boundObservables = new LinkedHashMap<>();
        observables.forEach((name, e) -> boundObservables.put(name, bind.apply(e)));
        return new SdeModel(
                header,
                state,
                potential.map(bind),
                drift.stream().map(bind).toList(),
                diffusion.stream().map(row -> row.stream().map(bind).toList()).toList(),
                friction.map(bind),
                start,
                boundObservables);
    }

    @Override
    public String canonical() {
        StringBuilder out = header.canonical("sde");
        out.append("state: ").append(names(state)).append('\n');
        potential.ifPresentOrElse(
                u -> out.append("potential: ").append(quoted(u)).append('\n'),
                () -> out.append("drift: ").append(list(drift)).append('\n'));
        out.append("diffusion: ").append(canonicalDiffusion()).append('\n');
        friction.ifPresent(g -> out.append("friction: ").append(quoted(g)).append('\n'));
        out.append(start.canonical());
        return out.append(observables(observables)).toString();
    }

    /// The diagonal of a diagonal matrix, else the rows.
    private String canonicalDiffusion() {
        List<Expr> diagonal = new ArrayList<>();
        for (int i = 0; i < dimension() && noises() == dimension(); i++) {
            List<Expr> others = new ArrayList<>(diffusion.get(i));
            diagonal.add(others.remove(i));
            if (others.stream().anyMatch(e -> !e.equals(Expr.ZERO))) {
                break;
            }
            if (diagonal.size() == dimension()) {
                return list(diagonal);
            }
        }
        return diffusion.stream().map(SdeModel::list).collect(Collectors.joining(", ", "[", "]"));
    }

    static String names(List<Expr.Sym> state) {
        return state.stream().map(Expr.Sym::name).collect(Collectors.joining(", ", "[", "]"));
    }

    static String quoted(Expr e) {
        return '"' + Text.of(e) + '"';
    }

    static String observables(Map<String, Expr> observables) {
        if (observables.isEmpty()) {
            return "";
        }
        List<String> entries = new ArrayList<>();
        observables.forEach((name, e) -> entries.add(name + ": " + quoted(e)));
        return "observables: {" + String.join(", ", entries) + "}\n";
    }

    private static String list(List<Expr> row) {
        return row.stream().map(SdeModel::quoted).collect(Collectors.joining(", ", "[", "]"));
    }
}
