package ornstein.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import ornstein.expr.Derivative;
import ornstein.expr.Expr;

/// The loss L(w) = (1/N) sum_i l(w; example i) over N examples.
///
/// @param data the examples' columns
/// @param loss l, an expression in the state, the columns and the parameters
public record LossModel(
        Header header, List<Expr.Sym> state, Columns data, Expr loss, Start start, Map<String, Expr> observables)
        implements Model {
    /// @throws IllegalArgumentException if the sizes do not fit
    public LossModel {
        state = List.copyOf(state);
        observables = Collections.unmodifiableMap(new LinkedHashMap<>(observables));
        if (start.mean().size() != state.size()) {
            throw new IllegalArgumentException(
                    "start has " + start.mean().size() + " entries; the state has " + state.size());
        }
    }

    /// The number N of examples.
    public int examples() {
        return data.examples();
    }

    /// The gradient of one example's loss, d expressions.
    public List<Expr> gradient() {
        return Derivative.gradient(loss, state);
    }

    /// The Hessian of one example's loss, d x d expressions.
    public List<List<Expr>> hessian() {
        return Derivative.hessian(loss, state);
    }

    @Override
    public LossModel bound() {
        UnaryOperator<Expr> bind = header.binding();
        Map<String, Expr> boundObservables = new LinkedHashMap<>();
        observables.forEach((name, e) -> boundObservables.put(name, bind.apply(e)));
        return new LossModel(header, state, data, bind.apply(loss), start, boundObservables);
    }

    @Override
    public String canonical() {
        return header.canonical("loss")
                .append("state: ")
                .append(SdeModel.names(state))
                .append('\n')
                .append(data.canonical())
                .append("loss: ")
                .append(SdeModel.quoted(loss))
                .append('\n')
                .append(start.canonical())
                .append(SdeModel.observables(observables))
                .toString();
    }
}
