package ornstein.stats;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.ejml.simple.SimpleMatrix;

/// SGD on `L(x) = x^T H x / 2` with gradient noise of constant covariance `Sigma`, in law: the
/// algorithm itself, or one of the two SDEs that stand for it. Time is counted in steps `k` (gradient
/// time is `s = eta k`); an SDE takes any real `k >= 0`, the algorithm whole ones. Weight decay is part
/// of `H` (add `lambda I`).
///
/// Every one of them is linear and Gaussian: in the eigenbasis of `H`, a displacement from the minimum
/// contracts by `p_i(D)` in `D` steps, and the stationary covariance `C` solves a Lyapunov equation
/// entry by entry:
///
/// | kind | `p_i(D)` | `C_ij` |
/// |---|---|---|
/// | [Kind#SGD] | `(1 - eta h_i)^D` | `eta Sigma_ij / (h_i + h_j - eta h_i h_j)` |
/// | [Kind#SDE1] | `exp(-eta h_i D)` | `eta Sigma_ij / (h_i + h_j)` |
/// | [Kind#SDE2] | `exp(-eta k_i D)`, `k = h + eta h^2/2` | `eta Sigma_ij / (k_i + k_j)` |
///
/// Source: Li, Tai and E, arXiv:1511.06251 (the SDEs of order 1 and 2); Mandt, Hoffman and Blei,
/// arXiv:1704.04289 (the stationary covariance).
public final class QuadraticProcess {
    /// The algorithm, or an SDE in its place.
    public enum Kind {
        /// `x' = x - eta (H x + xi)`, `Cov xi = Sigma`.
        SGD,
        /// `dX = -H X ds + sqrt(eta Sigma) dB`.
        SDE1,
        /// `dX = -(H + eta H^2/2) X ds + sqrt(eta Sigma) dB`.
        SDE2
    }

    private final Kind kind;
    private final double eta;
    private final double[] h;
    private final SimpleMatrix basis;
    private final SimpleMatrix stationary;

    /// @param hessian symmetric, positive definite, `d x d`
    /// @param noise symmetric covariance of one gradient, `d x d`
    /// @param eta learning rate; the algorithm needs `eta h < 2` in every mode
    /// @throws IllegalArgumentException if shapes differ or no stationary law exists
    public QuadraticProcess(Kind kind, double[][] hessian, double[][] noise, double eta) {
        this.kind = kind;
        this.eta = eta;
        int d = hessian.length;
        if (noise.length != d || hessian[0].length != d || noise[0].length != d) {
            throw new IllegalArgumentException("hessian and noise must be square and of one size");
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(d, true, true);
        if (!eigen.decompose(new DMatrixRMaj(hessian))) {
            throw new IllegalArgumentException("the eigenvalues of the hessian did not converge");
        }
        h = new double[d];
        basis = new SimpleMatrix(d, d);
        for (int i = 0; i < d; i++) {
            h[i] = eigen.getEigenvalue(i).getReal();
            if (!(h[i] > 0) || (kind == Kind.SGD && !(eta * h[i] < 2))) {
                throw new IllegalArgumentException(
                        "no stationary law: an eigenvalue of the hessian is " + h[i] + ", eta is " + eta);
            }
            basis.insertIntoThis(0, i, SimpleMatrix.wrap(eigen.getEigenVector(i)));
        }
        stationary = basis.transpose().mult(new SimpleMatrix(noise)).mult(basis);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                double rate = rate(i) + rate(j) - (kind == Kind.SGD ? eta * h[i] * h[j] : 0);
                stationary.set(i, j, eta * stationary.get(i, j) / rate);
            }
        }
    }

    private double rate(int mode) {
        return kind == Kind.SDE2 ? h[mode] + eta * h[mode] * h[mode] / 2 : h[mode];
    }

    /// `p_i(D)` of the table above.
    private double contraction(int mode, double steps) {
        if (kind == Kind.SGD && steps != Math.rint(steps)) {
            throw new IllegalArgumentException("SGD is known at whole steps only, not at " + steps);
        }
        return kind == Kind.SGD ? Math.pow(1 - eta * h[mode], steps) : Math.exp(-eta * rate(mode) * steps);
    }

    private SimpleMatrix contraction(double steps) {
        SimpleMatrix p = new SimpleMatrix(h.length, h.length);
        for (int i = 0; i < h.length; i++) {
            p.set(i, i, contraction(i, steps));
        }
        return p;
    }

    private double[][] outside(SimpleMatrix inBasis) {
        return basis.mult(inBasis).mult(basis.transpose()).toArray2();
    }

    /// `E x_k` from `x_0 = start`.
    public double[] mean(double[] start, double steps) {
        SimpleMatrix x = basis.transpose().mult(new SimpleMatrix(start));
        return basis.mult(contraction(steps).mult(x)).getDDRM().getData().clone();
    }

    /// The stationary covariance `C`.
    public double[][] stationary() {
        return outside(stationary);
    }

    /// `Cov x_k = C - P_k C P_k` from a deterministic start.
    public double[][] covariance(double steps) {
        return outside(covarianceInBasis(steps));
    }

    private SimpleMatrix covarianceInBasis(double steps) {
        SimpleMatrix p = contraction(steps);
        return stationary.minus(p.mult(stationary).mult(p));
    }

    /// `Cov(x_{k+D}, x_k) = P_D Cov x_k`, with `D` = `lag`.
    public double[][] autocovariance(double steps, double lag) {
        return outside(contraction(lag).mult(covarianceInBasis(steps)));
    }

    /// `E |x_T - x_{T+D}|^2` from `x_0 = start`: `Tr[(I - P_D) M_T (I - P_D)] + Tr[C - P_D C P_D]`,
    /// where `M_T` is the second moment at `T`.
    public double displacement(double[] start, double from, double lag) {
        SimpleMatrix x = contraction(from).mult(basis.transpose().mult(new SimpleMatrix(start)));
        SimpleMatrix second = x.mult(x.transpose()).plus(covarianceInBasis(from));
        SimpleMatrix rest = SimpleMatrix.identity(h.length).minus(contraction(lag));
        return rest.mult(second).mult(rest).trace() + covarianceInBasis(lag).trace();
    }

    /// The stationary `E |x_T - x_{T+D}|^2 = 2 Tr[C (I - P_D)]`.
    public double displacement(double lag) {
        double sum = 0;
        for (int i = 0; i < h.length; i++) {
            sum += 2 * stationary.get(i, i) * (1 - contraction(i, lag));
        }
        return sum;
    }

    /// Stationary mean excess loss of the average of two points `lag` steps apart: `Tr[H C (I + P_D)] /
    /// 4`; `lag` 0 is one point alone, `Tr[H C] / 2`.
    public double averagedLoss(double lag) {
        double sum = 0;
        for (int i = 0; i < h.length; i++) {
            sum += h[i] * stationary.get(i, i) * (1 + contraction(i, lag)) / 4;
        }
        return sum;
    }
}
