package ornstein.device;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import ornstein.kernel.Precision;

/// A program for a JVM with a device: what the check says of the device as it is, and of one that gives a wrong number
/// for a single path in one of the check's kernels. Prints a line a case: precision, the kernel or `honest`, what is
/// said.
final class DeviceLies {
    /// A path that is to fail, and neither the first nor the last.
    private static final int PATH = 1000;

    private DeviceLies() {}

    public static void main(String[] arguments) {
        boolean fastMath = arguments.length > 0;
        Device device = Devices.here().getFirst();
        for (Precision precision : Precision.values()) {
            tell(precision, "honest", device, fastMath);
            for (int k = 1; ; k++) {
                Lying lying = new Lying(device, k, share(precision, k, fastMath));
                tell(precision, Integer.toString(k), lying, fastMath);
                if (lying.opened < k) break;
            }
        }
        System.exit(0);
    }

    /// How far the number is off. The first kernel's numbers are words over 2^32.
    private static double share(Precision precision, int kernel, boolean fastMath) {
        if (fastMath) return 1e-2;
        if (precision == Precision.F32) return 1e-5;
        return kernel == 1 ? 1e-9 : 1e-13;
    }

    private static void tell(Precision precision, String which, Device device, boolean fastMath) {
        String said = SelfCheck.run(device, precision, fastMath).orElse("right");
        System.out.println(precision + "\t" + which + "\t" + said);
    }

    private static final class Lying implements Device {
        private final Device device;
        private final int where;
        private final double share;
        private int opened;

        Lying(Device device, int where, double share) {
            this.device = device;
            this.where = where;
            this.share = share;
        }

        @Override
        public DeviceInfo info() {
            return device.info();
        }

        @Override
        public DevicePaths open(PathsPlan plan) {
            DevicePaths paths = device.open(plan);
            return ++opened == where ? lying(paths) : paths;
        }

        private DevicePaths lying(DevicePaths paths) {
            boolean[] run = {false};
            return (DevicePaths) Proxy.newProxyInstance(
                    DevicePaths.class.getClassLoader(), new Class<?>[] {DevicePaths.class}, (self, method, given) -> {
                        try {
                            Object answer = method.invoke(paths, given);
                            if (method.getName().equals("advance")) run[0] = true;
                            if (!run[0]
                                    || given == null
                                    || !Integer.valueOf(PATH).equals(given[given.length - 1])) {
                                return answer;
                            }
                            return switch (method.getName()) {
                                case "get" -> (double) answer + share * Math.max(1, Math.abs((double) answer));
                                case "failedStep" -> -1L;
                                default -> answer;
                            };
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }
    }
}
