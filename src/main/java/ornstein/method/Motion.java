package ornstein.method;

import java.util.List;
import java.util.Map;
import ornstein.expr.Expr.Sym;

/// What moves a path by one step: algebra that is compiled ([Step], and [Halving] where its size adapts), or a [Flow]
/// that the host computes.
public sealed interface Motion permits Step, Halving, Flow {
    /// The model's coordinates.
    List<Sym> state();

    /// The time between steps.
    double stepSize();

    /// Numbers for the model's parameters, and others that the motion knows.
    Map<Sym, Double> values();

    /// The number of coordinates, those that the method adds included.
    int size();
}
