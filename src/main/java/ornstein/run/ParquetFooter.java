package ornstein.run;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Objects;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;

/// The footer of a Parquet file. Its writer lists the encodings of a column in the order of a hash set of
/// constants, which differs from process to process; in a fixed order the same rows give the same bytes.
final class ParquetFooter {
    /// Length of the footer and the closing magic number.
    private static final int TAIL = 8;

    private ParquetFooter() {}

    /// Sorts the encodings of every column in place.
    static void sortEncodings(Path path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            long end = file.length() - TAIL;
            file.seek(end);
            byte[] footer = new byte[Integer.reverseBytes(file.readInt())];
            file.seek(end - footer.length);
            file.readFully(footer);
            FileMetaData metadata = Util.readFileMetaData(new ByteArrayInputStream(footer));
            for (RowGroup group : Objects.requireNonNull(metadata.getRow_groups())) {
                for (ColumnChunk column : Objects.requireNonNull(group.getColumns())) {
                    ColumnMetaData about = Objects.requireNonNull(column.getMeta_data());
                    Collections.sort(Objects.requireNonNull(about.getEncodings()));
                    if (about.isSetEncoding_stats()) {
                        Collections.sort(Objects.requireNonNull(about.getEncoding_stats()));
                    }
                }
            }
            ByteArrayOutputStream sorted = new ByteArrayOutputStream(footer.length);
            Util.writeFileMetaData(metadata, sorted);
            if (sorted.size() != footer.length) {
                throw new IOException(path + " cannot be rewritten: its footer changes length");
            }
            file.seek(end - footer.length);
            file.write(sorted.toByteArray());
        }
    }
}
