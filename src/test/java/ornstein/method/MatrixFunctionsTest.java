package ornstein.method;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Objects;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.ejml.simple.SimpleEVD;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MatrixFunctionsTest {
    private static SimpleMatrix exponential(SimpleMatrix a) {
        return SimpleMatrix.wrap(MatrixFunctions.exponential(a.getDDRM()));
    }

    private static SimpleMatrix covariance(SimpleMatrix a, SimpleMatrix noise, double h) {
        return SimpleMatrix.wrap(MatrixFunctions.noiseCovariance(a.getDDRM(), noise.getDDRM(), h));
    }

    /// Of a symmetric matrix by its eigenvalues, up to sizes at which it is scaled and squared.
    @ParameterizedTest
    @ValueSource(doubles = {1e-3, 0.3, 2, 15})
    void theExponentialIsThatOfTheEigenvalues(double size) {
        SimpleMatrix x = SimpleMatrix.random_DDRM(6, 6, -size, size, new Random(3));
        SimpleMatrix a = x.plus(x.transpose()).scale(0.5);
        SimpleEVD<SimpleMatrix> e = a.eig();
        SimpleMatrix expected = new SimpleMatrix(6, 6);
        for (int k = 0; k < 6; k++) {
            SimpleMatrix v = Objects.requireNonNull(e.getEigenVector(k));
            expected = expected.plus(
                    v.mult(v.transpose()).scale(Math.exp(e.getEigenvalue(k).getReal())));
        }
        double error = exponential(a).minus(expected).normF() / expected.normF();
        assertTrue(error < 1e-13, size + ": " + error);
    }

    /// Of a matrix that turns, and of one with no eigenvectors.
    @Test
    void closedForms() {
        double w = 7.3;
        SimpleMatrix turned = exponential(new SimpleMatrix(new double[][] {{0, -w}, {w, 0}}));
        assertEquals(Math.cos(w), turned.get(0, 0), 1e-14);
        assertEquals(Math.sin(w), turned.get(1, 0), 1e-14);
        SimpleMatrix sheared = exponential(new SimpleMatrix(new double[][] {{-1, 3}, {0, -1}}));
        assertEquals(3 * Math.exp(-1), sheared.get(0, 1), 1e-15);
        assertEquals(0, sheared.get(1, 0));
    }

    /// The integrand by Simpson's rule; and the equation A C + C A^T = e^(Ah) S S^T e^(A^T h) - S S^T.
    @ParameterizedTest
    @ValueSource(doubles = {1e-3, 0.1, 1, 20})
    void theCovarianceIsTheIntegral(double h) {
        SimpleMatrix a = new SimpleMatrix(new double[][] {{-1, 0.7, 0}, {-0.7, -0.3, 0.2}, {0, 0.1, -2}});
        SimpleMatrix noise = new SimpleMatrix(new double[][] {{0.5, 0}, {0.1, 0.4}, {0, 1}});
        SimpleMatrix c = covariance(a, noise, h);
        int n = 8000;
        SimpleMatrix sum = new SimpleMatrix(3, 3);
        SimpleMatrix step = exponential(a.scale(h / n));
        SimpleMatrix moved = noise;
        for (int i = 0; i <= n; i++) {
            double weight = i == 0 || i == n ? 1 : i % 2 == 0 ? 2 : 4;
            sum = sum.plus(moved.mult(moved.transpose()).scale(weight * h / n / 3));
            moved = step.mult(moved);
        }
        assertTrue(c.minus(sum).normF() < 1e-9 * sum.normF(), h + ": " + c.minus(sum));
        SimpleMatrix last = exponential(a.scale(h)).mult(noise);
        SimpleMatrix change = last.mult(last.transpose()).minus(noise.mult(noise.transpose()));
        SimpleMatrix generated = a.mult(c).plus(c.mult(a.transpose()));
        assertTrue(generated.minus(change).normF() < 1e-13 * noise.normF(), h + ": " + generated.minus(change));
    }

    /// Noise that reaches the first of six integrals only by the others: C_ij = h^(p+q+1)/(p! q! (p + q + 1)) with p =
    /// 5 - i, q = 5 - j, every entry to rounding.
    @Test
    void smallEntriesAreRightToo() {
        int d = 6;
        double h = 0.01;
        SimpleMatrix a = new SimpleMatrix(d, d);
        for (int i = 0; i + 1 < d; i++) a.set(i, i + 1, 1);
        SimpleMatrix noise = new SimpleMatrix(d, 1);
        noise.set(d - 1, 0, 1);
        SimpleMatrix c = covariance(a, noise, h);
        double[] factorial = {1, 1, 2, 6, 24, 120};
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                int p = d - 1 - i;
                int q = d - 1 - j;
                double expected = Math.pow(h, p + q + 1) / (factorial[p] * factorial[q] * (p + q + 1));
                assertEquals(expected, c.get(i, j), 1e-14 * expected);
            }
        }
    }

    @Test
    void theFactorGivesTheMatrixBack() {
        SimpleMatrix x = SimpleMatrix.random_DDRM(5, 3, -1, 1, new Random(4));
        DMatrixRMaj c = x.mult(x.transpose()).getDDRM();
        DMatrixRMaj l = MatrixFunctions.factor(c);
        DMatrixRMaj product = CommonOps_DDRM.multTransB(l, l, null);
        CommonOps_DDRM.subtractEquals(product, c);
        assertTrue(NormOps_DDRM.normF(product) < 1e-7 * NormOps_DDRM.normF(c), product.toString());
    }
}
