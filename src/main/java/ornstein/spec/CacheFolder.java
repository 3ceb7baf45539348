package ornstein.spec;

import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Where the program keeps what it can fetch or measure again: `ORNSTEIN_CACHE`, or `ornstein` below
/// `XDG_CACHE_HOME` or `~/.cache`.
public final class CacheFolder {
    private CacheFolder() {}

    /// @param environment value of an environment variable, or null
    public static Path of(UnaryOperator<@Nullable String> environment) {
        String own = environment.apply("ORNSTEIN_CACHE");
        if (own != null && !own.isEmpty()) {
            return Path.of(own);
        }
        String xdg = environment.apply("XDG_CACHE_HOME");
        Path base = xdg != null && !xdg.isEmpty() ? Path.of(xdg) : Path.of(System.getProperty("user.home"), ".cache");
        return base.resolve("ornstein");
    }
}
