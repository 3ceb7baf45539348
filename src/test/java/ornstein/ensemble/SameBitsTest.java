package ornstein.ensemble;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import ornstein.expr.Expr;
import ornstein.expr.Expr.Sym;
import ornstein.kernel.Backend;
import ornstein.kernel.Precision;
import ornstein.method.Halving;
import ornstein.method.Method;
import ornstein.method.Methods;
import ornstein.method.Motion;
import ornstein.method.Sampling;
import ornstein.method.Settings;
import ornstein.method.Step;
import ornstein.model.Catalog;
import ornstein.model.Model;
import ornstein.spec.UserError;

/// Results do not depend on threads, blocks or back end: every statistic, bit for bit.
class SameBitsTest {
    /// Five leaves, the last of 616 paths.
    private static final long PATHS = 4 * 4096 + 616;

    /// Fourteen examples: their batches are too many for one number to name a permutation.
    private static final String MANY = "kind: loss\nname: many\nstate: [w]\ndata: {b: ["
            + IntStream.range(0, 14).mapToObj(i -> "0." + 7 * i).collect(Collectors.joining(", "))
            + "]}\nloss: (w - b)^2/2 + cos(w*b)\nstart: {normal: {mean: [2], cov: [[1]]}}\n";

    /// Paths that start beyond 1 escape to infinity.
    private static final String ESCAPE = """
            kind: loss
            name: escape
            state: [w]
            loss: w^2/2 - w^4/4
            start: {normal: {mean: [0.9], cov: [[0.01]]}}
            """;

    private static byte[] bits(EnsembleSpec spec, Backend backend, int threads, int block) throws IOException {
        var bytes = new ByteArrayOutputStream();
        new Ensemble(spec, backend).threads(threads).blocks(block).run().write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static void same(EnsembleSpec spec) throws IOException {
        byte[] golden = bits(spec, Backend.SCALAR, 1, 4096);
        assertArrayEquals(golden, bits(spec, Backend.SCALAR, 2, 1024));
        assertArrayEquals(golden, bits(spec, Backend.VECTOR, 1, 4096));
        assertArrayEquals(golden, bits(spec, Backend.VECTOR, 3, 256));
        assertArrayEquals(golden, bits(spec, Backend.VECTOR, 2, 2048));
    }

    private static void quicklySame(EnsembleSpec spec) throws IOException {
        byte[] golden = bits(spec, Backend.SCALAR, 1, 4096);
        assertArrayEquals(golden, bits(spec, Backend.VECTOR, 2, 1024));
        assertArrayEquals(golden, bits(spec, Backend.VECTOR, 1, 256));
    }

    record Case(String model, String method, Settings settings, Precision precision) {
        /// Moments at three times, the model's observables and squares, distances at two lags, and sketches.
        EnsembleSpec spec(long paths, long steps) {
            Model of = model.startsWith("kind:") ? Runs.text(model) : Runs.model(model, Map.of());
            Motion motion = Methods.named(method).motion(of, settings);
            Map<String, Expr> observables = new LinkedHashMap<>(of.observables());
            for (Sym s : of.state()) observables.put(":" + s.name(), s.times(s));
            return new EnsembleSpec(
                    motion,
                    of.start(),
                    new LinkedHashMap<>(observables),
                    precision,
                    1,
                    0,
                    paths,
                    steps,
                    List.of(0L, steps / 2, steps),
                    List.of(1L, steps / 2 + 1),
                    of.dimension());
        }

        /// Null where the method refuses the model, or has f64 alone.
        @Nullable EnsembleSpec specIfSuited(long paths, long steps) {
            try {
                EnsembleSpec spec = spec(paths, steps);
                return spec.step() instanceof Step || precision == Precision.F64 ? spec : null;
            } catch (UserError e) {
                String said = String.valueOf(e.getMessage());
                if (said.startsWith("--lambda 0")) {
                    return new Case(model, method, settings.with("lambda", 0.5), precision).specIfSuited(paths, steps);
                }
                assertTrue(
                        Stream.of(method, "--sampling: " + method + " takes no batches", "no modified equation of ")
                                .anyMatch(said::startsWith),
                        said);
                return null;
            }
        }
    }

    private static List<Case> both(String model, String method, Settings settings) {
        return Stream.of(Precision.values())
                .map(precision -> new Case(model, method, settings, precision))
                .toList();
    }

    /// Every method on every model of the catalog that it serves.
    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (Catalog.Entry entry : new Catalog(Path.of("models")).entries()) {
            if (entry.kind() == Catalog.Kind.NETWORK) continue;
            for (String method : Methods.suitable(entry.read(Map.of()))) {
                cases.addAll(both(entry.name(), method, Settings.of(0.01)));
            }
        }
        return cases;
    }

    /// Two leaves, the second of a few paths.
    @ParameterizedTest
    @MethodSource("cases")
    void ofEveryMethodOnEveryModel(Case c) throws IOException {
        EnsembleSpec spec = c.specIfSuited(4096 + 152, 6);
        if (spec != null) quicklySame(spec);
    }

    /// Every algorithm with every sampling of few and of many batches, every limit of every algorithm, and steps that
    /// are halved.
    static List<Case> variants() {
        List<Case> cases = new ArrayList<>();
        for (Method method : Methods.all()) {
            String name = method.name();
            for (String of : method.about().of()) {
                cases.addAll(both("four-points", name, Settings.of(0.01).limitOf(of)));
            }
            if (method.kind() == Method.Kind.ALGORITHM) {
                for (Sampling sampling : Sampling.values()) {
                    Settings settings = Settings.of(0.01).with(sampling);
                    cases.addAll(both("four-points", name, settings));
                    boolean permuted = sampling == Sampling.SHUFFLE || sampling == Sampling.REORDER;
                    if (permuted) cases.addAll(both(MANY, name, settings));
                }
            }
            if (method.options().contains(Halving.TOLERANCE)) {
                Settings halved = Settings.of(0.1).with(Halving.TOLERANCE.name(), 1e-3);
                cases.add(new Case("double-well", name, halved, Precision.F64));
            }
        }
        return cases;
    }

    @ParameterizedTest
    @MethodSource("variants")
    void ofEveryVariant(Case c) throws IOException {
        EnsembleSpec spec = c.specIfSuited(1024 + 152, 12);
        if (spec != null) quicklySame(spec);
    }

    @ParameterizedTest
    @CsvSource({"ou, F64", "double-well, F32", "ou-2d, F64", "cir, F32"})
    void onAnEquation(String model, Precision precision) throws IOException {
        same(new Case(model, "euler-maruyama", Settings.of(0.01), precision).spec(PATHS, 30));
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void onALoss(Precision precision) throws IOException {
        same(new Case("four-points", "sgd", Settings.of(0.1), precision).spec(PATHS, 30));
    }

    /// Where the state leaves the numbers, Newton's rounds do not converge, or steps become too small.
    static List<Case> failing() {
        List<Case> cases = new ArrayList<>();
        cases.addAll(both("cubic", "euler-maruyama", Settings.of(0.6)));
        cases.addAll(both("cubic", "euler-implicit", Settings.of(0.6).with("newton", 4)));
        cases.addAll(both("double-well", "srk-w1", Settings.of(0.3)));
        cases.addAll(both("uv", "sgd", Settings.of(1)));
        cases.addAll(both("uv", "momentum", Settings.of(0.5).with("beta", 0.5).with(Sampling.SHUFFLE)));
        cases.addAll(both(ESCAPE, "gd", Settings.of(0.6)));
        cases.add(new Case(ESCAPE, "gradient-flow", Settings.of(0.6), Precision.F64));
        return cases;
    }

    @ParameterizedTest
    @MethodSource("failing")
    void wherePathsFail(Case c) throws IOException {
        EnsembleSpec spec = c.spec(4096 + 152, 20);
        EnsembleResult result = new Ensemble(spec, Backend.SCALAR).run();
        assertTrue(
                result.failures().count() > 10 && result.count() > 10,
                result.failures().toString());
        quicklySame(spec);
    }

    @Test
    void ofPathsThatAreKept(@TempDir Path temporary) throws IOException {
        EnsembleSpec spec = new Case("cubic", "euler-maruyama", Settings.of(0.6), Precision.F64).spec(4096 + 152, 20);
        Path one = kept(temporary.resolve("one"), spec, Backend.SCALAR, 1);
        Path two = kept(temporary.resolve("two"), spec, Backend.VECTOR, 2);
        for (String leaf : List.of("paths/leaf-000000.parquet", "paths/leaf-000001.parquet")) {
            assertEquals(-1, Files.mismatch(one.resolve(leaf), two.resolve(leaf)), leaf);
        }
    }

    private static Path kept(Path folder, EnsembleSpec spec, Backend backend, int threads) {
        try (Kept kept = new Kept(folder, spec)) {
            new Ensemble(spec, backend).threads(threads).keeping(kept).run();
        }
        return folder;
    }
}
