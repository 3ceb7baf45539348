package ornstein.spec;

/// Numbers of things in messages.
public final class Counted {
    private Counted() {}

    /// `1 path`, `20 paths`.
    /// @param noun in the singular; its plural ends with s
    public static String of(long count, String noun) {
        return of(count, noun, noun + "s");
    }

    /// `1 entry`, `2 entries`.
    public static String of(long count, String singular, String plural) {
        return count + " " + (count == 1 ? singular : plural);
    }

    /// `is` or `are`.
    public static String are(long count) {
        return count == 1 ? "is" : "are";
    }
}
