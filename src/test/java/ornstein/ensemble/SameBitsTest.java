package ornstein.ensemble;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import ornstein.kernel.Backend;
import ornstein.kernel.Precision;
import ornstein.method.Methods;
import ornstein.model.Catalog;
import ornstein.spec.UserError;

/// Results do not depend on threads, blocks or back end.
class SameBitsTest {
    /// Five leaves, the last of 616 paths.
    private static final long PATHS = 4 * 4096 + 616;

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

    record Case(String model, String method, Precision precision) {}

    /// Every method on every model of the catalog that it serves, in both precisions.
    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (Catalog.Entry entry : new Catalog(Path.of("models")).entries()) {
            if (entry.kind() == Catalog.Kind.NETWORK) continue;
            for (String method : Methods.suitable(entry.read(Map.of()))) {
                for (Precision precision : Precision.values()) {
                    cases.add(new Case(entry.name(), method, precision));
                }
            }
        }
        return cases;
    }

    /// Two leaves, the second of a few paths.
    @ParameterizedTest
    @MethodSource("cases")
    void ofEveryMethodOnEveryModel(Case c) throws IOException {
        EnsembleSpec spec = spec(c);
        if (spec == null) return;
        byte[] golden = bits(spec, Backend.SCALAR, 1, 4096);
        assertArrayEquals(golden, bits(spec, Backend.VECTOR, 2, 1024));
        assertArrayEquals(golden, bits(spec, Backend.VECTOR, 1, 256));
    }

    /// With weight decay where it must be there; null where the method refuses the model or the precision.
    private static @Nullable EnsembleSpec spec(Case c) {
        for (Map<String, Double> numbers : List.of(Map.<String, Double>of(), Map.of("lambda", 0.5))) {
            try {
                return Runs.request(
                                Runs.model(c.model, Map.of()), c.method, 4096 + 152, 0.01, 6, 3, c.precision, numbers)
                        .resolve()
                        .ensemble();
            } catch (UserError e) {
                String said = String.valueOf(e.getMessage());
                if (numbers.isEmpty() && said.startsWith("--lambda")) continue;
                assertTrue(said.startsWith(c.method) || said.startsWith("--precision f32: " + c.method), said);
                return null;
            }
        }
        throw new AssertionError();
    }

    @ParameterizedTest
    @CsvSource({"ou, F64", "double-well, F32", "ou-2d, F64", "cir, F32"})
    void onAnEquation(String model, Precision precision) throws IOException {
        same(Runs.request(Runs.model(model, Map.of()), "euler-maruyama", PATHS, 0.01, 30, 7, precision, 0.05, 0.1)
                .resolve()
                .ensemble());
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void onALoss(Precision precision) throws IOException {
        same(Runs.request(Runs.model("four-points", Map.of()), "sgd", PATHS, 0.1, 30, 7, precision, 5.0)
                .resolve()
                .ensemble());
    }

    @Test
    void wherePathsFail() throws IOException {
        EnsembleSpec spec = Runs.euler("cubic", PATHS, 0.6, 20, 7, 0.6).ensemble();
        EnsembleResult result = new Ensemble(spec, Backend.SCALAR).run();
        assertTrue(
                result.failures().count() > 10 && result.count() > 10,
                result.failures().toString());
        same(spec);
    }
}
