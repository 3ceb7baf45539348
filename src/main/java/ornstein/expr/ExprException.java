package ornstein.expr;

/// An expression cannot be built: a constant divides by zero or overflows, or a limit of size is passed.
public final class ExprException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ExprException(String message) {
        super(message);
    }
}
