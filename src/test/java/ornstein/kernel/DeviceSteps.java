package ornstein.kernel;

import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import ornstein.device.Device;
import ornstein.device.DevicePaths;
import ornstein.device.Devices;
import ornstein.device.PathsPlan;

/// A program for a JVM with a device: compares steps with the scalar reference, and prints a line a case.
@SuppressWarnings("EnumOrdinal") // cases alternate
final class DeviceSteps {
    private DeviceSteps() {}

    /// With the property `ornstein.alternate`, single and double precision in turn.
    ///
    /// @param arguments number of paths, then parts of the names of cases, or none for all
    public static void main(String[] arguments) throws Exception {
        Device device = Devices.here().getFirst();
        int paths = Integer.parseInt(arguments[0]);
        boolean alternate = Boolean.getBoolean("ornstein.alternate");
        int number = 0;
        for (Cases.Case c : Cases.all().toList()) {
            if (arguments.length > 1 && Stream.of(arguments).skip(1).noneMatch(c.name()::contains)) continue;
            number++;
            for (Precision precision : Precision.values()) {
                if (alternate && precision.ordinal() != number % 2) continue;
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

    /// The largest difference after one step, and failures that differ. Steps differ in the step number, so that all
    /// phases of the noise are seen.
    private static String compare(Device device, Cases.Case c, Precision precision, int n) {
        int coordinates = c.step().next().size();
        DeviceCode code = DeviceCode.of(c.step(), precision);
        PathsPlan plan = new PathsPlan(code, null, coordinates, c.step().state().size(), 0, false, n);
        Kernel kernel = Kernel.of(c.step(), precision, Backend.SCALAR);
        Block block = kernel.newBlock(n);
        block.reset(11, 3, n);
        kernel.start(block, c.model().start());
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < c.step().state().size(); k++) {
                block.set(k, i, block.get(k, i) * (1 + 0.1 * random.nextDouble()) + 0.01 * random.nextDouble());
            }
        }
        double[][] before = new double[coordinates][n];
        double ulps = 0;
        long differ = 0;
        try (DevicePaths there = device.open(plan)) {
            for (int i = 0; i < n; i++) {
                for (int k = 0; k < coordinates; k++) {
                    before[k][i] = block.get(k, i);
                    there.set(k, i, before[k][i]);
                }
            }
            there.begin(11, 3, n);
            there.advance(6, 1);
            kernel.advance(block, 6, 1);
            there.fetchStates();
            there.fetchFailures();
            for (int i = 0; i < n; i++) {
                if (there.failedStep(i) != block.failedStep(i)) differ++;
                if (block.failedStep(i) >= 0) continue;
                double scale = 0;
                for (int k = 0; k < coordinates; k++) {
                    scale = Math.max(scale, Math.max(Math.abs(before[k][i]), Math.abs(block.get(k, i))));
                }
                for (int k = 0; k < coordinates; k++) {
                    ulps = Math.max(ulps, Math.abs(there.get(k, i) - block.get(k, i)) / ulp(scale, precision));
                }
            }
        }
        return String.format(Locale.ROOT, "%.2f\t%d", ulps, differ);
    }

    private static double ulp(double x, Precision precision) {
        return precision == Precision.F32 ? Math.ulp((float) x) : Math.ulp(x);
    }
}
