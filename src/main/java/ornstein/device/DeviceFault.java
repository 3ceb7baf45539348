package ornstein.device;

/// A device failed while it worked. The message is for the user; no trace is wanted.
public final class DeviceFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    public DeviceFault(String message) {
        super(message);
    }

    public DeviceFault(String device, Throwable cause) {
        super(device + ": " + Fault.line(cause), cause);
    }
}
