package ornstein.ensemble.order;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import ornstein.method.Methods;
import ornstein.method.Settings;
import ornstein.method.Step;
import ornstein.method.StepMethod;
import ornstein.model.Catalog;
import ornstein.model.Model;

/// Models of `models/` and of texts, and steps on them.
final class Problems {
    private static final Catalog CATALOG = new Catalog(Path.of("models"));

    private Problems() {}

    static Model model(String name) {
        return CATALOG.model(name, Map.of());
    }

    /// A model from the text of a spec.
    static Model of(String yaml) {
        try {
            Path file = Files.createTempFile("problem", ".yaml");
            try {
                Files.writeString(file, yaml);
                return CATALOG.model(file.toString(), Map.of());
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Step step(Model model, String method, Settings settings) {
        return ((StepMethod) Methods.named(method)).step(model, settings);
    }
}
