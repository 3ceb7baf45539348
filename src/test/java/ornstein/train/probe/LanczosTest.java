package ornstein.train.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.ejml.simple.SimpleEVD;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import ornstein.random.Normals;

class LanczosTest {
    private static double[] times(double[][] a, double[] x) {
        return Arrays.stream(a).mapToDouble(row -> Vectors.dot(row, x)).toArray();
    }

    private static double[][] random(int n) {
        double[][] a = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                a[i][j] = a[j][i] = Normals.at(11, i, j, 0);
            }
        }
        return a;
    }

    /// The discrete Laplacian has eigenvalues 2 - 2 cos(pi k / (n+1)).
    @Test
    void findsTheLaplaciansSpectrum() {
        int n = 400;
        Eigenpairs top = new Lanczos(
                        n,
                        x -> {
                            double[] y = new double[n];
                            for (int i = 0; i < n; i++) {
                                y[i] = 2 * x[i] - (i > 0 ? x[i - 1] : 0) - (i + 1 < n ? x[i + 1] : 0);
                            }
                            return y;
                        },
                        1)
                .top(5, 1e-10, n);
        for (int k = 0; k < 5; k++) {
            assertEquals(2 - 2 * Math.cos(Math.PI * (n - k) / (n + 1)), top.values()[k], 1e-9);
        }
    }

    @Test
    void agreesWithADenseDecomposition() {
        int n = 60;
        double[][] a = random(n);
        SimpleEVD<SimpleMatrix> dense = new SimpleMatrix(a).eig();
        double[] all = dense.getEigenvalues().stream()
                .mapToDouble(v -> -v.getReal())
                .sorted()
                .map(v -> -v)
                .toArray();
        Eigenpairs top = new Lanczos(n, x -> times(a, x), 2).top(8, 1e-11, n);
        for (int k = 0; k < 8; k++) {
            assertEquals(all[k], top.values()[k], 1e-9);
            double[] v = top.vectors()[k];
            double[] rest = times(a, v);
            Vectors.add(rest, -top.values()[k], v);
            assertTrue(Math.sqrt(Vectors.dot(rest, rest)) <= top.residuals()[k] + 1e-10);
            for (int l = 0; l < 8; l++) {
                assertEquals(k == l ? 1 : 0, Vectors.dot(v, top.vectors()[l]), 1e-10);
            }
        }
    }

    @Test
    void residualsBoundTheErrorOfAShortRun() {
        int n = 60;
        double[][] a = random(n);
        double[] all = new SimpleMatrix(a)
                .eig().getEigenvalues().stream().mapToDouble(v -> v.getReal()).toArray();
        Eigenpairs rough = new Lanczos(n, x -> times(a, x), 2).top(3, 0, 20);
        assertEquals(20, rough.products());
        for (int k = 0; k < 3; k++) {
            double h = rough.values()[k];
            double nearest = Arrays.stream(all).map(v -> Math.abs(v - h)).min().orElseThrow();
            assertTrue(nearest <= rough.residuals()[k] + 1e-12 && rough.residuals()[k] > 1e-6);
        }
    }

    /// Three different eigenvalues: the Krylov space is exhausted after three steps, and the search must go on.
    @Test
    void goesOnFromAnInvariantSubspace() {
        int n = 12;
        Eigenpairs top = new Lanczos(
                        n,
                        x -> {
                            double[] y = x.clone();
                            for (int i = 0; i < n; i++) {
                                y[i] *= 1 + i % 3;
                            }
                            return y;
                        },
                        3)
                .top(5, 1e-12, n);
        assertEquals(3, top.values()[0], 1e-10);
        for (int k = 0; k < 5; k++) {
            assertEquals(Math.rint(top.values()[k]), top.values()[k], 1e-10);
            double[] v = top.vectors()[k];
            assertEquals(1, Vectors.dot(v, v), 1e-10);
            for (int i = 0; i < n; i++) {
                assertEquals(0, (1 + i % 3 - top.values()[k]) * v[i], 1e-10);
            }
        }
    }

    @Test
    void refusesImpossibleCounts() {
        Lanczos lanczos = new Lanczos(3, x -> x, 1);
        assertThrows(IllegalArgumentException.class, () -> lanczos.top(4, 1e-6, 10));
        assertThrows(IllegalArgumentException.class, () -> lanczos.top(2, 1e-6, 1));
    }
}
