package ornstein.train;

import java.io.IOException;
import java.util.List;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import ornstein.spec.UserError;

/// The few ways in which Ornstein calls libtorch. Every class that does touches this one first, by [#oneThread].
///
/// Native memory: whoever loops opens a [PointerScope] for each round. A tensor that outlives the round is
/// made outside every scope and written in place.
public final class Torch {
    static {
        load();
    }

    private Torch() {}

    /// libtorch.so needs libtorch_cpu.so but is unpacked before it: loading it on first use fails half-way, and the
    /// process then crashes when libtorch_cpu.so is loaded. So both are unpacked before either is loaded.
    private static void load() {
        String platform = Loader.getPlatform();
        for (String name : List.of("c10", "torch_cpu", "torch")) {
            String file = "/org/bytedeco/pytorch/" + platform + "/" + System.mapLibraryName(name);
            if (torch.class.getResource(file) == null) {
                throw new UserError("this build holds no libtorch for " + platform
                        + "; build it with -Dnative.classifier=" + platform);
            }
            try {
                Loader.cacheResource(torch.class, file);
            } catch (IOException e) {
                throw new UserError("libtorch cannot be unpacked into " + cacheFolder() + ": " + e.getMessage(), e);
            }
        }
        oneThread();
    }

    private static String cacheFolder() {
        try {
            return Loader.getCacheDir().toString();
        } catch (IOException e) {
            return "its cache folder";
        }
    }

    /// One native thread for the calling Java thread; to be called at the start of every thread that
    /// computes. Replicas run in parallel on Java threads instead: libtorch's own threads wait in spin loops.
    public static void oneThread() {
        torch.set_num_threads(1);
        openblas.blas_set_num_threads(1);
    }

    public static ScalarType type(Precision precision) {
        return precision == Precision.F32 ? ScalarType.Float : ScalarType.Double;
    }

    public static Tensor zeros(Precision precision, long... shape) {
        return torch.zeros(shape, new TensorOptions(type(precision)));
    }

    /// A tensor with a copy of the values, row-major.
    public static Tensor of(Precision precision, double[] values, long... shape) {
        try (DoublePointer p = new DoublePointer(values)) {
            return torch.from_blob(p, shape, new TensorOptions(ScalarType.Double))
                    .to(type(precision), false, true, new MemoryFormatOptional());
        }
    }

    /// As [#of(Precision, double[], long...)].
    public static Tensor of(Precision precision, float[] values, long... shape) {
        try (FloatPointer p = new FloatPointer(values)) {
            return torch.from_blob(p, shape, new TensorOptions(ScalarType.Float))
                    .to(type(precision), false, true, new MemoryFormatOptional());
        }
    }

    /// A tensor of 64-bit integers with a copy of the values.
    public static Tensor of(long[] values, long... shape) {
        try (LongPointer p = new LongPointer(values)) {
            return torch.from_blob(p, shape, new TensorOptions(ScalarType.Long)).clone();
        }
    }

    /// All entries, row-major.
    public static double[] doubles(Tensor t) {
        double[] out = new double[Math.toIntExact(t.numel())];
        try (PointerScope _ = new PointerScope()) {
            t.detach().toType(ScalarType.Double).contiguous().data_ptr_double().get(out);
        }
        return out;
    }

    /// All entries, row-major, in single precision.
    public static float[] floats(Tensor t) {
        float[] out = new float[Math.toIntExact(t.numel())];
        try (PointerScope _ = new PointerScope()) {
            t.detach().toType(ScalarType.Float).contiguous().data_ptr_float().get(out);
        }
        return out;
    }

    /// All entries of a tensor of 64-bit integers, row-major.
    public static long[] longs(Tensor t) {
        long[] out = new long[Math.toIntExact(t.numel())];
        try (PointerScope _ = new PointerScope()) {
            t.contiguous().data_ptr_long().get(out);
        }
        return out;
    }

    /// The gradient of a scalar.
    ///
    /// @param again whether the gradient is to be differentiated again
    public static Tensor gradient(Tensor scalar, Tensor of, boolean again) {
        return torch.grad(
                        new TensorVector(scalar),
                        new TensorVector(of),
                        new TensorVector(),
                        new BoolOptional(again),
                        again,
                        false)
                .get(0);
    }

    /// The sum over one axis.
    public static Tensor sum(Tensor t, long axis, boolean keepAxis) {
        return t.sum(new long[] {axis}, keepAxis, new ScalarTypeOptional());
    }

    /// The mean over some axes.
    public static Tensor mean(Tensor t, long... axes) {
        return t.mean(axes, false, new ScalarTypeOptional());
    }

    /// Opens a region without gradients, for the calling thread.
    public static NoGradGuard noGradients() {
        return new NoGradGuard();
    }
}
