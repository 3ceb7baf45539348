package ornstein.device;

import java.util.Locale;

/// Why a device does not serve, in one line for a user. TornadoVM says so by exceptions of many kinds, whose texts are
/// what tells them apart.
public enum Fault {
    NO_SDK("no SDK of TornadoVM was found when the program was built; install one (sdk install tornadovm, or"
            + " TORNADOVM_HOME=folder), then build again"),
    NO_JVMCI("this JVM has no JVMCI, which TornadoVM takes; use a JDK 25 with it (Temurin, Oracle, GraalVM)"),
    NO_DRIVER("the driver's library could not be loaded; install the vendor's driver (its libOpenCL.so.1 or"
            + " libcuda.so.1)"),
    NO_DEVICE("the driver finds no device; see that the vendor's driver is installed (clinfo, nvidia-smi)"),
    OTHER_SDK("the SDK of TornadoVM is of another version than the one that the program was built with; build again"),
    OUT_OF_MEMORY("the device's memory does not suffice; ask for less, or use another device"),
    LOST("the device failed while it worked, or was taken away; start again, or give --backend vector"),
    COMPILER("the device's compiler does not take this step; give --backend vector, and report it"),
    OTHER("the device does not work");

    private final String message;

    Fault(String message) {
        this.message = message;
    }

    public String message() {
        return message;
    }

    /// What an exception means.
    public static Fault of(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            Fault f = ofOne(t);
            if (f != OTHER) return f;
        }
        return OTHER;
    }

    /// What an exception means, and the first line of its innermost cause.
    public static String line(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) root = root.getCause();
        String text = root.toString().strip().lines().findFirst().orElse("");
        return of(e).message() + " (" + text + ")";
    }

    private static Fault ofOne(Throwable t) {
        String text = (t.getClass().getName() + " " + t.getMessage()).toLowerCase(Locale.ROOT);
        if (t instanceof OutOfMemoryError) return OUT_OF_MEMORY;
        if (text.contains("jvmci is not enabled") || text.contains("unrecognized vm option 'enablejvmci"))
            return NO_JVMCI;
        if (text.contains("jni library not found") || t instanceof UnsatisfiedLinkError) return NO_DRIVER;
        if (text.contains("no opencl platforms") || text.contains("no cuda") || text.contains("no device"))
            return NO_DEVICE;
        if (t instanceof ClassNotFoundException && text.contains("ornstein.tornado")) return NO_SDK;
        if (t instanceof IncompatibleClassChangeError || t instanceof UnsupportedClassVersionError) return OTHER_SDK;
        if (text.contains("outofmemory") || text.contains("out of memory") || text.contains("unable to allocate")) {
            return OUT_OF_MEMORY;
        }
        if (text.contains("tornadobailout") || text.contains("tornadointernalerror")) return COMPILER;
        return OTHER;
    }
}
