package ornstein.ensemble;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import ornstein.device.Device;
import ornstein.device.Devices;
import ornstein.kernel.Precision;

/// A program for a JVM with a device: a sweep of a parameter (of `-Dornstein.points` values, 3 by default) on one
/// device,
/// the same with a new device for each value, and an ensemble in pieces. Prints a line a run, `run, name, hash of the
/// results, seconds`; with `-Dtornado.printKernel=True` TornadoVM prints the source of each kernel that it compiles.
final class DeviceSweep {
    private static final long PATHS = 4 * 4096 + 616;

    private DeviceSweep() {}

    public static void main(String[] arguments) throws IOException {
        int points = Integer.getInteger("ornstein.points", 3);
        for (String what : arguments) {
            Device device = Devices.here().getFirst();
            if (what.equals("pieces")) run("0", new Ensemble(spec(0.25), device).pieces(2));
            else {
                for (int k = 0; k < points; k++) {
                    Device one = what.equals("alone") ? Devices.here().getFirst() : device;
                    run(Integer.toString(k), new Ensemble(spec(0.25 + 0.05 * k), one));
                }
            }
        }
        System.exit(0);
    }

    private static EnsembleSpec spec(double temperature) {
        return Runs.request(
                        Runs.model("double-well", Map.of("T", temperature)),
                        "euler-maruyama",
                        PATHS,
                        0.02,
                        20,
                        5,
                        Precision.F64,
                        0.1,
                        0.2)
                .resolve()
                .ensemble();
    }

    private static void run(String name, Ensemble ensemble) throws IOException {
        long begun = System.nanoTime();
        EnsembleResult result = ensemble.run();
        double seconds = (System.nanoTime() - begun) / 1e9;
        var bytes = new ByteArrayOutputStream();
        result.write(new DataOutputStream(bytes));
        System.out.println(
                String.format(Locale.ROOT, "run\t%s\t%08x\t%.3f", name, Arrays.hashCode(bytes.toByteArray()), seconds));
    }
}
