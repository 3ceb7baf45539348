package ornstein.run;

import java.lang.reflect.Proxy;

/// Ctrl-C (SIGINT) and SIGTERM as a flag. Long loops save their state and call [#check]; a second signal ends the
/// process at once.
public final class Interruption {
    /// The exit code of a process that such a signal ends.
    public static final int EXIT = 130;

    /// Nanoseconds within which two signals count as one: a terminal's reaches a whole group of processes, and may be
    /// passed on within it.
    private static final long ONCE = 300_000_000;

    private volatile boolean requested;
    private volatile long since;

    /// One that no signal sets.
    public Interruption() {}

    /// One that SIGINT and SIGTERM of this process set from now on.
    public static Interruption ofSignals() {
        Interruption interruption = new Interruption();
        onSignals(interruption::signalled);
        return interruption;
    }

    /// Does something else at each SIGINT and SIGTERM of this process from now on.
    public static void onSignals(Runnable action) {
        handle("INT", action);
        handle("TERM", action);
    }

    /// Whether to stop soon.
    public boolean requested() {
        return requested;
    }

    /// Asks to stop soon, as a signal does.
    public void request() {
        requested = true;
    }

    /// Throws [Interrupted] if a stop was asked for. To be called when the state is saved.
    public void check() {
        if (requested) {
            throw new Interrupted();
        }
    }

    private void signalled() {
        long now = System.nanoTime();
        if (requested) {
            if (now - since < ONCE) return;
            Runtime.getRuntime().halt(EXIT);
        }
        since = now;
        requested = true;
        System.err.println("\ninterrupting: the state is being saved; once more to stop at once");
    }

    /// `sun.misc.Signal` is reached by reflection: the compiler warns of every direct use, and no other way exists.
    private static void handle(String signal, Runnable action) {
        try {
            Class<?> type = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    handler.getClassLoader() == null ? Interruption.class.getClassLoader() : handler.getClassLoader(),
                    new Class<?>[] {handler},
                    (self, method, arguments) -> switch (method.getName()) {
                        case "handle" -> {
                            action.run();
                            yield null;
                        }
                        case "equals" -> self == arguments[0];
                        case "hashCode" -> System.identityHashCode(self);
                        default -> "interruption";
                    });
            type.getMethod("handle", type, handler)
                    .invoke(null, type.getConstructor(String.class).newInstance(signal), proxy);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            throw new IllegalStateException("cannot handle the signal " + signal, e);
        }
    }
}
