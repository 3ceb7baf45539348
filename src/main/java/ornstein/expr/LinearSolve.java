package ornstein.expr;

import java.util.ArrayList;
import java.util.List;

/// Small linear systems with symbolic entries.
public final class LinearSolve {
    private LinearSolve() {}

    /// The solution of A x = b by elimination; the pivot is the first entry that is not identically 0.
    /// @param a n x n
    /// @param b n
    /// @throws ExprException if the matrix is singular
    public static List<Expr> of(List<List<Expr>> a, List<Expr> b) {
        int n = b.size();
        List<List<Expr>> rows = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            List<Expr> row = new ArrayList<>(a.get(i));
            row.add(b.get(i));
            rows.add(row);
        }
        for (int c = 0; c < n; c++) {
            int pivot = c;
            while (pivot < n && rows.get(pivot).get(c).equals(Expr.ZERO)) {
                pivot++;
            }
            if (pivot == n) {
                throw new ExprException("a linear system is singular");
            }
            List<Expr> row = rows.set(pivot, rows.get(c));
            Expr reciprocal = row.get(c).pow(-1);
            row.replaceAll(e -> e.times(reciprocal));
            rows.set(c, row);
            for (int i = 0; i < n; i++) {
                Expr factor = rows.get(i).get(c);
                if (i != c && !factor.equals(Expr.ZERO)) {
                    List<Expr> other = rows.get(i);
                    for (int j = c; j <= n; j++) {
                        other.set(j, other.get(j).minus(factor.times(row.get(j))));
                    }
                }
            }
        }
        return rows.stream().map(r -> r.get(n)).toList();
    }
}
