package ornstein.method;

import ornstein.expr.Expr;
import ornstein.expr.Expr.Sym;

/// A coordinate that a method adds to the state of a model: momentum, a moment, a velocity, a worker's copy.
///
/// @param name unique in the step
/// @param initial its value at the start, in the symbols of the model's state, the parameters, and [Symbols#START], a
/// standard normal of the coordinate's own
public record Extra(Sym name, Expr initial) {}
