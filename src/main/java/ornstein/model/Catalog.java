package ornstein.model;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import ornstein.spec.Nearest;
import ornstein.spec.UserError;
import ornstein.spec.Yaml;
import ornstein.spec.YamlNode;
import ornstein.spec.YamlNode.Mapping;

/// The models that can be asked for: files, and the names of those in `models/`.
public final class Catalog {
    /// The kinds of model. Networks are read by the trainer.
    public enum Kind {
        SDE,
        LOSS,
        NETWORK;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// A model's file and what stands at its top.
    public record Entry(String name, Kind kind, String about, Path file, Mapping spec) {
        /// The model in this file.
        /// @param overrides values in the place of the file's parameters
        /// @throws UserError if the file is not a correct model, or describes a network
        public Model read(Map<String, Double> overrides) {
            Path parent = file.toAbsolutePath().getParent();
            return switch (kind) {
                case SDE -> SdeReader.read(spec, overrides);
                case LOSS -> LossReader.read(spec, overrides, parent == null ? file : parent);
                case NETWORK ->
                    throw new UserError(file + ": " + name + " is a network; it can be trained (ornstein train), not"
                            + " simulated");
            };
        }
    }

    private final Path models;

    /// @param models the folder of the models that have names
    public Catalog(Path models) {
        this.models = models;
    }

    /// The catalog of this installation: the folder `models` in the folder that the system property `ornstein.home`
    /// or else the environment variable ORNSTEIN_HOME names, else in the working directory.
    public static Catalog installed() {
        String home = System.getProperty("ornstein.home", System.getenv().getOrDefault("ORNSTEIN_HOME", "."));
        return new Catalog(Path.of(home).resolve("models").normalize());
    }

    /// The model that a file or a name means on the command line.
    public Model model(String fileOrName, Map<String, Double> overrides) {
        return find(fileOrName, Optional.empty()).read(overrides);
    }

    /// Looks a model up: as a file, as a name in a spec's folder, as a name in `models/`.
    /// @param specFolder the folder of the spec that names the model; relative files are looked up there first
    /// @throws UserError if there is none, or its head is wrong
    public Entry find(String fileOrName, Optional<Path> specFolder) {
        List<Path> tried = new ArrayList<>();
        try {
            specFolder.ifPresent(folder -> tried.add(folder.resolve(fileOrName)));
            if (specFolder.isEmpty()) {
                tried.add(Path.of(fileOrName));
            }
            if (ModelReader.NAME.matcher(fileOrName).matches()) {
                specFolder.ifPresent(folder -> tried.add(folder.resolve(fileOrName + ".yaml")));
                tried.add(models.resolve(fileOrName + ".yaml"));
            } else if (specFolder.isPresent()) {
                tried.add(models.resolve(fileOrName));
            }
        } catch (InvalidPathException e) {
            throw new UserError("\"" + fileOrName + "\" is neither a file nor the name of a model: " + e.getReason());
        }
        for (Path file : tried) {
            if (Files.isRegularFile(file)) {
                return entry(file);
            }
        }
        List<String> names = files().stream().map(Catalog::stem).toList();
        throw new UserError("there is no model \"" + fileOrName + "\": neither a file nor a name in " + models
                + Nearest.hint(fileOrName, names));
    }

    /// All models in `models/`, by name.
    public List<Entry> entries() {
        return files().stream().map(Catalog::entry).toList();
    }

    private List<Path> files() {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(models)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(models, "*.yaml")) {
                found.forEach(files::add);
            } catch (IOException e) {
                throw new UserError("the folder " + models + " cannot be read: " + e.getMessage(), e);
            }
        }
        files.sort(Comparator.comparing(Catalog::stem));
        return files;
    }

    private static String stem(Path file) {
        return String.valueOf(file.getFileName()).replaceFirst("\\.yaml$", "");
    }

    private static Entry entry(Path file) {
        Mapping spec = Yaml.tree(file).asMapping();
        YamlNode kind = spec.get("kind");
        for (Kind k : Kind.values()) {
            if (k.text().equals(kind.asText())) {
                return new Entry(ModelReader.name(spec), k, ModelReader.about(spec), file, spec);
            }
        }
        throw kind.place()
                .error("unknown kind \"" + kind.asText() + "\""
                        + Nearest.hint(
                                kind.asText(),
                                Arrays.stream(Kind.values()).map(Kind::text).toList()));
    }
}
