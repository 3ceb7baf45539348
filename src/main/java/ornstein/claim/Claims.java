package ornstein.claim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import ornstein.spec.Nearest;
import ornstein.spec.UserError;
import ornstein.spec.Yaml;
import ornstein.spec.YamlNode;

/// The claims of a folder such as `validation/`: one folder each, named by id and name (`c13-fast-equilibrium`),
/// that holds a `claim.yaml`.
public final class Claims {
    private static final Pattern FOLDER = Pattern.compile("(c[0-9]{2})-([a-z0-9-]+)");

    private final TreeMap<String, Claim> byId = new TreeMap<>();

    /// What a `claim.yaml` holds; see [Claim].
    record File(
            String id,
            String title,
            String group,
            String statement,
            String prediction,
            String source,
            @Nullable TrialFile experiment) {}

    /// @param settings by data set and scale, or the id of the claim whose settings are taken: its units are shared
    record TrialFile(String kind, YamlNode limits, YamlNode settings) {}

    private Claims() {}

    /// Reads all claims below a folder.
    public static Claims read(Path validation) {
        Claims claims = new Claims();
        for (Path folder : folders(validation)) {
            Claim claim = read(folder, String.valueOf(folder.getFileName()));
            claims.byId.put(claim.id(), claim);
        }
        claims.byId.replaceAll((id, claim) -> claims.resolved(claim));
        return claims;
    }

    private static List<Path> folders(Path validation) {
        if (!Files.isDirectory(validation)) {
            throw new UserError(validation + " is not a folder: the claims are looked for there");
        }
        try (Stream<Path> entries = Files.list(validation)) {
            return entries.filter(entry -> Files.exists(entry.resolve("claim.yaml")))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Claim read(Path folder, String folderName) {
        Path path = folder.resolve("claim.yaml");
        File file = Yaml.read(path, File.class);
        Matcher name = FOLDER.matcher(folderName);
        if (!name.matches() || !name.group(1).equals(file.id().toLowerCase(Locale.ROOT))) {
            throw new UserError(path + ": the claim " + file.id() + " lies in the folder " + folderName + "; name it "
                    + file.id().toLowerCase(Locale.ROOT) + "-NAME");
        }
        TrialFile trial = file.experiment();
        return new Claim(
                file.id(),
                name.group(2),
                file.title(),
                file.group(),
                file.statement().strip(),
                file.prediction().strip(),
                file.source().strip(),
                trial == null ? null : new Claim.Trial(trial.kind(), trial.limits(), trial.settings()),
                folder);
    }

    /// The claim with the settings it takes from another.
    private Claim resolved(Claim claim) {
        Claim.Trial trial = claim.experiment();
        if (trial == null || !(trial.settings() instanceof YamlNode.Scalar)) {
            return claim;
        }
        Claim other = byId.get(trial.settings().asText());
        if (other == null || other.experiment() == null) {
            throw trial.settings()
                    .place()
                    .error("no claim with settings is called "
                            + trial.settings().asText());
        }
        return new Claim(
                claim.id(),
                claim.name(),
                claim.title(),
                claim.group(),
                claim.statement(),
                claim.prediction(),
                claim.source(),
                new Claim.Trial(trial.kind(), trial.limits(), other.experiment().settings()),
                claim.folder());
    }

    /// All claims, by id.
    public List<Claim> all() {
        return List.copyOf(byId.values());
    }

    /// The claims that names stand for: an id, a folder's name, or a group; each claim once, by id.
    public List<Claim> select(List<String> names) {
        Set<String> chosen = new LinkedHashSet<>();
        for (String name : names) {
            List<Claim> matching = byId.values().stream()
                    .filter(claim -> claim.id().equalsIgnoreCase(name)
                            || claim.group().equals(name)
                            || String.valueOf(claim.folder().getFileName()).equals(name))
                    .toList();
            if (matching.isEmpty()) {
                String hint = Nearest.to(name, groups())
                        .map(group -> "; did you mean " + group + "?")
                        .orElse("; the groups are " + String.join(", ", groups()) + ", the claims " + byId.firstKey()
                                + " to " + byId.lastKey());
                throw new UserError("no claim or group is called " + name + hint + " (ornstein claims lists them)");
            }
            matching.forEach(claim -> chosen.add(claim.id()));
        }
        List<Claim> claims = new ArrayList<>(all());
        claims.removeIf(claim -> !chosen.contains(claim.id()));
        return claims;
    }

    /// The groups, in the order of their first claim.
    public List<String> groups() {
        return byId.values().stream().map(Claim::group).distinct().toList();
    }
}
