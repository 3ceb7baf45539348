package ornstein.kernel;

import java.util.List;
import java.util.Locale;

/// Measures how fast the back ends make normals. A program of its own, so that it can be stopped: on odd settings the
/// Vector API runs forever.
final class Speed {
    private static final int PATHS = 256;
    private static final long NANOSECONDS = 400_000_000L;

    private Speed() {}

    /// Prints the normals per second of the scalar and of the vector back end, single precision, after the JIT compiler
    /// has done its work.
    public static void main(String[] arguments) {
        for (Backend backend : List.of(Backend.SCALAR, Backend.VECTOR)) {
            System.out.printf(Locale.ROOT, "%s=%.4g%n", backend.name().toLowerCase(Locale.ROOT), rate(backend));
        }
    }

    /// The best of many short runs within the given time.
    private static double rate(Backend backend) {
        Layout layout = new Layout(1, 4, 0, 0);
        NoiseSource source = new NoiseSource(true, Precision.F32, backend, layout, layout.firstNormal(), 4, PATHS);
        Program program = new Program(
                Precision.F32,
                layout,
                new Shared(java.util.Map.of()),
                List.of(source),
                List.of(),
                Fusion.NONE,
                List.of(),
                new float[0][],
                new double[0][],
                PATHS);
        Tile tile = new Tile(program, PATHS);
        tile.moveTo(1, 0, PATHS);
        long start = System.nanoTime();
        long step = 0;
        double best = 0;
        for (long now = start; now - start < NANOSECONDS; ) {
            for (int k = 0; k < 200; k++) program.step(tile, step++);
            long end = System.nanoTime();
            best = Math.max(best, 200.0 * 4 * PATHS / (end - now) * 1e9);
            now = end;
        }
        return best;
    }
}
