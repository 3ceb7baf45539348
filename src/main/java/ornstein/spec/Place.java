package ornstein.spec;

/// Where a value stands: file, and line and column counted from 1.
public record Place(String file, int line, int column) {
    /// The error to throw for what stands here: `FILE:LINE:COLUMN: MESSAGE`.
    public UserError error(String message) {
        return new UserError(this + ": " + message);
    }

    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
