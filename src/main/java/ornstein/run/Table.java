package ornstein.run;

import com.jerolba.carpet.CarpetWriter;
import com.jerolba.carpet.io.FileSystemOutputFile;
import com.jerolba.carpet.model.FieldTypes;
import com.jerolba.carpet.model.WriteRecordModelType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.jspecify.annotations.Nullable;

/// A result table, written row by row as `NAME.csv` and `NAME.parquet`. Both are functions of the rows alone, byte
/// for byte, and appear in the folder at [#commit()] or not at all.
///
/// CSV: RFC 4180 quoting, UTF-8, lines end in LF, one header line; a double is its shortest decimal that reads back
/// as the same double; a missing or non-finite number is empty. Parquet: optional INT64, DOUBLE and UTF-8 columns,
/// uncompressed; missing and non-finite are null.
///
/// ```java
/// try (var table = Table.create(folder, "results", List.of(Column.ofLong("step"), Column.ofDouble("loss")))) {
///     table.row(10, 0.25);
///     table.commit();
/// }
/// ```
public final class Table implements AutoCloseable {
    private final List<Column> columns;
    private final boolean withCsv;
    private final Path csvPart;
    private final Path csvFile;
    private final Path parquetPart;
    private final Path parquetFile;
    private final Writer csv;
    private final CarpetWriter<Cells> parquet;
    private boolean open = true;
    private long rows;

    /// One row of checked cells.
    private record Cells(List<@Nullable Object> values) {}

    private Table(Path folder, String name, List<Column> columns, boolean withCsv) throws IOException {
        this.columns = List.copyOf(columns);
        this.withCsv = withCsv;
        Files.createDirectories(folder);
        csvFile = folder.resolve(name + ".csv");
        csvPart = AtomicFile.part(csvFile);
        parquetFile = folder.resolve(name + ".parquet");
        parquetPart = AtomicFile.part(parquetFile);
        csv = withCsv ? Files.newBufferedWriter(csvPart, StandardCharsets.UTF_8) : Writer.nullWriter();
        parquet = new CarpetWriter.Builder<>(new FileSystemOutputFile(parquetPart.toFile()), Cells.class)
                .withWriteRecordModel(schema(this.columns))
                .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
                .withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
                .build();
        line(this.columns.stream().<@Nullable Object>map(Column::name).toList());
    }

    /// Starts a table; names of columns must differ.
    public static Table create(Path folder, String name, List<Column> columns) {
        return create(folder, name, columns, true);
    }

    /// Starts a table of raw data, too long to read: `NAME.parquet` alone.
    public static Table createParquet(Path folder, String name, List<Column> columns) {
        return create(folder, name, columns, false);
    }

    private static Table create(Path folder, String name, List<Column> columns, boolean withCsv) {
        var seen = new HashSet<String>();
        for (Column column : columns) {
            if (!seen.add(column.name())) {
                throw new IllegalArgumentException("table " + name + " has two columns named " + column.name());
            }
        }
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("table " + name + " needs a column");
        }
        try {
            return new Table(folder, name, columns, withCsv);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static WriteRecordModelType<Cells> schema(List<Column> columns) {
        WriteRecordModelType<Cells> model = FieldTypes.writeRecordModel(Cells.class);
        for (int i = 0; i < columns.size(); i++) {
            int at = i;
            var type = switch (columns.get(i).type()) {
                case LONG -> FieldTypes.LONG;
                case DOUBLE -> FieldTypes.DOUBLE;
                case STRING -> FieldTypes.STRING;
            };
            model.withField(columns.get(i).name(), type, row -> row.values().get(at));
        }
        return model;
    }

    /// Appends one row, a value a column: Long or Integer, any Number, String, or null where it is missing.
    public void row(@Nullable Object... values) {
        if (values.length != columns.size()) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "a row of %d cells for %d columns", values.length, columns.size()));
        }
        var cells = new ArrayList<@Nullable Object>(values.length);
        for (int i = 0; i < values.length; i++) {
            cells.add(columns.get(i).cell(values[i]));
        }
        try {
            parquet.write(new Cells(cells));
            line(cells);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        rows++;
    }

    /// Rows appended so far.
    public long rows() {
        return rows;
    }

    /// Completes the files and puts them in place, each at once.
    public void commit() {
        try {
            open = false;
            csv.close();
            parquet.close();
            ParquetFooter.sortEncodings(parquetPart);
            if (withCsv) {
                AtomicFile.publish(csvPart, csvFile);
            }
            AtomicFile.publish(parquetPart, parquetFile);
        } catch (IOException e) {
            discard(e);
            throw new UncheckedIOException(e);
        }
    }

    /// Removes what was written, so that it takes no space.
    private void discard(IOException reason) {
        try {
            Files.deleteIfExists(csvPart);
            Files.deleteIfExists(parquetPart);
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    /// Discards the rows, unless they were committed.
    @Override
    public void close() {
        if (!open) {
            return;
        }
        open = false;
        try {
            csv.close();
            parquet.close();
            Files.deleteIfExists(csvPart);
            Files.deleteIfExists(parquetPart);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void line(List<@Nullable Object> cells) throws IOException {
        for (int i = 0; i < cells.size(); i++) {
            if (i > 0) {
                csv.write(',');
            }
            Object cell = cells.get(i);
            if (cell != null) {
                csv.write(quoted(cell.toString()));
            }
        }
        csv.write('\n');
    }

    private static String quoted(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r') && !text.isEmpty();
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
