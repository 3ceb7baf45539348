package ornstein.spec;

/// Numbers of things in messages.
public final class Counted {
    private Counted() {}

    /// `1 path`, `20 paths`.
    /// @param noun in the singular; its plural ends with s
    public static String of(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    /// `is` or `are`.
    public static String are(long count) {
        return count == 1 ? "is" : "are";
    }
}
