package ornstein.train.data;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import ornstein.spec.UserError;

/// The unpacked bytes of a file, read front to back and only as far as asked, so that a small compressed file cannot
/// claim more memory than its reader allows. Every refusal is a [UserError] that names the file.
final class Unpacked implements Closeable {
    private final String place;
    private final InputStream in;
    private final MessageDigest digest = Sha256.digest();
    private long at;

    private Unpacked(String place, InputStream in) {
        this.place = place;
        this.in = in;
    }

    /// Opens a regular file; `.gz` is unpacked while reading.
    static Unpacked open(Path file) {
        String place = file.toString();
        if (!Files.isRegularFile(file)) {
            throw new UserError(place + " is not a regular file");
        }
        InputStream raw = null;
        try {
            raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
            InputStream in = place.endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw;
            return new Unpacked(place, in);
        } catch (IOException e) {
            closeQuietly(raw);
            throw refusal(place, e);
        }
    }

    String place() {
        return place;
    }

    /// The next `n` bytes, which hold `what`.
    byte[] next(int n, String what) {
        byte[] bytes;
        try {
            bytes = in.readNBytes(n);
        } catch (IOException e) {
            throw refusal(place, e);
        }
        digest.update(bytes);
        at += bytes.length;
        if (bytes.length < n) {
            throw new UserError(place + " is truncated: it ends at unpacked byte " + at + ", " + (n - bytes.length)
                    + " bytes before the end of " + what);
        }
        return bytes;
    }

    /// Bytes until the end, of which there may be at most `limit`.
    byte[] rest(int limit) {
        byte[] bytes;
        try {
            bytes = in.readNBytes(limit + 1);
        } catch (IOException e) {
            throw refusal(place, e);
        }
        if (bytes.length > limit) {
            throw new UserError(place + " unpacks to more than " + (at + limit) + " bytes, the limit for its kind");
        }
        digest.update(bytes);
        at += bytes.length;
        return bytes;
    }

    /// Refuses anything that follows.
    void end(String what) {
        try {
            if (in.read() >= 0) {
                throw new UserError(place + " goes on after " + what + ", which ends at unpacked byte " + at);
            }
        } catch (IOException e) {
            throw refusal(place, e);
        }
    }

    /// SHA-256 of the bytes read so far.
    String sha256() {
        return Sha256.hex(digest);
    }

    @Override
    public void close() {
        closeQuietly(in);
    }

    private static UserError refusal(String place, IOException e) {
        String why = e instanceof ZipException || e instanceof EOFException
                ? " is damaged or truncated: its gzip data cannot be unpacked ("
                : " cannot be read (";
        return new UserError(place + why + e.getMessage() + ")", e);
    }

    private static void closeQuietly(java.io.@org.jspecify.annotations.Nullable InputStream in) {
        try {
            if (in != null) {
                in.close();
            }
        } catch (IOException e) {
            // Nothing was written, so nothing is lost.
        }
    }
}
