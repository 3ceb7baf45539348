package ornstein.expr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class LinearSolveTest {
    /// Systems of symbols, some entries 0, the first pivot among them, against a solver of numbers.
    @Test
    void theSolutionIsThatOfNumbers() {
        Random random = new Random(8);
        for (int n = 1; n <= 6; n++) {
            Map<String, Double> values = new HashMap<>();
            List<List<Expr>> a = new ArrayList<>();
            List<Expr> b = new ArrayList<>();
            SimpleMatrix numbers = new SimpleMatrix(n, n);
            SimpleMatrix right = new SimpleMatrix(n, 1);
            for (int i = 0; i < n; i++) {
                List<Expr> row = new ArrayList<>();
                for (int j = 0; j < n; j++) {
                    boolean zero = n > 2 && (i + j == 0 || (i == 2 && j == 1));
                    numbers.set(i, j, zero ? 0 : random.nextGaussian());
                    row.add(zero ? Expr.ZERO : symbol("a" + i + "," + j, numbers.get(i, j), values));
                }
                a.add(row);
                right.set(i, 0, random.nextGaussian());
                b.add(symbol("b" + i, right.get(i, 0), values));
            }
            SimpleMatrix x = numbers.solve(right);
            List<Expr> solution = LinearSolve.of(a, b);
            for (int i = 0; i < n; i++) {
                assertEquals(x.get(i, 0), Eval.of(solution.get(i), values), 1e-10 * (1 + x.normF()));
            }
        }
    }

    private static Expr symbol(String name, double value, Map<String, Double> values) {
        values.put(name, value);
        return Expr.sym(name);
    }

    @Test
    void aSingularSystemIsRefused() {
        List<List<Expr>> a = List.of(List.of(Expr.ZERO, Expr.ONE), List.of(Expr.ZERO, Expr.ONE));
        assertThrows(ExprException.class, () -> LinearSolve.of(a, List.of(Expr.ONE, Expr.ONE)));
    }

    /// n^3/3 + ... of a full matrix; a band costs as much as it is long.
    @Test
    void productsAreCounted() {
        for (int n : new int[] {1, 5, 40}) {
            long full = 0;
            for (int width = 1; width <= n; width++) full += 2L * width + (long) (width - 1) * width;
            assertEquals(full, LinearSolve.products(matrix(n, n)));
            assertEquals(6L * n - 4, LinearSolve.products(matrix(n, 1)));
        }
    }

    private static List<List<Expr>> matrix(int n, int band) {
        List<List<Expr>> rows = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            List<Expr> row = new ArrayList<>();
            for (int j = 0; j < n; j++) row.add(Math.abs(i - j) <= band ? Expr.sym("a" + i + "," + j) : Expr.ZERO);
            rows.add(row);
        }
        return rows;
    }
}
