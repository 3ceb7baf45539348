package ornstein.tornado;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import ornstein.device.Device;
import ornstein.device.DeviceInfo;
import ornstein.device.DevicePaths;
import ornstein.device.PathsPlan;
import uk.ac.manchester.tornado.api.TornadoBackend;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/// The devices of the driver that this JVM was started with.
public final class TornadoDevices {
    private TornadoDevices() {}

    /// All of them, in the driver's order.
    public static List<Device> all() {
        NoAnnotations.install();
        TornadoBackend backend = TornadoRuntimeProvider.getTornadoRuntime().getBackend(0);
        List<Device> devices = new ArrayList<>();
        for (int i = 0; i < backend.getNumDevices(); i++) devices.add(new Found(info(backend, i), new IdleGraph(backend.getDevice(i))));
        return devices;
    }

    private static DeviceInfo info(TornadoBackend backend, int i) {
        TornadoDevice device = backend.getDevice(i);
        String kind =
                switch (device.getDeviceType()) {
                    case GPU -> "gpu";
                    case CPU -> "cpu";
                    default -> "accelerator";
                };
        long memory = device.getMaxGlobalMemory();
        long largest = device.getMaxAllocMemory(); // 0 where a driver does not say
        String driver = backend.getBackendType().name().toLowerCase(Locale.ROOT);
        return new DeviceInfo(
                driver,
                i,
                device.getPhysicalDevice().getDeviceName().strip(),
                kind,
                memory,
                largest > 0 ? largest : memory,
                device.getPhysicalDevice().getDeviceMaxComputeUnits(),
                backend.getBackendType() != TornadoVMBackendType.OPENCL
                        || device.getPhysicalDevice().getDeviceInfo().contains("cl_khr_fp64"));
    }

    private record Found(DeviceInfo info, IdleGraph graphs) implements Device {
        @Override
        public DevicePaths open(PathsPlan plan) {
            return new TornadoPaths(plan, graphs);
        }
    }
}
