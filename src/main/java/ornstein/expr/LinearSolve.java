package ornstein.expr;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Small linear systems with symbolic entries.
public final class LinearSolve {
    private LinearSolve() {}

    /// The solution of A x = b by elimination below the diagonal and substitution backwards; the pivot is the first
    /// entry that is not identically 0.
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
            for (int i = c + 1; i < n; i++) {
                Expr factor = rows.get(i).get(c);
                if (!factor.equals(Expr.ZERO)) {
                    List<Expr> other = rows.get(i);
                    for (int j = c; j <= n; j++) {
                        other.set(j, other.get(j).minus(factor.times(row.get(j))));
                    }
                }
            }
        }
        Expr[] x = new Expr[n];
        for (int c = n - 1; c >= 0; c--) {
            x[c] = rows.get(c).get(n);
            for (int j = n - 1; j > c; j--) {
                x[c] = x[c].minus(rows.get(c).get(j).times(x[j]));
            }
        }
        return List.of(x);
    }

    /// About how many products [#of] writes down, from the places of the entries that are not identically 0.
    public static long products(List<List<Expr>> a) {
        int n = a.size();
        List<BitSet> rows = new ArrayList<>();
        for (List<Expr> row : a) {
            BitSet places = new BitSet(n);
            for (int j = 0; j < n; j++) {
                places.set(j, !row.get(j).equals(Expr.ZERO));
            }
            rows.add(places);
        }
        long products = 0;
        for (int c = 0; c < n; c++) {
            int pivot = c;
            while (pivot < n - 1 && !rows.get(pivot).get(c)) {
                pivot++;
            }
            BitSet row = rows.set(pivot, rows.get(c));
            rows.set(c, row);
            row.clear(0, c + 1);
            int width = row.cardinality() + 1;
            products += 2L * width;
            for (int i = c + 1; i < n; i++) {
                if (rows.get(i).get(c)) {
                    rows.get(i).or(row);
                    products += width;
                }
            }
        }
        return products;
    }
}
