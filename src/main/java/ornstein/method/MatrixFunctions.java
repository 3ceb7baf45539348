package ornstein.method;

import org.apache.commons.math3.util.CombinatoricsUtils;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;

/// Functions of small dense matrices that bound constants need.
public final class MatrixFunctions {
    private MatrixFunctions() {}

    /// The matrix exponential: scaling by a power of 2 to norm at most 1/2, a Taylor polynomial of degree 19 in seven
    /// products (Paterson, Stockmeyer: SIAM Journal on Computing 2, 1973), squaring.
    public static DMatrixRMaj exponential(DMatrixRMaj a) {
        int n = a.getNumRows();
        int squarings = Math.max(0, Math.getExponent(NormOps_DDRM.normP1(a)) + 2);
        DMatrixRMaj[] powers = new DMatrixRMaj[5];
        powers[0] = CommonOps_DDRM.identity(n);
        powers[1] = a.copy();
        CommonOps_DDRM.scale(Math.scalb(1.0, -squarings), powers[1]);
        for (int k = 2; k <= 4; k++) powers[k] = product(powers[1], powers[k - 1]);
        DMatrixRMaj result = new DMatrixRMaj(n, n);
        for (int k = 16; k >= 0; k -= 4) {
            if (k < 16) result = product(powers[4], result);
            for (int i = 3; i >= 0; i--) {
                CommonOps_DDRM.addEquals(result, 1 / CombinatoricsUtils.factorialDouble(k + i), powers[i]);
            }
        }
        for (int s = 0; s < squarings; s++) result = product(result, result);
        return result;
    }

    private static DMatrixRMaj product(DMatrixRMaj a, DMatrixRMaj b) {
        return CommonOps_DDRM.mult(a, b, null);
    }

    /// C(h) = int_0^h exp(A s) S S^T exp(A s)^T ds. Over a short time by its Taylor series, s^(k+1)/(k+1)! L^k(S S^T)
    /// with L(X) = A X + X A^T; doubled as C(2s) = C(s) + exp(A s) C(s) exp(A s)^T, which cancels nothing.
    public static DMatrixRMaj noiseCovariance(DMatrixRMaj drift, DMatrixRMaj noise, double h) {
        double norm = Math.max(NormOps_DDRM.normP1(drift), NormOps_DDRM.normPInf(drift));
        int doublings = Math.max(0, Math.getExponent(norm * h) + 2);
        double s = Math.scalb(h, -doublings);
        DMatrixRMaj term = CommonOps_DDRM.multTransB(noise, noise, null);
        CommonOps_DDRM.scale(s, term);
        DMatrixRMaj covariance = term.copy();
        for (int k = 1; k <= 20 && !isNegligible(term, covariance); k++) {
            DMatrixRMaj moved = product(drift, term);
            CommonOps_DDRM.add(moved, CommonOps_DDRM.transpose(moved, null), term);
            CommonOps_DDRM.scale(s / (k + 1), term);
            CommonOps_DDRM.addEquals(covariance, term);
        }
        if (doublings == 0) return covariance;
        DMatrixRMaj flow = drift.copy();
        CommonOps_DDRM.scale(s, flow);
        flow = exponential(flow);
        for (int k = 0; k < doublings; k++) {
            CommonOps_DDRM.addEquals(covariance, CommonOps_DDRM.multTransB(product(flow, covariance), flow, null));
            flow = product(flow, flow);
        }
        return covariance;
    }

    /// Whether no entry of a term counts beside that of the sum.
    private static boolean isNegligible(DMatrixRMaj term, DMatrixRMaj sum) {
        for (int i = 0; i < sum.getNumElements(); i++) {
            if (Math.abs(term.get(i)) > 0x1p-60 * Math.abs(sum.get(i))) return false;
        }
        return true;
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
