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
    @SuppressWarnings("unchecked")
    public static List<Device> here() {
        try {
            return (List<Device>)
                    Class.forName(IMPLEMENTATION).getMethod("all").invoke(null);
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new UserError(Fault.of(e).message(), e);
        }
    }
}
