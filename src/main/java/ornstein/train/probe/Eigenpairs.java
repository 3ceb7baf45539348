package ornstein.train.probe;

/// The largest eigenvalues of a symmetric operator with their eigenvectors.
///
/// Arrays are shared, not copied: treat them as read-only.
public final class Eigenpairs {
    private final double[] values;
    private final double[][] vectors;
    private final double[] residuals;
    private final int products;

    Eigenpairs(double[] values, double[][] vectors, double[] residuals, int products) {
        this.values = values;
        this.vectors = vectors;
        this.residuals = residuals;
        this.products = products;
    }

    /// Eigenvalues in descending order.
    public double[] values() {
        return values;
    }

    /// Orthonormal eigenvectors `[k][dimension]`.
    public double[][] vectors() {
        return vectors;
    }

    /// |A v - h v| of each pair: an eigenvalue of A lies within this distance of h.
    public double[] residuals() {
        return residuals;
    }

    /// Number of products with the operator that were needed.
    public int products() {
        return products;
    }

    /// Components of a vector along the eigenvectors.
    public double[] project(double[] x) {
        double[] components = new double[vectors.length];
        for (int i = 0; i < components.length; i++) {
            components[i] = Vectors.dot(vectors[i], x);
        }
        return components;
    }
}
