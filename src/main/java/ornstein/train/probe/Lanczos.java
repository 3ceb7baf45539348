package ornstein.train.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import ornstein.random.Normals;
import ornstein.random.Streams;

/// The largest eigenvalues of a symmetric operator that is known only through its products with vectors (C. Lanczos,
/// J. Res. Nat. Bur. Standards 45, 1950), with full reorthogonalisation (B. Parlett, The Symmetric Eigenvalue Problem,
/// chapter 13). Of a multiple eigenvalue, copies beyond the first appear late or not at all.
public final class Lanczos {
    private final int dimension;
    private final UnaryOperator<double[]> operator;
    private final long seed;
    private final List<double[]> basis = new ArrayList<>();
    private final List<Double> alpha = new ArrayList<>();
    private final List<Double> beta = new ArrayList<>();

    /// @param operator a product A v; may keep neither its argument nor its result
    /// @param seed draws the starting vector
    public Lanczos(int dimension, UnaryOperator<double[]> operator, long seed) {
        this.dimension = dimension;
        this.operator = operator;
        this.seed = seed;
    }

    /// The `k` largest eigenvalues.
    ///
    /// @param tolerance stop when every residual is at most this, relative to the largest eigenvalue in magnitude
    /// @param products stop after this many products in any case; [Eigenpairs#residuals] then tell how far it came
    public Eigenpairs top(int k, double tolerance, int products) {
        if (k < 1 || k > dimension || products < k) {
            throw new IllegalArgumentException(
                    k + " eigenpairs of dimension " + dimension + " from " + products + " products");
        }
        int limit = Math.min(products, dimension);
        basis.clear();
        alpha.clear();
        beta.clear();
        basis.add(fresh());
        while (true) {
            step();
            int m = alpha.size();
            if (m == limit || m >= k && m % 5 == 0) {
                Ritz ritz = new Ritz(k);
                if (m == limit || ritz.converged(tolerance)) {
                    return ritz.pairs();
                }
            }
        }
    }

    /// One more basis vector and row of the tridiagonal matrix.
    private void step() {
        int m = alpha.size();
        double[] q = basis.get(m);
        double[] w = operator.apply(q).clone();
        double a = Vectors.dot(w, q);
        double size = Math.sqrt(Vectors.dot(w, w));
        orthogonalise(w);
        double b = Math.sqrt(Vectors.dot(w, w));
        alpha.add(a);
        if (m + 1 == dimension || b <= 1e-12 * size) {
            // The basis spans an invariant subspace: go on with a new direction, if there is one.
            beta.add(0.0);
            basis.add(m + 1 == dimension ? new double[dimension] : fresh());
        } else {
            Vectors.scale(w, 1 / b);
            beta.add(b);
            basis.add(w);
        }
    }

    /// A random unit vector orthogonal to the basis.
    private double[] fresh() {
        double[] v = new double[dimension];
        Normals.fill(seed, -1 - basis.size(), 0, Streams.PROBE, v);
        orthogonalise(v);
        Vectors.scale(v, 1 / Math.sqrt(Vectors.dot(v, v)));
        return v;
    }

    /// Twice is enough (Parlett, section 6.9).
    private void orthogonalise(double[] w) {
        for (int round = 0; round < 2; round++) {
            for (double[] q : basis) {
                Vectors.add(w, -Vectors.dot(q, w), q);
            }
        }
    }

    /// Eigenpairs of the tridiagonal matrix so far.
    private final class Ritz {
        private final EigenDecomposition_F64<DMatrixRMaj> eigen;
        private final int[] order;
        private final int m = alpha.size();

        Ritz(int k) {
            DMatrixRMaj t = new DMatrixRMaj(m, m);
            for (int i = 0; i < m; i++) {
                t.set(i, i, alpha.get(i));
                if (i + 1 < m) {
                    t.set(i, i + 1, beta.get(i));
                    t.set(i + 1, i, beta.get(i));
                }
            }
            eigen = DecompositionFactory_DDRM.eig(m, true, true);
            if (!eigen.decompose(t)) {
                throw new ArithmeticException("the tridiagonal eigenproblem of order " + m + " did not converge");
            }
            order = IntStream.range(0, m)
                    .boxed()
                    .sorted((i, j) -> Double.compare(value(j), value(i)))
                    .mapToInt(Integer::intValue)
                    .limit(k)
                    .toArray();
        }

        private double value(int i) {
            return eigen.getEigenvalue(i).getReal();
        }

        private double residual(int i) {
            return Math.abs(beta.get(m - 1) * eigen.getEigenVector(i).get(m - 1));
        }

        boolean converged(double tolerance) {
            double largest = IntStream.range(0, m)
                    .mapToDouble(i -> Math.abs(value(i)))
                    .max()
                    .orElseThrow();
            return IntStream.of(order).allMatch(i -> residual(i) <= tolerance * largest);
        }

        Eigenpairs pairs() {
            double[] values = IntStream.of(order).mapToDouble(this::value).toArray();
            double[] residuals = IntStream.of(order).mapToDouble(this::residual).toArray();
            double[][] vectors = new double[order.length][dimension];
            for (int i = 0; i < order.length; i++) {
                DMatrixRMaj s = eigen.getEigenVector(order[i]);
                for (int j = 0; j < m; j++) {
                    Vectors.add(vectors[i], s.get(j), basis.get(j));
                }
            }
            return new Eigenpairs(values, vectors, residuals, m);
        }
    }
}
