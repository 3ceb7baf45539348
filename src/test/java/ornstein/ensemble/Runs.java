package ornstein.ensemble;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import ornstein.kernel.Precision;
import ornstein.method.Method;
import ornstein.method.Methods;
import ornstein.method.Sampling;
import ornstein.model.Catalog;
import ornstein.model.Model;

/// Short ways to ask for simulations of the models in `models/`.
final class Runs {
    private Runs() {}

    static Model model(String name, Map<String, Double> overrides) {
        return new Catalog(Path.of("models")).model(name, overrides);
    }

    /// Paths of Euler-Maruyama.
    static Simulation euler(String name, long paths, double dt, long steps, long save, Double... lags) {
        return request(model(name, Map.of()), "euler-maruyama", paths, dt, steps, save, Precision.F64, lags)
                .resolve();
    }

    /// Double precision.
    static Simulation of(Model model, String method, long paths, double stepSize, long steps, long save) {
        return request(model, method, paths, stepSize, steps, save, Precision.F64)
                .resolve();
    }

    /// A model from the text of a spec.
    static Model text(String yaml) {
        try {
            Path file = Files.createTempFile("model", ".yaml");
            try {
                Files.writeString(file, yaml);
                return new Catalog(Path.of("models")).model(file.toString(), Map.of());
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static SimulationRequest request(
            Model model,
            String method,
            long paths,
            double stepSize,
            long steps,
            long save,
            Precision precision,
            Double... lags) {
        return request(model, method, paths, stepSize, steps, save, precision, Map.of(), lags);
    }

    static SimulationRequest request(
            Model model,
            String method,
            long paths,
            double stepSize,
            long steps,
            long save,
            Precision precision,
            Map<String, Double> numbers,
            Double... lags) {
        OptionalDouble size = OptionalDouble.of(stepSize);
        boolean algorithm = Methods.named(method).kind() == Method.Kind.ALGORITHM;
        return new SimulationRequest(
                model,
                method,
                1,
                0,
                paths,
                algorithm ? OptionalDouble.empty() : size,
                algorithm ? size : OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalLong.of(steps),
                save,
                precision,
                numbers,
                Sampling.IID,
                Optional.empty(),
                List.of(lags),
                Optional.empty(),
                true);
    }
}
