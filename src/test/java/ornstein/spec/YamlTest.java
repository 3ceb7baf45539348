package ornstein.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlTest {
    enum Sampling {
        IID,
        WITHOUT_RETURN
    }

    record Inner(double a, @Nullable Long b) {}

    sealed interface Shape {}

    record Circle(double radius) implements Shape {}

    record LongBox(double side, double height) implements Shape {}

    record Spec(
            double eta,
            @Default("0.5") double labelNoise,
            @Default("iid") Sampling sampling,
            @Nullable String about,
            @Default("[]") List<Inner> inner,
            @Default("{}") Map<String, Double> parameters,
            @Default("[[1, 2], [3]]") List<List<Double>> matrix,
            @Nullable YamlNode drift,
            @Nullable Shape shape,
            @Default("1") int batch) {
        Spec {
            if (!(eta > 0)) {
                throw new IllegalArgumentException("eta must be positive, not " + eta);
            }
            if (labelNoise > 1) {
                throw new IllegalArgumentException("label-noise must be at most 1, not " + labelNoise);
            }
            if (batch > 100 && eta > 1) {
                throw new IllegalArgumentException("a batch above 100 needs eta at most 1");
            }
        }
    }

    private static Spec read(String text) {
        return Yaml.read("s.yaml", text, Spec.class);
    }

    private static String refused(String text) {
        return assertThrows(UserError.class, () -> read(text)).getMessage();
    }

    @Test
    void everyKindOfComponentIsRead() {
        Spec spec = read("""
                # a comment
                eta: 1e-4
                label-noise: .25
                sampling: without-return
                about: "1e-4"
                inner:
                  - {a: 1}
                  - a: -2.5e+3
                    b: 1e6
                parameters: {z: 1, a: 2, m: 3}
                matrix: [[], [4]]
                drift: [x, 2]
                shape: {kind: long-box, side: 2, height: 3}
                batch: 16
                """);
        assertEquals(1e-4, spec.eta());
        assertEquals(0.25, spec.labelNoise());
        assertEquals(Sampling.WITHOUT_RETURN, spec.sampling());
        assertEquals("1e-4", spec.about());
        assertEquals(List.of(new Inner(1, null), new Inner(-2500, 1_000_000L)), spec.inner());
        assertEquals("[z, a, m]", spec.parameters().keySet().toString());
        assertEquals(List.of(List.of(), List.of(4.0)), spec.matrix());
        assertEquals(List.of("x", "2"), drift(spec).asTexts());
        assertEquals(new LongBox(2, 3), spec.shape());
        assertEquals(16, spec.batch());
    }

    private static YamlNode drift(Spec spec) {
        YamlNode drift = spec.drift();
        if (drift == null) {
            throw new AssertionError("drift is missing");
        }
        return drift;
    }

    @Test
    void aKeyLeftOutHasItsDefault() {
        for (String text : List.of("eta: 1", "{eta: 1, label-noise: , sampling: ~, about: null}")) {
            Spec spec = read(text);
            assertEquals(0.5, spec.labelNoise());
            assertEquals(Sampling.IID, spec.sampling());
            assertNull(spec.about());
            assertEquals(List.of(), spec.inner());
            assertEquals(List.of(List.of(1.0, 2.0), List.of(3.0)), spec.matrix());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{eta: 1, smapling: iid} | s.yaml:1:10: unknown key \"smapling\"; did you mean \"sampling\"? Known: eta,"
                        + " label-noise, sampling, about, inner, parameters, matrix, drift, shape, batch",
                "{batch: 1} | s.yaml:1:1: missing key \"eta\"",
                "{eta: } | s.yaml:1:6: expected a number, found nothing",
                "{eta: big} | s.yaml:1:7: expected a number, found \"big\"",
                "{eta: '1'} | s.yaml:1:7: expected a number, found the quoted text \"1\"",
                "{eta: [1]} | s.yaml:1:7: expected a number, found a list",
                "{eta: .nan} | s.yaml:1:7: expected a number, found \".nan\"",
                "{eta: 1e999} | s.yaml:1:7: the number 1e999 is beyond the range of a double (1.8e308)",
                "{eta: -1} | s.yaml:1:7: eta must be positive, not -1.0",
                "{eta: 1, label-noise: 2} | s.yaml:1:23: label-noise must be at most 1, not 2.0",
                "{batch: 200, eta: 2} | s.yaml:1:1: a batch above 100 needs eta at most 1",
                "{eta: 1, batch: 1.5} | s.yaml:1:17: expected a whole number below 2^63 in size, found 1.5",
                "{eta: 1, batch: 3000000000} | s.yaml:1:17: expected a whole number below 2^31 in size, found 3000000000",
                "{eta: 1, sampling: iidd} | s.yaml:1:20: unknown value \"iidd\"; did you mean \"iid\"? Known: iid, without-return",
                "{eta: 1, eta: 2} | s.yaml:1:10: duplicate key \"eta\"; it stands in line 1 already",
                "{eta: 1, inner: [{a: 1, step: 2}]} | s.yaml:1:25: unknown key \"step\"; known: a, b",
                "{eta: 1, shape: {kind: cirle}} | s.yaml:1:24: unknown kind \"cirle\"; did you mean \"circle\"? Known: circle, long-box",
                "{eta: 1, shape: {radius: 1}} | s.yaml:1:17: missing key \"kind\"",
                "{eta: &a 1, batch: *a} | s.yaml:1:20: aliases (*a) are not allowed in a spec; write the value out",
                "{eta: !!float 1} | s.yaml:1:7: tags (!) are not allowed in a spec; write the plain value",
                "[1, 2] | s.yaml:1:1: expected a mapping (key: value), found a list",
                "{eta: [1 | s.yaml:1:9: not YAML: expected ',' or ']', but got <stream end>",
            })
    void whatIsWrongIsSaidWithItsPlace(String text, String message) {
        assertEquals(message, refused(text));
    }

    @Test
    void linesAndColumnsAreThoseOfTheFile() {
        assertEquals("s.yaml:4:5: unknown key \"step\"; known: a, b", refused("# c\neta: 1\ninner:\n  - step: 1\n"));
        assertEquals(
                "s.yaml:2:1: not YAML: found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for"
                        + " indentation)",
                refused("eta:\n\t1"));
        assertEquals("s.yaml:3:1: a second document begins here; a spec is one document", refused("eta: 1\n---\na: 1"));
        assertEquals("s.yaml:1:1: the file is empty", refused("# nothing\n"));
    }

    @Test
    void textAfterCharactersBeyondThePlaneIsStillQuoted() {
        assertFalse(
                drift(read("{about: \"\uD83D\uDE00\", eta: 1, drift: \"1\"}")).isNumber());
        assertTrue(drift(read("{about: \"\uD83D\uDE00\", eta: 1, drift: 1}")).isNumber());
        assertTrue(Yaml.tree("t", "\uFEFF3").isNumber());
        assertFalse(Yaml.tree("t", "'3'").isNumber());
        assertFalse(Yaml.tree("t", "|\n  3").isNumber());
    }

    @Test
    void hostileFilesAreRefusedSoon(@TempDir Path folder) throws IOException {
        String deep = "[".repeat(50_000);
        assertEquals("s.yaml:1:65: nested deeper than 64 levels", refused("[".repeat(70)));
        assertEquals("s.yaml:1:65: nested deeper than 64 levels", refused(deep));
        StringBuilder laughs = new StringBuilder("a: &a [x, x]\n");
        for (char c = 'b'; c < 'z'; c++) {
            laughs.append(c + ": &" + c + " [*" + (char) (c - 1) + ", *" + (char) (c - 1) + "]\n");
        }
        assertEquals(
                "s.yaml:2:8: aliases (*a) are not allowed in a spec; write the value out", refused(laughs.toString()));
        Path large = Files.write(folder.resolve("large.yaml"), new byte[Yaml.MAX_BYTES + 1]);
        assertMessage(large + " is larger than a spec may be (1048576 bytes)", large);
        Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertMessage(binary + " is not UTF-8 text", binary);
        assertMessage(folder + " is not a regular file", folder);
        assertMessage(folder.resolve("none.yaml") + " does not exist", folder.resolve("none.yaml"));
    }

    private static void assertMessage(String message, Path file) {
        assertEquals(
                message,
                assertThrows(UserError.class, () -> Yaml.read(file, Spec.class)).getMessage());
    }

    @Test
    void editDistanceCountsAnExchangeOnce() {
        assertEquals(1, Nearest.distance("smapling", "sampling"));
        assertEquals(3, Nearest.distance("kitten", "sitting"));
        assertEquals(4, Nearest.distance("", "beta"));
        assertEquals(0, Nearest.distance("eta", "eta"));
    }
}
