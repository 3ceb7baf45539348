package ornstein.spec;

/// What was asked is wrong: one line that names the file, place, value, limit and remedy. Ends a command with
/// exit code 2, without a stack trace.
public final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String line;

    public UserError(String message) {
        super(message);
        line = message;
    }

    public UserError(String message, Throwable cause) {
        super(message, cause);
        line = message;
    }

    @Override
    public String getMessage() {
        return line;
    }
}
