package ornstein.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackendChoiceTest {
    @Test
    void smallRunsAreScalarWithoutAMeasurement() {
        BackendChoice choice = BackendChoice.of(1e4);
        assertEquals(Backend.SCALAR, choice.backend());
        assertEquals(0, choice.vector());
    }

    @Test
    void measuresOnceAndRemembers(@TempDir Path cache) throws Exception {
        BackendChoice first = BackendChoice.recallOrMeasure(cache);
        assertTrue(first.scalar() > 0 && first.vector() > 0, first.reason());
        boolean wide = BackendChoice.vectorBits() >= 256;
        assertTrue(!wide || first.vector() > first.scalar(), first.reason());
        assertEquals(first.vector() > first.scalar() ? Backend.VECTOR : Backend.SCALAR, first.backend());
        List<Path> files;
        try (var all = Files.list(cache)) {
            files = all.toList();
        }
        assertEquals(1, files.size());
        String text = Files.readString(files.get(0))
                .replaceAll("vector=.*", "vector=1")
                .replaceAll("scalar=.*", "scalar=2");
        Files.writeString(files.get(0), text);
        BackendChoice second = BackendChoice.recallOrMeasure(cache);
        assertEquals(Backend.SCALAR, second.backend());
        assertEquals(1, second.vector());
        Files.setLastModifiedTime(files.get(0), FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        assertTrue(BackendChoice.recallOrMeasure(cache).vector() > 2, "scalar is not believed for more than a day");
        Files.writeString(files.get(0), text.replace("vector=1", "vector=many"));
        assertTrue(BackendChoice.recallOrMeasure(cache).vector() > 2);
    }

    @Test
    void aProbeThatHangsOrFailsMeansScalar() {
        Properties hung = BackendChoice.measure(List.of("sleep", "60"), 1);
        assertTrue(hung.getProperty("problem").contains("did not end"), hung.toString());
        Properties failed = BackendChoice.measure(List.of("false"), 5);
        assertTrue(failed.getProperty("problem").contains("code 1"), failed.toString());
        Properties missing = BackendChoice.measure(List.of("/nonexistent/java"), 5);
        assertTrue(missing.getProperty("problem").contains("could not be started"), missing.toString());
    }
}
