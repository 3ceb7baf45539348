package ornstein.method;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ornstein.expr.Expr;
import ornstein.expr.Expr.Sym;
import ornstein.expr.Substitution;
import ornstein.model.Columns;

/// One step of a method on a model, as algebra: the next value of every coordinate in the symbols of the
/// state, the extra state, [Symbols], the means, and the parameters. Whatever runs a step (scalar code,
/// vector code, a GPU) needs to know no method.
///
/// @param state the model's coordinates, d of them
/// @param extra the method's coordinates
/// @param next next values, of the state, then of the extra state
/// @param means each in the symbols of those before it
/// @param normals standard normals of a step
/// @param path what the first normals are of a Brownian path
/// @param uniforms uniforms of a step
/// @param batches present if a mean is over a batch
/// @param data the columns of the means
/// @param values numbers for parameters, for the step size, and for constants that were computed when the step was
/// bound
/// @param failure the step has failed where this is positive (Newton rounds that did not converge)
/// @param error an estimate of the error of each coordinate of the state, or empty where the method has none
public record Step(
        List<Sym> state,
        List<Extra> extra,
        List<Expr> next,
        List<Mean> means,
        int normals,
        BrownianPath path,
        int uniforms,
        Optional<Batches> batches,
        Columns data,
        Map<Sym, Double> values,
        Optional<Expr> failure,
        List<Expr> error)
        implements Motion {

    /// @throws IllegalArgumentException if the sizes do not fit, or a symbol has no meaning
    public Step {
        state = List.copyOf(state);
        extra = List.copyOf(extra);
        next = List.copyOf(next);
        means = List.copyOf(means);
        error = List.copyOf(error);
        values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
        if (next.size() != state.size() + extra.size()) {
            throw new IllegalArgumentException(
                    next.size() + " updates for " + (state.size() + extra.size()) + " coordinates");
        }
        Double h = values.get(Symbols.STEP_SIZE);
        if (h == null || !(h > 0) || h.isInfinite()) {
            throw new IllegalArgumentException("step size " + h + " must be positive and finite");
        }
        if (path.normals() > normals) {
            throw new IllegalArgumentException("a Brownian path of " + path.normals() + " of " + normals + " normals");
        }
        if (!error.isEmpty() && error.size() != state.size()) {
            throw new IllegalArgumentException(error.size() + " errors of " + state.size() + " coordinates");
        }
        check(state, extra, next, means, normals, uniforms, batches, data, values, failure, error);
    }

    /// The time between steps, dt or the learning rate.
    @Override
    public double stepSize() {
        return requireNonNull(values.get(Symbols.STEP_SIZE));
    }

    @Override
    public int size() {
        return next.size();
    }

    /// All coordinates, the model's first.
    public List<Sym> coordinates() {
        List<Sym> all = new ArrayList<>(state);
        for (Extra e : extra) all.add(e.name());
        return all;
    }

    private static void check(
            List<Sym> state,
            List<Extra> extra,
            List<Expr> next,
            List<Mean> means,
            int normals,
            int uniforms,
            Optional<Batches> batches,
            Columns data,
            Map<Sym, Double> values,
            Optional<Expr> failure,
            List<Expr> error) {
        Set<Sym> known = new java.util.HashSet<>(values.keySet());
        known.addAll(state);
        for (Extra e : extra) {
            known.add(Symbols.START);
            meaning(known, List.of(e.initial()));
            known.remove(Symbols.START);
        }
        for (Extra e : extra) known.add(e.name());
        known.add(Symbols.TIME);
        known.add(Symbols.STEP);
        for (int j = 0; j < normals; j++) known.add(Symbols.normal(j));
        for (int j = 0; j < uniforms; j++) known.add(Symbols.uniform(j));
        for (Mean m : means) {
            Set<Sym> inside = new java.util.HashSet<>(known);
            inside.addAll(data.symbols());
            if (m.batch() == Mean.DATA && normals >= data.examples()) inside.add(Symbols.NORMAL_OF_EXAMPLE);
            meaning(inside, List.of(m.body()));
            int batch = m.batch();
            if (batch != Mean.DATA && batches.filter(b -> batch < b.perStep()).isEmpty()) {
                throw new IllegalArgumentException("a mean is over batch " + batch + ", which the step does not take");
            }
            known.add(m.name());
        }
        meaning(known, next);
        meaning(known, error);
        failure.ifPresent(f -> meaning(known, List.of(f)));
    }

    private static void meaning(Set<Sym> known, List<Expr> expressions) {
        for (Sym s : Substitution.symbols(expressions)) {
            if (!known.contains(s))
                throw new IllegalArgumentException("the symbol " + s.name() + " has no meaning here");
        }
    }
}
