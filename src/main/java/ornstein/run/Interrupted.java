package ornstein.run;

/// Thrown by [Interruption#check] after Ctrl-C: the state is saved, the same command goes on from it. Exit code 130.
public final class Interrupted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Interrupted() {
        super("interrupted", null, false, false);
    }
}
