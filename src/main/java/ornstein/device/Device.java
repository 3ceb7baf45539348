package ornstein.device;

/// A device that runs kernels: the whole of TornadoVM, as the rest of the program sees it.
public interface Device {
    DeviceInfo info();

    /// Makes room for paths, and compiles.
    DevicePaths open(PathsPlan plan);
}
