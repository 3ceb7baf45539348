package ornstein.kernel;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import ornstein.method.Methods;
import ornstein.method.Settings;
import ornstein.method.StepMethod;
import ornstein.model.Catalog;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The inner parts of kernels: nanoseconds for a number, or for a step of a path. Run by src/bench/jmh.sh.
@State(Scope.Thread)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class KernelBenchmark {
    private static final int PATHS = 256;
    private static final int BLOCK = 4096;
    private static final int STEPS = 64;

    @Param({"SCALAR", "VECTOR"})
    public Backend backend;

    @Param({"F32", "F64"})
    public Precision precision;

    private Tile tile;
    private NoiseSource normals;
    private Stage exp;
    private Kernel ou;
    private Block ouBlock;
    private Kernel sgd;
    private Block sgdBlock;
    private long index;

    /// Makes the parts.
    @Setup
    public void compile() {
        Layout layout = new Layout(2, 4, 0, 0);
        normals = new NoiseSource(true, precision, backend, layout, layout.firstNormal(), 4, PATHS);
        Program program = new Program(
                precision,
                layout,
                new Shared(Map.of()),
                java.util.List.of(normals),
                java.util.List.of(),
                Fusion.NONE,
                java.util.List.of(),
                new float[0][],
                new double[0][],
                PATHS);
        tile = new Tile(program, PATHS);
        tile.moveTo(1, 0, PATHS);
        for (int i = 0; i < PATHS; i++) tile.set(0, i, i / 32.0 - 4);
        java.util.List<Place> fromTo = java.util.List.of(new Place.Row(0), new Place.Row(1));
        exp = new FunctionStage(Elementary.EXP, precision, backend, fromTo, layout, PATHS);
        ou = kernel("ou", "euler-maruyama");
        ouBlock = block(ou);
        sgd = kernel("four-points", "sgd");
        sgdBlock = block(sgd);
    }

    private Kernel kernel(String model, String method) {
        StepMethod known = (StepMethod) Methods.named(method);
        return Kernel.of(
                known.write(new Catalog(Path.of("models")).model(model, Map.of()), Settings.of(0.01)),
                precision,
                backend);
    }

    private static Block block(Kernel kernel) {
        Block block = kernel.newBlock(BLOCK);
        block.reset(1, 0, BLOCK);
        for (int i = 0; i < BLOCK; i++) block.set(0, i, 1);
        return block;
    }

    /// Philox and Box-Muller.
    @Benchmark
    @OperationsPerInvocation(4 * PATHS)
    public void normal() {
        normals.prepare(tile, index++);
    }

    /// The exponential of numbers from -4 to 4.
    @Benchmark
    @OperationsPerInvocation(PATHS)
    public void exp() {
        exp.run(tile, 0);
    }

    /// A step of Euler-Maruyama on the one-dimensional Ornstein-Uhlenbeck process.
    @Benchmark
    @OperationsPerInvocation(BLOCK * STEPS)
    public void ornsteinUhlenbeckStep() {
        ou.advance(ouBlock, index, STEPS);
        index += STEPS;
    }

    /// A step of SGD with batches of one of four examples.
    @Benchmark
    @OperationsPerInvocation(BLOCK * STEPS)
    public void sgdStep() {
        sgd.advance(sgdBlock, index, STEPS);
        index += STEPS;
    }
}
