package ornstein.ensemble;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import ornstein.device.Device;
import ornstein.device.DeviceInfo;
import ornstein.device.DevicePaths;
import ornstein.device.Devices;
import ornstein.device.PathsPlan;
import ornstein.kernel.Backend;
import ornstein.kernel.Precision;

/// A program for a JVM with a device: ensembles on it against those of the scalar reference. Prints a line a case,
/// `name, value`.
final class DeviceEnsembles {
    private static final long PATHS = 4 * 4096 + 616;

    private DeviceEnsembles() {}

    public static void main(String[] arguments) throws IOException {
        Device device = Devices.here().getFirst();
        for (String what : arguments) {
            switch (what) {
                case "bits" -> bits(device);
                case "close" -> close(device);
                case "limited" -> limited(device);
                default -> throw new IllegalArgumentException(what);
            }
        }
        System.exit(0);
    }

    private static byte[] bytes(EnsembleResult result) throws IOException {
        var bytes = new ByteArrayOutputStream();
        result.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static EnsembleSpec spec(
            String model, String method, long paths, double size, long steps, long save, Precision p, Double... lags) {
        return Runs.request(Runs.model(model, Map.of()), method, paths, size, steps, save, p, lags)
                .resolve()
                .ensemble();
    }

    /// A step whose states have the bits of the reference: then all statistics have, however the paths are divided.
    private static void bits(Device device) throws IOException {
        EnsembleSpec exact = spec("four-points", "sgd", PATHS, 0.1, 30, 7, Precision.F64, 5.0);
        byte[] golden = bytes(new Ensemble(exact, Backend.SCALAR).run());
        tell("bits whole", Arrays.equals(golden, bytes(new Ensemble(exact, device).run())) ? 1 : 0);
        tell(
                "bits pieces",
                Arrays.equals(
                                golden,
                                bytes(new Ensemble(exact, device).pieces(2).run()))
                        ? 1
                        : 0);
        EnsembleSpec drawn = Runs.request(Runs.text("""
                                kind: sde
                                name: drawn
                                state: [x, y]
                                drift: ["-x - y", "-2*y"]
                                diffusion: 0.1
                                start: {normal: {mean: [1, -1], cov: [[1, 0.2], [0.2, 0.5]]}}
                                """), "euler-maruyama", 12 * 4096, 0.01, 4, 2, Precision.F32)
                .resolve()
                .ensemble();
        byte[] all = bytes(new Ensemble(drawn, device).run());
        byte[] portions = bytes(new Ensemble(drawn, device).pieces(10).run());
        tell("bits drawn starts", Arrays.equals(all, portions) ? 1 : 0);
        EnsembleSpec failing = spec("cubic", "euler-maruyama", PATHS, 0.6, 20, 7, Precision.F64, 0.6);
        EnsembleResult whole = new Ensemble(failing, device).run();
        byte[] pieces = bytes(new Ensemble(failing, device).pieces(2).run());
        tell("bits failing pieces", Arrays.equals(bytes(whole), pieces) ? 1 : 0);
        EnsembleResult reference = new Ensemble(failing, Backend.SCALAR).run();
        tell("same failures", whole.failures().equals(reference.failures()) ? 1 : 0);
        tell("failures", (double) reference.failures().count());
        tell("close failing", furthest(whole, reference));
    }

    /// A device that says it has less memory; counts what is opened.
    private static final class Limited implements Device {
        private final Device device;
        private final long memory;
        private int capacity;

        Limited(Device device, long memory) {
            this.device = device;
            this.memory = memory;
        }

        @Override
        public DeviceInfo info() {
            DeviceInfo i = device.info();
            return new DeviceInfo(i.driver(), i.index(), i.name(), i.kind(), memory, memory, i.units(), i.f64());
        }

        @Override
        public DevicePaths open(PathsPlan plan) {
            capacity = plan.capacity();
            return device.open(plan);
        }
    }

    /// An ensemble that does not fit at once, with histograms, two-time distances and observables.
    private static void limited(Device device) throws IOException {
        EnsembleSpec spec = spec("double-well", "euler-maruyama", PATHS, 0.02, 20, 5, Precision.F64, 0.1, 0.2);
        byte[] whole = bytes(new Ensemble(spec, device).run());
        long each = PathsPlan.bytesPerPath(1, 1, 4, true, 8);
        Limited limited = new Limited(device, 2 * (PathsPlan.bytesPerSketch() + 2 * 4096 * each + 1));
        byte[] pieces = bytes(new Ensemble(spec, limited).run());
        tell("paths at once", limited.capacity);
        tell("bits limited", Arrays.equals(whole, pieces) ? 1 : 0);
    }

    private static void close(Device device) {
        for (Precision p : Precision.values()) {
            for (String model : new String[] {"ou", "ou-2d", "double-well", "kubo"}) {
                EnsembleSpec spec = spec(model, "euler-maruyama", PATHS, 0.01, 40, 5, p, 0.1, 0.2);
                EnsembleResult there = new Ensemble(spec, device).run();
                tell("close " + model + " " + p, furthest(there, new Ensemble(spec, Backend.SCALAR).run()));
            }
        }
    }

    /// The largest difference of a mean, a covariance, an observable or a distance, in standard errors.
    private static double furthest(EnsembleResult a, EnsembleResult b) {
        double worst = 0;
        EnsembleSpec spec = a.spec();
        for (int t = 0; t < spec.saved().size(); t++) {
            for (int v = 0; v < spec.dimension(); v++) {
                double se = Math.max(b.standardError(t, v), 1e-12);
                worst = Math.max(worst, off(a.mean(t, v), b.mean(t, v), se));
                for (int w = 0; w <= v; w++) {
                    double s = Math.sqrt(b.covariance(t, v, v) * b.covariance(t, w, w) / b.count());
                    worst = Math.max(worst, off(a.covariance(t, v, w), b.covariance(t, v, w), Math.max(s, 1e-12)));
                }
            }
            for (int k = 0; k < spec.observables().size(); k++) {
                double se = Math.max(b.observableError(t, k), 1e-9);
                worst = Math.max(worst, off(a.observable(t, k), b.observable(t, k), se));
            }
        }
        for (int l = 0; l < spec.lags().size(); l++) {
            double se = Math.max(b.distanceError(l), 1e-12);
            worst = Math.max(worst, off(a.distance(l), b.distance(l), se));
        }
        return worst;
    }

    /// Of numbers that are the same, infinite ones too, nothing.
    private static double off(double a, double b, double unit) {
        return Double.compare(a, b) == 0 ? 0 : Math.abs(a - b) / unit;
    }

    private static void tell(String name, double value) {
        System.out.println(String.format(Locale.ROOT, "%s\t%.6g", name, value));
    }
}
