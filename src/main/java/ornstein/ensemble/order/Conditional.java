package ornstein.ensemble.order;

import java.util.Arrays;
import org.ejml.simple.SimpleMatrix;
import org.jspecify.annotations.Nullable;

/// Conditional moments E(1, x', vec x' x'^T | x) as polynomials of degree 2 in x.
final class Conditional {
    private Conditional() {}

    /// The moments from a point, `1 + d + d^2` numbers.
    interface Moments {
        double[] from(double[] x);
    }

    /// The matrix that takes (1, x, vec x x^T) to the conditional moments; null where the first are not affine,
    /// or the second not quadratic.
    static @Nullable SimpleMatrix lift(int d, Moments moments, double tolerance) {
        int size = 1 + d + d * d;
        SimpleMatrix lift = new SimpleMatrix(size, size);
        double[] zero = moments.from(new double[d]);
        double[][] plus = new double[d][];
        double[][] minus = new double[d][];
        for (int j = 0; j < d; j++) {
            plus[j] = moments.from(unit(d, j, 1));
            minus[j] = moments.from(unit(d, j, -1));
        }
        for (int r = 0; r < size; r++) {
            lift.set(r, 0, zero[r]);
            for (int j = 0; j < d; j++) {
                lift.set(r, 1 + j, (plus[j][r] - minus[j][r]) / 2);
                lift.set(r, 1 + d + j * d + j, (plus[j][r] + minus[j][r]) / 2 - zero[r]);
            }
        }
        for (int j = 0; j < d; j++) {
            for (int k = 0; k < j; k++) {
                double[] both = unit(d, j, 1);
                both[k] = 1;
                double[] at = moments.from(both);
                for (int r = 0; r < size; r++) {
                    double half = (at[r] - plus[j][r] - plus[k][r] + zero[r]) / 2;
                    lift.set(r, 1 + d + j * d + k, half);
                    lift.set(r, 1 + d + k * d + j, half);
                }
            }
        }
        return isAffine(lift, d, tolerance) && holds(lift, d, moments, tolerance) ? lift : null;
    }

    private static double[] unit(int d, int j, double value) {
        double[] x = new double[d];
        x[j] = value;
        return x;
    }

    /// Whether the first moments have no quadratic part; what rounding made of it becomes 0.
    private static boolean isAffine(SimpleMatrix lift, int d, double tolerance) {
        for (int r = 0; r <= d; r++) {
            for (int c = 1 + d; c < lift.getNumCols(); c++) {
                if (!(Math.abs(lift.get(r, c)) <= tolerance * (1 + Math.abs(lift.get(r, 0))))) return false;
                lift.set(r, c, 0);
            }
        }
        return true;
    }

    private static boolean holds(SimpleMatrix lift, int d, Moments moments, double tolerance) {
        for (double side : new double[] {1.3, -0.7}) {
            double[] x = new double[d];
            for (int j = 0; j < d; j++) x[j] = side * (1 + 0.37 * j);
            double[] lifted = new double[lift.getNumCols()];
            lifted[0] = 1;
            for (int i = 0; i < d; i++) {
                lifted[1 + i] = x[i];
                for (int j = 0; j < d; j++) lifted[1 + d + i * d + j] = x[i] * x[j];
            }
            double[] expected = lift.mult(new SimpleMatrix(lifted.length, 1, true, lifted))
                    .getDDRM()
                    .getData();
            double[] actual = moments.from(x);
            double scale = 1 + Arrays.stream(expected).map(Math::abs).max().orElse(0);
            for (int r = 0; r < expected.length; r++) {
                if (!(Math.abs(actual[r] - expected[r]) <= tolerance * scale)) return false;
            }
        }
        return true;
    }
}
