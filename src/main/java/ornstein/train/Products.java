package ornstein.train;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.cblas_dgemm;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Products of R pairs of matrices. libtorch's `bmm` takes the same OpenBLAS product R times, but each time through its
/// dispatcher, at 1 microsecond a product: more than a tiny matrix takes. Not differentiable.
final class Products {
    private Products() {}

    /// A of each replica, or its transpose, times B, or its transpose: `[R, m, n]`.
    ///
    /// @param a `[R, m, k]`, or `[R, k, m]` to be transposed
    /// @param b `[R, k, n]`, or `[R, n, k]` to be transposed
    static Tensor of(Tensor a, boolean transposeA, Tensor b, boolean transposeB) {
        if (a.size(0) == 1) {
            return (transposeA ? a.transpose(1, 2) : a).bmm(transposeB ? b.transpose(1, 2) : b);
        }
        Tensor rowsA = unitStride(a);
        Tensor rowsB = unitStride(b);
        int m = (int) a.size(transposeA ? 2 : 1);
        int k = (int) a.size(transposeA ? 1 : 2);
        int n = (int) b.size(transposeB ? 1 : 2);
        Tensor out =
                torch.empty(new long[] {a.size(0), m, n}, a.options(), new org.bytedeco.pytorch.MemoryFormatOptional());
        Shape shape = new Shape(
                transposeA ? CblasTrans : CblasNoTrans,
                transposeB ? CblasTrans : CblasNoTrans,
                m,
                n,
                k,
                (int) rowsA.stride(1),
                (int) rowsB.stride(1));
        if (a.scalar_type().intern() == ScalarType.Double) {
            doubles(shape, rowsA, rowsB, out);
        } else {
            floats(shape, rowsA, rowsB, out);
        }
        return out;
    }

    private record Shape(int transposeA, int transposeB, int m, int n, int k, int strideA, int strideB) {}

    /// A BLAS matrix has rows of neighbouring entries.
    private static Tensor unitStride(Tensor t) {
        return t.stride(2) == 1 && t.stride(1) >= t.size(2) ? t : t.contiguous();
    }

    private static void floats(Shape s, Tensor a, Tensor b, Tensor out) {
        FloatPointer pa = a.data_ptr_float();
        FloatPointer pb = b.data_ptr_float();
        FloatPointer pc = out.data_ptr_float();
        long stepA = a.stride(0);
        long stepB = b.stride(0);
        long stepC = (long) s.m * s.n;
        for (long r = 0, replicas = out.size(0); r < replicas; r++) {
            pa.position(r * stepA);
            pb.position(r * stepB);
            pc.position(r * stepC);
            cblas_sgemm(
                    CblasRowMajor,
                    s.transposeA,
                    s.transposeB,
                    s.m,
                    s.n,
                    s.k,
                    1,
                    pa,
                    s.strideA,
                    pb,
                    s.strideB,
                    0,
                    pc,
                    s.n);
        }
    }

    private static void doubles(Shape s, Tensor a, Tensor b, Tensor out) {
        DoublePointer pa = a.data_ptr_double();
        DoublePointer pb = b.data_ptr_double();
        DoublePointer pc = out.data_ptr_double();
        long stepA = a.stride(0);
        long stepB = b.stride(0);
        long stepC = (long) s.m * s.n;
        for (long r = 0, replicas = out.size(0); r < replicas; r++) {
            pa.position(r * stepA);
            pb.position(r * stepB);
            pc.position(r * stepC);
            cblas_dgemm(
                    CblasRowMajor,
                    s.transposeA,
                    s.transposeB,
                    s.m,
                    s.n,
                    s.k,
                    1,
                    pa,
                    s.strideA,
                    pb,
                    s.strideB,
                    0,
                    pc,
                    s.n);
        }
    }
}
