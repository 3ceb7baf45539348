package ornstein.spec;

/// What a value must satisfy. The reader that makes it adds file and place to the message.
public final class Require {
    private Require() {}

    /// @throws IllegalArgumentException with the message where the condition does not hold
    public static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
