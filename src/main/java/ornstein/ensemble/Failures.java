package ornstein.ensemble;

import org.jspecify.annotations.Nullable;

/// Paths whose state became infinite or not a number, or whose step failed. They are left out of all statistics.
///
/// @param count how many
/// @param first that with the lowest number, or null
public record Failures(long count, @Nullable First first) {
    /// No path has failed.
    public static final Failures NONE = new Failures(0, null);

    /// A path that has failed; the seed and its number give it again.
    ///
    /// @param path its number
    /// @param step steps it had done when its state was no longer finite
    public record First(long path, long step) {}

    /// With those among the paths that follow.
    Failures and(Failures right) {
        return new Failures(count + right.count, first != null ? first : right.first);
    }
}
