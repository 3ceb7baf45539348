package ornstein.kernel;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Measures how fast the back ends make normals. A program of its own, so that it can be stopped: on odd settings the
/// Vector API runs forever.
///
/// Until the JIT compiler's last stage is done, vector code is a thousand times slower than after it, and how
/// long that takes depends on what else the machine does. So a back end is measured until it has been steady
/// for a while, slow vector code for much longer than scalar code, and in processor time of the thread, which
/// does not count the time that other processes take.
final class Speed {
    private static final int PATHS = 256;
    private static final double WINDOW = 0.02;
    private static final double STEADY = 0.3;
    /// A back end is given up this many seconds after its start.
    static final double LONGEST = 8;

    private Speed() {}

    /// Prints the normals per second of the scalar and of the vector back end, single precision.
    public static void main(String[] arguments) {
        double scalar = rate(Backend.SCALAR, 0);
        print(Backend.SCALAR, scalar);
        print(Backend.VECTOR, rate(Backend.VECTOR, scalar));
    }

    private static void print(Backend backend, double rate) {
        System.out.printf(Locale.ROOT, "%s=%.4g%n", backend.name().toLowerCase(Locale.ROOT), rate);
    }

    /// The best of many short windows, after it has been above a rate and has not grown by a twentieth for a while.
    private static double rate(Backend backend, double above) {
        Tile tile = tile(backend);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = System.nanoTime();
        double steadySince = 0;
        double reference = 0;
        double best = 0;
        long step = 0;
        for (double now = 0; now < LONGEST && (best <= above || now - steadySince < STEADY); ) {
            long used = threads.getCurrentThreadCpuTime();
            long before = step;
            double end;
            do {
                tile.program.step(tile, step++);
                end = (System.nanoTime() - start) / 1e9;
            } while (end - now < WINDOW);
            now = end;
            used = threads.getCurrentThreadCpuTime() - used;
            if (used > WINDOW / 4 * 1e9) best = Math.max(best, (step - before) * 4.0 * PATHS / (used / 1e9));
            if (best > 1.05 * reference) {
                reference = best;
                steadySince = now;
            }
        }
        return best;
    }

    /// A program that does nothing but make four normals a step for each path.
    private static Tile tile(Backend backend) {
        Layout layout = new Layout(1, 4, 0, 0);
        NoiseSource source = new NoiseSource(true, Precision.F32, backend, layout, layout.firstNormal(), 4, PATHS);
        Program program = new Program(
                Precision.F32,
                layout,
                new Shared(Map.of()),
                List.of(source),
                List.of(),
                Fusion.NONE,
                List.of(),
                new float[0][],
                new double[0][],
                PATHS);
        Tile tile = new Tile(program, PATHS);
        tile.moveTo(1, 0, PATHS);
        return tile;
    }
}
