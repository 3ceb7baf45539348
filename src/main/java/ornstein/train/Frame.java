package ornstein.train;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import ornstein.run.AtomicFile;
import ornstein.spec.UserError;

/// A binary file: what it is, what it belongs to, a body, and a checksum (CRC-32) of all that. Big-endian.
final class Frame {
    private static final String MAGIC = "ornstein-train-1 ";

    private Frame() {}

    @FunctionalInterface
    interface Writer {
        void to(DataOutputStream out) throws IOException;
    }

    @FunctionalInterface
    interface Reader<T> {
        T from(DataInputStream in) throws IOException;
    }

    /// Writes a file that is there as a whole or not at all.
    ///
    /// @param kind what it is
    /// @param owner what it belongs to
    static void write(Path file, String kind, String owner, Writer body) {
        AtomicFile.write(file, raw -> {
            CheckedOutputStream checked = new CheckedOutputStream(raw, new CRC32());
            DataOutputStream out = new DataOutputStream(checked);
            out.writeUTF(MAGIC + kind);
            out.writeUTF(owner);
            body.to(out);
            out.writeLong(checked.getChecksum().getValue());
        });
    }

    /// Reads a file of this kind and owner.
    static <T> T read(Path file, String kind, String owner, Reader<T> body) {
        return read(file, kind, in -> {
            if (!in.readUTF().equals(owner)) {
                throw new UserError(file + " belongs to another spec or other data: give another folder, or --fresh");
            }
            return body.from(in);
        });
    }

    /// Reads a file of this kind; the body begins with the owner.
    static <T> T read(Path file, String kind, Reader<T> body) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            if (isForeign(bytes)) {
                throw new UserError(file + " is no " + kind + " file of Ornstein");
            }
            int end = bytes.length - Long.BYTES;
            CRC32 sum = new CRC32();
            sum.update(bytes, 0, Math.max(0, end));
            if (end < 0 || ByteBuffer.wrap(bytes, end, Long.BYTES).getLong() != sum.getValue()) {
                throw new UserError(file + " is damaged (checksum): remove it, or start again with --fresh");
            }
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 0, end));
            String found = in.readUTF();
            if (!found.equals(MAGIC + kind)) {
                throw new UserError(file + " is no " + kind + " file of this version (" + found + ")");
            }
            return body.from(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /// Whether a file begins otherwise than all of ours do; one too short to tell is damaged instead.
    private static boolean isForeign(byte[] bytes) {
        byte[] magic = MAGIC.getBytes(StandardCharsets.US_ASCII);
        int begin = Short.BYTES;
        return bytes.length >= begin + magic.length
                && !Arrays.equals(bytes, begin, begin + magic.length, magic, 0, magic.length);
    }

    static void doubles(DataOutputStream out, double[] values) throws IOException {
        out.writeInt(values.length);
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(Double.BYTES, values.length));
        bytes.asDoubleBuffer().put(values);
        out.write(bytes.array());
    }

    static double[] doubles(DataInputStream in) throws IOException {
        double[] values = new double[in.readInt()];
        byte[] bytes = in.readNBytes(Math.multiplyExact(Double.BYTES, values.length));
        ByteBuffer.wrap(bytes).asDoubleBuffer().get(values);
        return values;
    }

    static void bytes(DataOutputStream out, byte[] values) throws IOException {
        out.writeInt(values.length);
        out.write(values);
    }

    static byte[] bytes(DataInputStream in) throws IOException {
        return in.readNBytes(in.readInt());
    }

    static void table(DataOutputStream out, double[][] rows) throws IOException {
        out.writeInt(rows.length);
        for (double[] row : rows) {
            doubles(out, row);
        }
    }

    static double[][] table(DataInputStream in) throws IOException {
        double[][] rows = new double[in.readInt()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = doubles(in);
        }
        return rows;
    }
}
