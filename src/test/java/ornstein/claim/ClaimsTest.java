package ornstein.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ornstein.spec.UserError;

class ClaimsTest {
    @TempDir
    private Path folder;

    private record Size(int runs) {}

    private void write(String name, String id, String rest) throws IOException {
        Files.createDirectories(folder.resolve(name));
        Files.writeString(
                folder.resolve(name).resolve("claim.yaml"),
                "id: " + id + "\ntitle: t\ngroup: g-" + id + "\nstatement: s\nprediction: p\nsource: x\n" + rest);
    }

    private static final String EXPERIMENT = """
            experiment:
              kind: k
              limits: {runs: 7}
              settings:
                synthetic:
                  quick: {runs: 3}
            """;

    @Test
    void aClaimTakesTheSettingsOfAnother() throws IOException {
        write("c01-one", "C01", EXPERIMENT);
        write("c02-two", "C02", "experiment: {kind: other, limits: {}, settings: C01}\n");
        Claim two = Claims.read(folder).select(List.of("c02")).getFirst();
        assertEquals(3, two.settings("synthetic", Scale.QUICK, Size.class).runs());
        assertTrue(two.has("synthetic", Scale.QUICK));
        assertFalse(two.has("synthetic", Scale.FULL));
        assertFalse(two.has("mnist", Scale.QUICK));
    }

    @Test
    void claimsAreChosenByIdGroupAndFolderEachOnce() throws IOException {
        write("c01-one", "C01", EXPERIMENT);
        write("c02-two", "C02", "");
        Claims claims = Claims.read(folder);
        assertEquals(
                List.of("C01", "C02"),
                claims.select(List.of("g-C02", "c01-one", "C01")).stream()
                        .map(Claim::id)
                        .toList());
        UserError error = assertThrows(UserError.class, () -> claims.select(List.of("fast")));
        assertTrue(error.getMessage().contains("no claim or group is called fast"), error.getMessage());
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() throws IOException {
        write("c01-one", "C07", "");
        assertTrue(assertThrows(UserError.class, () -> Claims.read(folder))
                .getMessage()
                .contains("the claim C07 lies in the folder c01-one"));
        write("c01-one", "C01", "experiment: {kind: k, limits: {}, settings: C09}\n");
        assertTrue(assertThrows(UserError.class, () -> Claims.read(folder))
                .getMessage()
                .contains("claim.yaml:7:45: no claim with settings is called C09"));
        write("c01-one", "C01", "experimnt: {}\n");
        assertTrue(assertThrows(UserError.class, () -> Claims.read(folder))
                .getMessage()
                .contains("did you mean \"experiment\"?"));
        assertTrue(assertThrows(UserError.class, () -> Claims.read(folder.resolve("none")))
                .getMessage()
                .contains("is not a folder"));
    }

    @Test
    void theProjectsOwnClaimsAreReadable() {
        Claims claims = Claims.read(Path.of("validation"));
        assertEquals(40, claims.all().size());
        assertEquals(
                List.of("C13", "C14", "C16"),
                claims.select(List.of("fast-equilibrium")).stream()
                        .map(Claim::id)
                        .toList());
    }
}
