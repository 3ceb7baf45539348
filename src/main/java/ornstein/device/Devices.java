package ornstein.device;

import java.util.List;
import ornstein.spec.UserError;

/// The devices of this JVM.
public final class Devices {
    private static final String IMPLEMENTATION = "ornstein.tornado.TornadoDevices";

    private Devices() {}

    /// Whether the program was built with an SDK of TornadoVM.
    public static boolean built() {
        try {
            Class.forName(IMPLEMENTATION, false, Devices.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    /// All devices of the driver that this JVM was started with; only in a JVM with the SDK's flags.
    ///
    /// @throws UserError if there are none
    public static List<Device> here() {
        try {
            return found();
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new UserError("--backend tornado: " + Fault.of(e).message(), e);
        }
    }

    @SuppressWarnings("unchecked")
    static List<Device> found() throws ReflectiveOperationException {
        return (List<Device>) Class.forName(IMPLEMENTATION).getMethod("all").invoke(null);
    }
}
