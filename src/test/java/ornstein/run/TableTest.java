package ornstein.run;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.jerolba.carpet.CarpetReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.Util;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableTest {
    private static final List<Column> COLUMNS =
            List.of(Column.ofLong("step"), Column.ofDouble("loss"), Column.ofString("note, \"quoted\""));

    @TempDir
    private Path folder = Path.of("");

    private void write(Path to, int rows) {
        var random = new Random(1);
        try (var table = Table.create(to, "results", COLUMNS)) {
            for (int i = 0; i < rows; i++) {
                table.row(i, random.nextGaussian(), i % 3 == 0 ? null : "n" + i);
            }
            table.commit();
        }
    }

    @Test
    void writesCsvAsRfc4180WithEmptyForMissing() throws IOException {
        try (var table = Table.create(folder, "results", COLUMNS)) {
            table.row(1, 0.1, "a,b");
            table.row(2L, Double.NaN, "say \"hi\"\nthere");
            table.row(null, Double.POSITIVE_INFINITY, "");
            table.row(Long.MIN_VALUE, 1e-300, null);
            assertEquals(4, table.rows());
            table.commit();
        }
        assertEquals("""
                step,loss,"note, ""quoted""\"
                1,0.1,"a,b"
                2,,"say ""hi""
                there"
                ,,""
                -9223372036854775808,1.0E-300,
                """, Files.readString(folder.resolve("results.csv")));
    }

    /// The writer lists them in the order of a hash set, which differs between processes.
    @Test
    void theEncodingsOfAColumnStandInAFixedOrder() throws IOException {
        write(folder, 50);
        byte[] file = Files.readAllBytes(folder.resolve("results.parquet"));
        int end = file.length - 8;
        int length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(end);
        var metadata = Util.readFileMetaData(new ByteArrayInputStream(file, end - length, length));
        for (var column : requireNonNull(
                requireNonNull(metadata.getRow_groups()).getFirst().getColumns())) {
            List<Encoding> encodings =
                    requireNonNull(requireNonNull(column.getMeta_data()).getEncodings());
            assertEquals(encodings.stream().sorted().toList(), encodings);
        }
    }

    record Row(@Nullable Long step, @Nullable Double loss) {}

    @Test
    void parquetReadsBackTheSameBits() throws IOException {
        try (var table = Table.create(folder, "r", List.of(Column.ofLong("step"), Column.ofDouble("loss")))) {
            table.row(7, Math.PI);
            table.row(null, Double.NaN);
            table.row(8, -0.0);
            table.commit();
        }
        assertEquals(
                List.of(new Row(7L, Math.PI), new Row(null, null), new Row(8L, -0.0)),
                new CarpetReader<>(folder.resolve("r.parquet").toFile(), Row.class).toList());
    }

    @Test
    void twoWritesGiveTheSameBytes() throws IOException {
        write(folder.resolve("a"), 30_000);
        write(folder.resolve("b"), 30_000);
        for (String name : List.of("results.csv", "results.parquet")) {
            assertArrayEquals(
                    Files.readAllBytes(folder.resolve("a").resolve(name)),
                    Files.readAllBytes(folder.resolve("b").resolve(name)),
                    name);
        }
    }

    @Test
    void leavesNothingWithoutCommitAndOnlyTheFilesWithIt() throws IOException {
        write(folder, 10);
        byte[] before = Files.readAllBytes(folder.resolve("results.csv"));
        try (var table = Table.create(folder, "results", COLUMNS)) {
            table.row(1, 2.0, "x");
        }
        assertArrayEquals(before, Files.readAllBytes(folder.resolve("results.csv")));
        try (var files = Files.list(folder)) {
            assertEquals(
                    List.of("results.csv", "results.parquet"),
                    files.map(f -> f.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void refusesWrongCells() {
        try (var table = Table.create(folder, "results", COLUMNS)) {
            assertThrows(IllegalArgumentException.class, () -> table.row(1, 2.0));
            assertThrows(IllegalArgumentException.class, () -> table.row("1", 2.0, "x"));
            assertThrows(IllegalArgumentException.class, () -> table.row(1.5, 2.0, "x"));
        }
        assertFalse(Files.exists(folder.resolve("results.csv")));
        var twice = List.of(Column.ofLong("a"), Column.ofLong("a"));
        assertThrows(IllegalArgumentException.class, () -> Table.create(folder, "t", twice));
    }
}
