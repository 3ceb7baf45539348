/// Expressions: text to a normal form, exact derivatives, modified equations, text and LaTeX.
///
/// ```java
/// Expr u = Parser.parse("(x^2 - 1)^2", List.of("x"), "potential");
/// Expr drift = Derivative.of(u, Expr.sym("x")).negate();   // -4*x*(x^2 - 1)
/// double f = Eval.of(drift, Map.of("x", 0.5));             // 1.5
/// ```
///
/// - [ornstein.expr.Expr]: the six kinds of node, the factories that keep them in normal form, and why equal
///   expressions are one object. [ornstein.expr.Normal] states the rules of the normal form, which is also the
///   simplification; [ornstein.expr.Expand] multiplies out, [ornstein.expr.Collected] groups by coefficients.
/// - [ornstein.expr.Parser] reads text; [ornstein.expr.Text] and [ornstein.expr.Latex] write it.
/// - [ornstein.expr.Derivative], [ornstein.expr.Substitution], [ornstein.expr.Cse] and [ornstein.expr.Eval] each walk
///   an expression once, shared parts once. [ornstein.expr.Polynomial] tells polynomials.
/// - [ornstein.expr.MapSeries] expands a step in its step size and gives its modified equation;
///   [ornstein.expr.SlowManifold] first removes momentum and other extra state that forgets fast.
///
/// What cannot be built throws [ornstein.expr.ExprException]; what a user wrote wrongly throws
/// [ornstein.spec.UserError].
@NullMarked
package ornstein.expr;

import org.jspecify.annotations.NullMarked;
