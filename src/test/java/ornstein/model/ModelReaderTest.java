package ornstein.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ornstein.spec.UserError;

class ModelReaderTest {
    private static final String SDE = """
            kind: sde
            name: test
            parameters: {T: 0.25}
            state: [x, y]
            drift: ["-x", "-y + t"]
            diffusion: sqrt(2*T)
            start: [1, 2]
            observables: {r: x^2 + y^2}
            """;
    private static final String LOSS = """
            kind: loss
            name: test
            state: [w]
            data: {a: [1, 2], b: [3, 4]}
            loss: a*(w - b)^2/2
            start: [1]
            """;

    @TempDir
    Path folder;

    /// The line that a replacement makes wrong, and what is said about it.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "kind: sde | kind: sdee | :1:7: unknown kind \"sdee\"; did you mean \"sde\"?",
                "name: test | name: Test | :2:7: a name has 1 to 64 lower-case letters",
                "drift: | drifts: | :5:1: unknown key \"drifts\"; did you mean \"drift\"?",
                "-x\" | -z\" | :5:9: drift 1: unknown name 'z'",
                "[\"-x\", \"-y + t\"] | [\"-x\"] | :5:8: drift has 1 entry; the state has 2",
                "drift: [\"-x\", \"-y + t\"] | potential: x^2*t | :5:12: potential: unknown name 't'",
                "start: [1, 2] | potential: x^2 | :5:8: a model has either a drift or a potential, not both",
                "state: [x, y] | state: [x, x] | :4:12: the coordinate \"x\" has the name of another symbol",
                "state: [x, y] | state: [x, T] | :4:12: the coordinate \"T\" has the name of another symbol",
                "state: [x, y] | state: [x, sin] | :4:12: \"sin\" has a meaning of its own",
                "state: [x, y] | state: [x, t] | :4:12: \"t\" has a meaning of its own",
                "state: [x, y] | state: [x, 2y] | :4:12: the coordinate \"2y\" must be letters",
                "state: [x, y] | state: [] | :4:8: a model has at least one coordinate",
                "state: [x, y] | state: {} | :4:8: expected a list, found a mapping",
                "sqrt(2*T) | sqrt(2*S) | :6:12: diffusion: unknown name 'S'",
                "sqrt(2*T) | [1] | :6:12: diffusion has 1 entry; the state has 2",
                "sqrt(2*T) | [[1, 2], [3]] | :6:21: row 2 of the diffusion has 1 entry; row 1 has 2",
                "sqrt(2*T) | [[], []] | :6:13: row 1 of the diffusion has 0 entries",
                "sqrt(2*T) | [[1, 2], 3] | :6:21: expected a list, found the number 3",
                "start: [1, 2] | start: [1] | :7:8: start has 1 entry; the state has 2",
                "start: [1, 2] | start: [1, x] | :7:12: start: unknown name 'x'",
                "start: [1, 2] | start: [1, 1e999] | :7:12: the number 1e999 is beyond the range",
                "start: [1, 2] | start: {normal: {mean: [0, 0], cov: [[1, 2], [2, 1]]}} | :7:37: cov is not positive",
                "start: [1, 2] | start: {normal: {mean: [0, 0], cov: [[1, 2], [3, 9]]}} | :7:37: cov is not symmetric",
                "start: [1, 2] | start: {normal: {mean: [0, 0], cov: [[1]]}} | :7:37: cov must be a 2 x 2 matrix",
                "T: 0.25 | T: 1/0 | :3:17: parameter T: division by zero in a constant",
                "T: 0.25 | T: yes | :3:17: parameter T: unknown name 'yes'",
                "x^2 + y^2 | x^2 + q^2 | :8:18: observable r: unknown name 'q'",
            })
    void errorsNameFileLineAndColumn(String right, String wrong, String message) {
        assertTrue(SDE.contains(right), right);
        refused(SDE.replace(right, wrong), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "b: [3, 4] | b: [3] | :4:19: column b has 1 entry; column a has 2",
                "b: [3, 4] | w: [3, 4] | :4:7: the data column \"w\" has the name of another symbol",
                "b: [3, 4] | b: [3, x] | :4:26: expected a number, found \"x\"",
                "{a: [1, 2], b: [3, 4]} | {} | :4:7: data has no columns",
                "{a: [1, 2], b: [3, 4]} | {csv: none.csv} | none.csv does not exist",
                "{a: [1, 2], b: [3, 4]} | {csv: ../x.csv} | must lie below the spec's folder",
                "{a: [1, 2], b: [3, 4]} | {csv: /etc/passwd} | must lie below the spec's folder",
                "{a: [1, 2], b: [3, 4]} | {csv: .} | is not a regular file",
                "{a: [1, 2], b: [3, 4]} | {csv: x.csv, a: [1]} | :4:20: unknown key \"a\"",
                "(w - b) | (w - c) | :5:7: loss: unknown name 'c'",
                "loss: a | loss: t*a | :5:7: loss: unknown name 't'",
                "start | drift | :6:1: unknown key \"drift\"",
            })
    void errorsOfALoss(String right, String wrong, String message) {
        assertTrue(LOSS.contains(right), right);
        refused(LOSS.replace(right, wrong), message);
    }

    @Test
    void aLossHasColumnsGradientAndHessian() {
        LossModel m = (LossModel) read(LOSS);
        assertEquals(2, m.examples());
        assertArrayEquals(new double[] {3, 4}, m.data().column(1));
        assertEquals("a*(w - b)", m.gradient().get(0).toString());
        assertEquals("a", m.hessian().get(0).get(0).toString());
        LossModel one = (LossModel)
                read(LOSS.replace("data: {a: [1, 2], b: [3, 4]}\n", "").replace("a*(w - b)", "w"));
        assertEquals(1, one.examples());
        assertEquals(List.of(), one.data().names());
    }

    @Test
    void csvColumnsAreRead() throws IOException {
        Files.writeString(folder.resolve("p.csv"), "a, b\n1,2.5e0\n -3 ,.5\r\n\n");
        LossModel m = (LossModel) read(LOSS.replace("{a: [1, 2], b: [3, 4]}", "{csv: p.csv}"));
        assertArrayEquals(new double[] {1, -3}, m.data().column(0));
        assertArrayEquals(new double[] {2.5, 0.5}, m.data().column(1));
        String before = m.canonical();
        Files.writeString(folder.resolve("p.csv"), "a,b\n1,2.5\n-3,0.25\n");
        assertNotEquals(
                before,
                read(LOSS.replace("{a: [1, 2], b: [3, 4]}", "{csv: p.csv}")).canonical());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a,b\\n1\\n | p.csv:2: 1 values; the first line names 2 columns",
                "a,b\\n1,x\\n | p.csv:2: \"x\" is not a finite number",
                "a,b\\n1,2\\n1,NaN\\n | p.csv:3: \"NaN\" is not a finite number",
                "a,b\\n1,1e999\\n | p.csv:2: \"1e999\" is not a finite number",
                "a,b\\n1,0x10\\n | p.csv:2: \"0x10\" is not a finite number",
                "a,b\\n | p.csv: there is no line of data",
                " | p.csv:1: the first line must name the columns",
                "a,a\\n1,2\\n | the data column \"a\" has the name of another symbol",
                "a,=cmd()\\n1,2\\n | the data column \"=cmd()\" must be letters",
            })
    void wrongCsvIsRefused(String csv, String message) throws IOException {
        Files.writeString(folder.resolve("p.csv"), csv == null ? "" : csv.replace("\\n", "\n"));
        refused(LOSS.replace("{a: [1, 2], b: [3, 4]}", "{csv: p.csv}"), message);
    }

    @Test
    void aLinkOutOfTheFolderIsRefused(@TempDir Path elsewhere) throws IOException {
        Path target = Files.writeString(elsewhere.resolve("secret.csv"), "a,b\n1,2\n");
        Files.createSymbolicLink(folder.resolve("p.csv"), target);
        refused(LOSS.replace("{a: [1, 2], b: [3, 4]}", "{csv: p.csv}"), "leads outside the spec's folder");
    }

    @Test
    void aLargeCsvIsRefused() throws IOException {
        try (var file = new java.io.RandomAccessFile(folder.resolve("p.csv").toFile(), "rw")) {
            file.setLength(Csv.MAX_BYTES + 1);
        }
        refused(LOSS.replace("{a: [1, 2], b: [3, 4]}", "{csv: p.csv}"), "at most 67108864 are allowed");
    }

    @Test
    void aNetworkIsNotSimulated() {
        refused("kind: network\nname: n\ninput: [2]\n", "n is a network; it can be trained");
    }

    @Test
    void aNormalStartHasAFactor() {
        SdeModel m =
                (SdeModel) read(SDE.replace("start: [1, 2]", "start: {normal: {mean: [T, 1], cov: [[4, 2], [2, 2]]}}"));
        assertEquals(List.of(0.25, 1.0), m.start().mean());
        double[][] l = m.start().factor();
        assertArrayEquals(new double[] {2, 0}, l[0], 1e-15);
        assertArrayEquals(new double[] {1, 1}, l[1], 1e-15);
        assertArrayEquals(new double[] {0, 0}, Start.at(List.of(1.0, 2.0)).factor()[1]);
    }

    @Test
    void specsThatMeanTheSameHaveTheSameCanonicalText() {
        String other = SDE.replace("-x\"", "0 - 1*x\"").replace("sqrt(2*T)", "[\"sqrt(T+T)\", sqrt(2*T)]");
        assertEquals(read(SDE).canonical(), read(other).canonical());
        assertNotEquals(read(SDE).canonical(), read(SDE.replace("0.25", "0.5")).canonical());
    }

    private Model read(String spec) {
        try {
            Path file = Files.writeString(folder.resolve("spec.yaml"), spec);
            return new Catalog(folder).model(file.toString(), Map.of());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void refused(String spec, String message) {
        String said = assertThrows(UserError.class, () -> read(spec)).getMessage();
        assertTrue(said.contains(message), said);
    }
}
