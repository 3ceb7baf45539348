package ornstein.method.limit;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.ejml.simple.SimpleMatrix;

/// The eigenvalues of a symmetric matrix, the largest first, with orthonormal eigenvectors as columns.
@SuppressWarnings("ArrayRecordComponent") // never compared
record Eigen(double[] values, SimpleMatrix vectors) {
    /// @throws ArithmeticException if an entry is not finite
    static Eigen of(SimpleMatrix symmetric) {
        int d = symmetric.getNumRows();
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(d, true, true);
        if (symmetric.hasUncountable() || !eigen.decompose(symmetric.getDDRM().copy())) {
            throw new ArithmeticException("a matrix has no eigenvalues");
        }
        Integer[] order = new Integer[d];
        for (int i = 0; i < d; i++) order[i] = i;
        Arrays.sort(
                order,
                (a, b) -> Double.compare(
                        eigen.getEigenvalue(b).getReal(), eigen.getEigenvalue(a).getReal()));
        double[] values = new double[d];
        SimpleMatrix vectors = new SimpleMatrix(d, d);
        for (int i = 0; i < d; i++) {
            values[i] = eigen.getEigenvalue(order[i]).getReal();
            vectors.insertIntoThis(0, i, SimpleMatrix.wrap(eigen.getEigenVector(order[i])));
        }
        return new Eigen(values, vectors);
    }

    /// A vector's coordinates in the eigenvectors.
    double[] coordinates(double[] x) {
        double[] out = new double[values.length];
        for (int i = 0; i < out.length; i++) for (int j = 0; j < out.length; j++) out[i] += vectors.get(j, i) * x[j];
        return out;
    }

    /// The vector with given coordinates in the eigenvectors.
    double[] vector(double[] coordinates) {
        double[] out = new double[values.length];
        for (int i = 0; i < out.length; i++) {
            for (int j = 0; j < out.length; j++) out[i] += vectors.get(i, j) * coordinates[j];
        }
        return out;
    }
}
