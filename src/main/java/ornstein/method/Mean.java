package ornstein.method;

import ornstein.expr.Expr;
import ornstein.expr.Expr.Sym;

/// The mean of an expression over examples: of a batch, or of all the data. In the expression, a column's
/// symbol stands for the example's entry, and over the data [Symbols#NORMAL_OF_EXAMPLE] for its normal.
///
/// @param name stands for the mean in the step's expressions, and in the bodies of later means
/// @param batch number of the batch within the step, or [#DATA]
/// @param body in the symbols of the step and of the columns
public record Mean(Sym name, int batch, Expr body) {
    /// Over all examples.
    public static final int DATA = -1;

    public Mean {
        if (batch < DATA) throw new IllegalArgumentException("batch " + batch + " must be at least 0, or DATA");
    }
}
