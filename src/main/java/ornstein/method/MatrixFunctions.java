package ornstein.method;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;

/// Functions of small dense matrices that bound constants need.
public final class MatrixFunctions {
    private MatrixFunctions() {}

    /// The matrix exponential: scaling by a power of 2 to norm at most 1/2, a Taylor polynomial of degree 18,
    /// squaring.
    public static DMatrixRMaj exponential(DMatrixRMaj a) {
        int n = a.getNumRows();
        int squarings = Math.max(0, Math.getExponent(NormOps_DDRM.normP1(a)) + 2);
        DMatrixRMaj scaled = a.copy();
        CommonOps_DDRM.scale(Math.scalb(1.0, -squarings), scaled);
        DMatrixRMaj result = CommonOps_DDRM.identity(n);
        DMatrixRMaj product = new DMatrixRMaj(n, n);
        for (int k = 18; k >= 1; k--) {
            CommonOps_DDRM.mult(1.0 / k, scaled, result, product);
            for (int i = 0; i < n; i++) product.add(i, i, 1);
            DMatrixRMaj swap = result;
            result = product;
            product = swap;
        }
        for (int s = 0; s < squarings; s++) {
            CommonOps_DDRM.mult(result, result, product);
            DMatrixRMaj swap = result;
            result = product;
            product = swap;
        }
        return result;
    }

    /// int_0^h exp(A s) S S^T exp(A s)^T ds. Over a short time by the blocks of one exponential; doubled as
    /// C(2s) = C(s) + exp(A s) C(s) exp(A s)^T, which, unlike the exponential of a long time, cancels nothing.
    public static DMatrixRMaj noiseCovariance(DMatrixRMaj drift, DMatrixRMaj noise, double h) {
        int d = drift.getNumRows();
        int doublings = Math.max(0, Math.getExponent(NormOps_DDRM.normP1(drift) * h) + 1);
        double s = Math.scalb(h, -doublings);
        DMatrixRMaj diffusion = new DMatrixRMaj(d, d);
        CommonOps_DDRM.multTransB(noise, noise, diffusion);
        DMatrixRMaj blocks = new DMatrixRMaj(2 * d, 2 * d);
        DMatrixRMaj negative = drift.copy();
        CommonOps_DDRM.scale(-1, negative);
        DMatrixRMaj transposed = new DMatrixRMaj(d, d);
        CommonOps_DDRM.transpose(drift, transposed);
        CommonOps_DDRM.insert(negative, blocks, 0, 0);
        CommonOps_DDRM.insert(diffusion, blocks, 0, d);
        CommonOps_DDRM.insert(transposed, blocks, d, d);
        CommonOps_DDRM.scale(s, blocks);
        DMatrixRMaj e = exponential(blocks);
        DMatrixRMaj upper = CommonOps_DDRM.extract(e, 0, d, d, 2 * d);
        DMatrixRMaj flow = new DMatrixRMaj(d, d);
        CommonOps_DDRM.transpose(CommonOps_DDRM.extract(e, d, 2 * d, d, 2 * d), flow);
        DMatrixRMaj covariance = new DMatrixRMaj(d, d);
        CommonOps_DDRM.mult(flow, upper, covariance);
        DMatrixRMaj half = new DMatrixRMaj(d, d);
        DMatrixRMaj moved = new DMatrixRMaj(d, d);
        for (int k = 0; k < doublings; k++) {
            CommonOps_DDRM.mult(flow, covariance, half);
            CommonOps_DDRM.multTransB(half, flow, moved);
            CommonOps_DDRM.addEquals(covariance, moved);
            CommonOps_DDRM.mult(flow, flow, half);
            flow.setTo(half);
        }
        return covariance;
    }

    /// The lower triangular L with L L^T = C for a positive semi-definite C; a column whose pivot is 0 to rounding is
    /// 0.
    public static DMatrixRMaj factor(DMatrixRMaj c) {
        int d = c.getNumRows();
        double largest = 0;
        for (int i = 0; i < d; i++) largest = Math.max(largest, c.get(i, i));
        DMatrixRMaj l = new DMatrixRMaj(d, d);
        for (int j = 0; j < d; j++) {
            double pivot = c.get(j, j);
            for (int k = 0; k < j; k++) pivot -= l.get(j, k) * l.get(j, k);
            if (pivot <= 1e-14 * largest) continue;
            l.set(j, j, Math.sqrt(pivot));
            for (int i = j + 1; i < d; i++) {
                double rest = (c.get(i, j) + c.get(j, i)) / 2;
                for (int k = 0; k < j; k++) rest -= l.get(i, k) * l.get(j, k);
                l.set(i, j, rest / l.get(j, j));
            }
        }
        return l;
    }
}
