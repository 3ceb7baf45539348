package ornstein.kernel;

import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import ornstein.device.Device;
import ornstein.device.DevicePaths;
import ornstein.device.Devices;
import ornstein.device.PathsPlan;

/// A program for a JVM with a device: compares one step of many paths with the scalar reference, and prints a line a
/// case.
@SuppressWarnings("EnumOrdinal") // cases alternate
final class DeviceSteps {
    /// A path may differ by so many units in the last place of its largest coordinate; beyond it, by twice
    /// the bound of its running error.
    static final double ULPS = 8;

    /// The number of the step: within a block of noise where steps take 1 or 3 normals.
    static final long STEP = 6;

    private DeviceSteps() {}

    /// Of all cases in single and double precision in turn; with the property `ornstein.every=K` every K-th
    /// alone, with `ornstein.both=true` in both precisions.
    ///
    /// @param arguments number of paths, then parts of the names of cases, or none for all
    public static void main(String[] arguments) throws Exception {
        Device device = Devices.here().getFirst();
        int paths = Integer.parseInt(arguments[0]);
        int every = Integer.getInteger("ornstein.every", 1);
        boolean both = Boolean.getBoolean("ornstein.both");
        int number = 0;
        for (Cases.Case c : Cases.all().toList()) {
            if (arguments.length > 1 && Stream.of(arguments).skip(1).noneMatch(c.name()::contains)) continue;
            if (++number % every != 0) continue;
            for (Precision precision : Precision.values()) {
                if (!both && precision.ordinal() != number / every % 2) continue;
                try {
                    System.out.println(c.name() + "\t" + precision + "\t" + compare(device, c, precision, paths));
                } catch (RuntimeException | Error e) {
                    Throwable root = e;
                    while (root.getCause() != null) root = root.getCause();
                    System.out.println(c.name() + "\t" + precision + "\tfailed\t"
                            + root.toString().replace('\n', ' '));
                    if (arguments.length > 1) e.printStackTrace(System.out);
                }
            }
        }
        System.exit(0);
    }

    /// What the device does differently in one step, in the columns
    ///
    /// | column | holds |
    /// |---|---|
    /// | ulps | the largest difference, in units in the last place of the path's largest coordinate |
    /// | failures | paths that fail on one of the two alone |
    /// | beyond | paths that differ by more than [#ULPS] units |
    /// | share | of these, the largest difference as a share of twice the bound that [RunningError] gives |
    /// | moved | of these, how far random roundings move the reference itself, in units as `ulps` |
    private static String compare(Device device, Cases.Case c, Precision precision, int n) {
        DeviceCode code = DeviceCode.of(c.step(), precision);
        int coordinates = c.step().next().size();
        PathsPlan plan = PathsPlan.of(code, coordinates, n);
        Kernel kernel = Kernel.of(c.step(), precision, Backend.SCALAR);
        Block block = kernel.newBlock(n);
        start(kernel, block, c);
        double[][] before = copy(block);
        double[][] there = new double[coordinates][n];
        long differ = 0;
        try (DevicePaths paths = device.open(plan)) {
            for (int k = 0; k < coordinates; k++) {
                for (int i = 0; i < n; i++) paths.set(k, i, before[k][i]);
            }
            paths.begin(block.seed(), block.firstPath(), n);
            paths.advance(STEP, 1);
            kernel.advance(block, STEP, 1);
            paths.fetchStates();
            paths.fetchFailures();
            for (int i = 0; i < n; i++) {
                if (paths.failedStep(i) != block.failedStep(i)) differ++;
                for (int k = 0; k < coordinates; k++) there[k][i] = paths.get(k, i);
            }
        }
        return new Difference(c, precision, before, block, there).line(differ);
    }

    /// Puts the paths of a block near the start of a case, each elsewhere.
    static void start(Kernel kernel, Block block, Cases.Case c) {
        block.reset(11, 3, block.capacity());
        kernel.start(block, c.model().start());
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < block.paths(); i++) {
            for (int k = 0; k < c.step().state().size(); k++) {
                block.set(k, i, block.get(k, i) * (1 + 0.1 * random.nextDouble()) + 0.01 * random.nextDouble());
            }
        }
    }

    static double[][] copy(Block block) {
        double[][] all = new double[block.coordinates()][block.paths()];
        for (int k = 0; k < all.length; k++) block.copy(k, all[k]);
        return all;
    }

    static double[] column(double[][] all, int i) {
        double[] column = new double[all.length];
        for (int k = 0; k < column.length; k++) column[k] = all[k][i];
        return column;
    }

    /// States before and after a step, after it by the reference and by the device.
    private record Difference(Cases.Case c, Precision precision, double[][] before, Block here, double[][] there) {
        String line(long failures) {
            double ulps = 0;
            int beyond = 0;
            double share = 0;
            double moved = 0;
            RunningError error = new RunningError(c.step(), precision);
            SplittableRandom random = new SplittableRandom(7);
            for (int i = 0; i < here.paths(); i++) {
                if (here.failedStep(i) >= 0) continue;
                double scale = 0;
                double most = 0;
                for (int k = 0; k < before.length; k++) {
                    scale = Math.max(scale, Math.max(Math.abs(before[k][i]), Math.abs(here.get(k, i))));
                    most = Math.max(most, Math.abs(there[k][i] - here.get(k, i)));
                }
                double unit = ulp(scale, precision);
                ulps = Math.max(ulps, most / unit);
                if (most <= ULPS * unit) continue;
                beyond++;
                double[] state = column(before, i);
                error.step(state, here.seed(), here.firstPath() + i, STEP, null);
                double[] value = new double[state.length];
                for (int k = 0; k < state.length; k++) {
                    value[k] = error.value(k);
                    share = Math.max(share, Math.abs(there[k][i] - here.get(k, i)) / (2 * error.bound(k)));
                }
                error.step(state, here.seed(), here.firstPath() + i, STEP, random);
                for (int k = 0; k < state.length; k++) {
                    moved = Math.max(moved, Math.abs(error.value(k) - value[k]) / unit);
                }
            }
            return String.format(Locale.ROOT, "%.2f\t%d\t%d\t%.3f\t%.2f", ulps, failures, beyond, share, moved);
        }
    }

    private static double ulp(double x, Precision precision) {
        return precision == Precision.F32 ? Math.ulp((float) x) : Math.ulp(x);
    }
}
