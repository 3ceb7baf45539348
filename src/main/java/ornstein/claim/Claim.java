package ornstein.claim;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import ornstein.spec.UserError;
import ornstein.spec.Yaml;
import ornstein.spec.YamlNode;

/// A claim of the theory, as its `claim.yaml` states it.
///
/// @param id `C01` ... `C99`
/// @param name its folder's name without the id, `[a-z0-9-]+`
/// @param group the claims that are run together
/// @param statement what is claimed
/// @param prediction what is predicted of the experiment, and how it is judged
/// @param source where it is claimed
/// @param experiment the experiment that tests it, if there is one yet
/// @param folder the folder that holds its `claim.yaml`
public record Claim(
        String id,
        String name,
        String title,
        String group,
        String statement,
        String prediction,
        String source,
        @Nullable Trial experiment,
        Path folder) {

    /// The experiment on a claim: its kind, and its numbers as YAML that the kind reads.
    ///
    /// @param kind which [Experiment]
    /// @param limits what the predictions are judged by
    /// @param settings the size of the experiment, by data set and by scale
    public record Trial(String kind, YamlNode limits, YamlNode settings) {}

    /// The experiment's numbers for a data set at a scale as lists, maps and texts: what the hash of a run is taken
    /// of.
    public Object plainSettings(String data, Scale scale) {
        YamlNode node = experiment == null ? null : find(experiment.settings(), data, scale);
        return node == null ? "none" : List.of(trial().kind(), plain(trial().limits()), plain(node));
    }

    private static Object plain(YamlNode node) {
        return switch (node) {
            case YamlNode.Scalar scalar -> scalar.text();
            case YamlNode.Sequence sequence ->
                sequence.items().stream().map(Claim::plain).toList();
            case YamlNode.Mapping mapping -> {
                Map<String, Object> values = new LinkedHashMap<>();
                mapping.entries().forEach(entry -> values.put(entry.key(), plain(entry.value())));
                yield values;
            }
        };
    }

    /// The file that keeps what came out on a data set: `RESULT.md` beside `claim.yaml`, for other data than
    /// `synthetic` in a folder of their name.
    public Path resultOn(String data) {
        return (data.equals("synthetic") ? folder : folder.resolve(data)).resolve("RESULT.md");
    }

    /// The experiment's limits.
    public <T> T limits(Class<T> type) {
        return Yaml.read(trial().limits(), type);
    }

    /// Whether the experiment is defined for a data set at a scale.
    public boolean has(String data, Scale scale) {
        return experiment != null && find(experiment.settings(), data, scale) != null;
    }

    /// The experiment's numbers for a data set at a scale.
    public <T> T settings(String data, Scale scale, Class<T> type) {
        YamlNode node = find(trial().settings(), data, scale);
        if (node == null) {
            throw new UserError(id + " has no experiment on " + data + " at scale " + scale.text() + "; see " + folder
                    + "/claim.yaml");
        }
        return Yaml.read(node, type);
    }

    private static @Nullable YamlNode find(YamlNode settings, String data, Scale scale) {
        YamlNode scales = settings.asMapping().find(data);
        return scales == null ? null : scales.asMapping().find(scale.text());
    }

    private Trial trial() {
        if (experiment == null) {
            throw new UserError(id + " has no experiment yet; see " + folder + "/claim.yaml");
        }
        return experiment;
    }
}
