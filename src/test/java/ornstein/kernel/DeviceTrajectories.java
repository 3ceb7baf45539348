package ornstein.kernel;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import ornstein.device.Device;
import ornstein.device.DevicePaths;
import ornstein.device.Devices;
import ornstein.device.PathsPlan;

/// A program for a JVM with a device: a hundred steps of contracting models, whose paths forget what they
/// were rounded by, against the scalar reference. Prints a line a case: name, precision, the largest
/// difference of a coordinate as a share of the path's largest one so far, and paths that failed.
@SuppressWarnings("EnumOrdinal") // cases alternate
final class DeviceTrajectories {
    private static final int PATHS = 1024;
    private static final int STEPS = 100;

    /// Models whose drift contracts everywhere and whose noise does not depend on the state.
    private static final Set<String> MODELS = Set.of(
            "ou",
            "ou-2d",
            "ou-10d",
            "cubic",
            "langevin-oscillator",
            "four-points",
            "noisy-quadratic",
            "noisy-quadratic-2d",
            "quadratic-2d");

    private DeviceTrajectories() {}

    /// @param arguments methods, or none for all; with all, in single and double precision in turn, else in both
    public static void main(String[] arguments) {
        Device device = Devices.here().getFirst();
        List<String> methods = List.of(arguments);
        int number = 0;
        for (Cases.Case c : Cases.catalog()) {
            String[] name = c.name().split(" ");
            if (!MODELS.contains(name[0]) || !methods.isEmpty() && !methods.contains(name[1])) continue;
            number++;
            for (Precision precision : Precision.values()) {
                if (methods.isEmpty() && precision.ordinal() != number % 2) continue;
                System.out.println(c.name() + "\t" + precision + "\t" + compare(device, c, precision));
            }
        }
        System.exit(0);
    }

    private static String compare(Device device, Cases.Case c, Precision precision) {
        int coordinates = c.step().next().size();
        Kernel kernel = Kernel.of(c.step(), precision, Backend.SCALAR);
        Block block = kernel.newBlock(PATHS);
        block.reset(12, 0, PATHS);
        kernel.start(block, c.model().start());
        double[] size = new double[PATHS];
        try (DevicePaths there = device.open(PathsPlan.of(DeviceCode.of(c.step(), precision), coordinates, PATHS))) {
            for (int i = 0; i < PATHS; i++) {
                for (int k = 0; k < coordinates; k++) there.set(k, i, block.get(k, i));
            }
            there.begin(12, 0, PATHS);
            there.advance(0, STEPS);
            there.fetchStates();
            for (int s = 0; s < STEPS; s++) {
                for (int i = 0; i < PATHS; i++) {
                    for (int k = 0; k < coordinates; k++) size[i] = Math.max(size[i], Math.abs(block.get(k, i)));
                }
                kernel.advance(block, s, 1);
            }
            double furthest = 0;
            for (int i = 0; i < PATHS; i++) {
                for (int k = 0; k < coordinates; k++) {
                    double share = Math.abs(there.get(k, i) - block.get(k, i)) / size[i];
                    if (!(share <= furthest)) furthest = share;
                }
            }
            return String.format(Locale.ROOT, "%.3g\t%d", furthest, block.failures());
        }
    }
}
