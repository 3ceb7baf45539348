package ornstein.train.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/// Small files in the published formats, right and wrong ones.
final class Crafted {
    static final String[] IDX = {
        "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"
    };

    private Crafted() {}

    /// `n` images whose pixel `j` of image `i` is `(31 i + 7 j) mod 256`.
    static byte[] images(int n) {
        ByteBuffer b = ByteBuffer.allocate(16 + n * 784);
        b.putInt(0x803).putInt(n).putInt(28).putInt(28);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < 784; j++) {
                b.put((byte) (31 * i + 7 * j));
            }
        }
        return b.array();
    }

    /// Labels `i mod 10`.
    static byte[] labels(int n) {
        ByteBuffer b = ByteBuffer.allocate(8 + n);
        b.putInt(0x801).putInt(n);
        for (int i = 0; i < n; i++) {
            b.put((byte) (i % 10));
        }
        return b.array();
    }

    /// Four IDX files, 6 training and 3 test images, gzipped.
    static Path idxFolder(Path folder) {
        byte[][] contents = {images(6), labels(6), images(3), labels(3)};
        for (int k = 0; k < 4; k++) {
            write(folder.resolve(IDX[k] + ".gz"), gzip(contents[k]));
        }
        return folder;
    }

    /// `n` records with label `i mod 10` and pixel `j` equal to `(i + j) mod 256`.
    static byte[] batch(int n) {
        byte[] b = new byte[n * 3073];
        for (int i = 0; i < n; i++) {
            b[i * 3073] = (byte) (i % 10);
            for (int j = 0; j < 3072; j++) {
                b[i * 3073 + 1 + j] = (byte) (i + j);
            }
        }
        return b;
    }

    /// A tar entry with a right header checksum.
    static byte[] tarEntry(String name, char type, long claimed, byte[] body) {
        byte[] head = new byte[512];
        put(head, 0, name);
        put(head, 100, "0000644");
        put(head, 124, String.format("%011o", claimed));
        put(head, 257, "ustar\00000");
        head[156] = (byte) type;
        put(head, 148, "        ");
        int sum = 0;
        for (byte b : head) {
            sum += b & 0xff;
        }
        put(head, 148, String.format("%06o\0 ", sum));
        byte[] entry = new byte[512 + (body.length + 511) / 512 * 512];
        System.arraycopy(head, 0, entry, 0, 512);
        System.arraycopy(body, 0, entry, 512, body.length);
        return entry;
    }

    static byte[] tarFile(byte[]... entries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] entry : entries) {
            out.writeBytes(entry);
        }
        out.writeBytes(new byte[1024]);
        return gzip(out.toByteArray());
    }

    private static void put(byte[] head, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, head, at, bytes.length);
    }

    static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gz = new GZIPOutputStream(out)) {
            gz.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static Path write(Path file, byte[] bytes) {
        try {
            Files.createDirectories(file.getParent());
            return Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
