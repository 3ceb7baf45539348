package ornstein.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/// Standard error without the JVM's own "WARNING: Using incubator modules", which no flag turns off: the
/// launcher starts the JVM with standard error closed off and the real one as the file descriptor that
/// `ornstein.stderr` names.
final class StandardError {
    private static final int DESCRIPTOR = Integer.getInteger("ornstein.stderr", 2);

    private StandardError() {}

    /// Makes `System.err` the real standard error. Without the launcher it is that already.
    static void take() {
        if (DESCRIPTOR == 2) {
            return;
        }
        try {
            var constructor = FileDescriptor.class.getDeclaredConstructor(int.class);
            constructor.setAccessible(true);
            var real = new FileOutputStream(constructor.newInstance(DESCRIPTOR));
            System.setErr(new PrintStream(real, true, StandardCharsets.UTF_8));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Makes it the real one for native libraries too, which know the number 2 only. Takes a tenth of a second.
    static void giveToNativeCode() {
        if (DESCRIPTOR == 2) {
            return;
        }
        Linker linker = Linker.nativeLinker();
        var dup2 = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("dup2"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        try {
            int number = (int) dup2.invokeExact(DESCRIPTOR, 2);
            assert number == 2;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
