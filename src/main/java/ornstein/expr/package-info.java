/// Expressions: text to a normal form, exact derivatives, common subexpressions, text and LaTeX.
///
/// Start with [ornstein.expr.Expr] (what an expression is) and [ornstein.expr.Parser] (how text becomes one).
@NullMarked
package ornstein.expr;

import org.jspecify.annotations.NullMarked;
