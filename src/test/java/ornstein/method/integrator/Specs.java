package ornstein.method.integrator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import ornstein.model.Catalog;
import ornstein.model.Model;

/// Models to integrate.
final class Specs {
    private static final Catalog CATALOG = new Catalog(Path.of("models"));

    private Specs() {}

    static Model model(String name) {
        return model(name, Map.of());
    }

    static Model model(String name, Map<String, Double> overrides) {
        return CATALOG.model(name, overrides);
    }

    /// A model from the text of a spec.
    static Model of(String yaml) {
        try {
            Path file = Files.createTempFile("equation", ".yaml");
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
}
