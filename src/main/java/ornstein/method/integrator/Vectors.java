package ornstein.method.integrator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import ornstein.expr.Expr;
import ornstein.expr.Function;

/// Arithmetic of vectors of expressions.
final class Vectors {
    private Vectors() {}

    @SafeVarargs
    @SuppressWarnings("varargs") // read only
    static List<Expr> sum(List<Expr>... vectors) {
        return sum(Arrays.asList(vectors));
    }

    /// The sum of at least one vector.
    static List<Expr> sum(List<List<Expr>> vectors) {
        List<Expr> all = new ArrayList<>();
        for (int i = 0; i < vectors.getFirst().size(); i++) {
            int entry = i;
            all.add(Expr.sum(vectors.stream().map(v -> v.get(entry)).toList()));
        }
        return all;
    }

    static List<Expr> times(Expr factor, List<Expr> vector) {
        return vector.stream().map(factor::times).toList();
    }

    /// The absolute values of the entries.
    static List<Expr> abs(List<Expr> vector) {
        return vector.stream().map(e -> Expr.call(Function.ABS, e)).toList();
    }

    private static boolean isZero(Expr e) {
        return e.equals(Expr.ZERO);
    }

    /// Whether every entry is 0.
    static boolean isZero(List<Expr> vector) {
        return vector.stream().allMatch(Vectors::isZero);
    }

    /// The product with a matrix of rows.
    static List<Expr> times(List<List<Expr>> matrix, List<Expr> vector) {
        List<Expr> all = new ArrayList<>();
        for (List<Expr> row : matrix) {
            List<Expr> terms = new ArrayList<>();
            for (int j = 0; j < row.size(); j++) {
                if (isZero(row.get(j)) || isZero(vector.get(j))) continue;
                terms.add(row.get(j).times(vector.get(j)));
            }
            all.add(Expr.sum(terms));
        }
        return all;
    }
}
