package ornstein.train;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.cblas_ddot;
import static org.bytedeco.openblas.global.openblas.cblas_dgemm;
import static org.bytedeco.openblas.global.openblas.cblas_sdot;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;

import java.util.List;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Products of R pairs of matrices, and squares of R rows. libtorch's `bmm` takes the same OpenBLAS product R
/// times, but each time through its dispatcher, at 1 microsecond a product: more than a tiny matrix takes.
/// Not differentiable.
final class Products {
    private Products() {}

    /// A of each replica, or its transpose, times B, or its transpose: `[R, m, n]`.
    ///
    /// @param a `[R, m, k]`, or `[R, k, m]` to be transposed
    /// @param b `[R, k, n]`, or `[R, n, k]` to be transposed
    static Tensor of(Tensor a, boolean transposeA, Tensor b, boolean transposeB) {
        long[] shape = {a.size(0), a.size(transposeA ? 2 : 1), b.size(transposeB ? 1 : 2)};
        Tensor out = torch.empty(shape, a.options(), new MemoryFormatOptional());
        write(out, 0, a, transposeA, b, transposeB);
        return out;
    }

    /// Adds the product to `out`, which is `[R, m, n]`, contiguous, and returned.
    static Tensor add(Tensor out, Tensor a, boolean transposeA, Tensor b, boolean transposeB) {
        write(out, 1, a, transposeA, b, transposeB);
        return out;
    }

    /// out = keep out + product.
    private static void write(Tensor out, int keep, Tensor a, boolean transposeA, Tensor b, boolean transposeB) {
        Tensor rowsA = unitStride(a);
        Tensor rowsB = unitStride(b);
        int m = (int) a.size(transposeA ? 2 : 1);
        int k = (int) a.size(transposeA ? 1 : 2);
        int n = (int) b.size(transposeB ? 1 : 2);
        Shape shape = new Shape(
                transposeA ? CblasTrans : CblasNoTrans,
                transposeB ? CblasTrans : CblasNoTrans,
                m,
                n,
                k,
                (int) rowsA.stride(1),
                (int) rowsB.stride(1),
                keep);
        if (a.scalar_type().intern() == ScalarType.Double) {
            doubles(shape, rowsA, rowsB, out);
        } else {
            floats(shape, rowsA, rowsB, out);
        }
    }

    private record Shape(int transposeA, int transposeB, int m, int n, int k, int strideA, int strideB, int keep) {}

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
                    s.keep,
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
                    s.keep,
                    pc,
                    s.n);
        }
    }

    /// |.|^2 of each row of `t` `[R, P]`, contiguous, over some ranges of columns.
    static void squares(Precision precision, Tensor t, List<Group> ranges, double[] out) {
        long width = t.size(1);
        if (precision == Precision.F64) {
            DoublePointer p = t.data_ptr_double();
            for (int r = 0; r < out.length; r++) {
                out[r] = 0;
                for (Group range : ranges) {
                    p.position(r * width + range.from());
                    out[r] += cblas_ddot((int) range.size(), p, 1, p, 1);
                }
            }
        } else {
            FloatPointer p = t.data_ptr_float();
            for (int r = 0; r < out.length; r++) {
                out[r] = 0;
                for (Group range : ranges) {
                    p.position(r * width + range.from());
                    out[r] += cblas_sdot((int) range.size(), p, 1, p, 1);
                }
            }
        }
    }
}
