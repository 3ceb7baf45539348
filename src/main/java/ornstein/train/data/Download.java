package ornstein.train.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import ornstein.run.Progress;
import ornstein.spec.UserError;

/// Fetches one published file over HTTP. Bytes gather in `NAME.part`, which an interrupted download leaves behind and
/// the next one continues (RFC 9110, range requests); only a file of the published size and SHA-256 gets its name.
final class Download {
    private static final int TRIES = 3;
    private static final int TIMEOUT_MILLIS = 30_000;

    private final List<String> mirrors;
    private final Published.Archive archive;
    private final Path part;
    private final Path target;
    private final DataStore.Meter meter;

    Download(List<String> mirrors, Published.Archive archive, Path folder, DataStore.Meter meter) {
        this.mirrors = mirrors;
        this.archive = archive;
        this.target = folder.resolve(archive.name());
        this.part = folder.resolve(archive.name() + ".part");
        this.meter = meter;
    }

    /// Why no mirror gave the file, one entry a mirror.
    static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;

        Failed(List<String> reasons) {
            super(String.join("; ", reasons));
        }
    }

    /// Fetches the file unless it is there.
    void run() throws Failed {
        try (FileChannel out = open();
                FileLock lock = out.tryLock()) {
            if (lock == null) {
                throw new UserError(part + " is being downloaded by another process; try again when it has ended");
            }
            if (Files.exists(target)) {
                Files.deleteIfExists(part);
                return;
            }
            List<String> reasons = new ArrayList<>();
            for (String mirror : mirrors) {
                URI uri = URI.create(mirror + archive.name());
                String reason = from(uri, out);
                if (reason == null) {
                    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
                    return;
                }
                reasons.add(uri.getHost() + ": " + reason);
            }
            if (out.size() == 0) {
                Files.deleteIfExists(part);
            }
            throw new Failed(reasons);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + part, e);
        }
    }

    private FileChannel open() throws IOException {
        Files.createDirectories(part.toAbsolutePath().getParent());
        return FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /// Null when the whole file has come and is right, else why not. Goes on as long as each try gets
    /// further; what was left by earlier runs and turns out wrong is fetched afresh once.
    private @Nullable String from(URI uri, FileChannel out) throws IOException {
        String reason = null;
        for (int i = 0; i < TRIES; i++) {
            long before = out.size();
            try {
                reason = transfer(uri, out);
            } catch (Refused e) {
                return e.getMessage();
            }
            boolean whole = reason == null;
            if (whole) {
                reason = check(out);
                if (reason == null) {
                    return null;
                }
                out.truncate(0);
            }
            if (whole ? before == 0 : out.size() <= before) {
                return reason;
            }
        }
        return reason;
    }

    /// An answer that trying again will not change.
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    private @Nullable String transfer(URI uri, FileChannel out) throws IOException, Refused {
        if (out.size() > archive.bytes()) {
            out.truncate(0);
        }
        if (out.size() == archive.bytes()) {
            return null;
        }
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        connection.setRequestProperty("Accept-Encoding", "identity");
        if (out.size() > 0) {
            connection.setRequestProperty("Range", "bytes=" + out.size() + "-");
        }
        try {
            int status;
            try {
                status = connection.getResponseCode();
            } catch (IOException e) {
                return reason(e);
            }
            switch (status) {
                case HttpURLConnection.HTTP_OK -> out.truncate(0);
                case HttpURLConnection.HTTP_PARTIAL -> {
                    if (!continues(connection, out.size())) {
                        throw new Refused("it answers with another range than was asked");
                    }
                }
                default -> throw new Refused("HTTP status " + status);
            }
            return append(connection, out);
        } finally {
            connection.disconnect();
        }
    }

    private static boolean continues(HttpURLConnection connection, long at) {
        String range = connection.getHeaderField("Content-Range");
        return range != null && range.startsWith("bytes " + at + "-");
    }

    private @Nullable String append(HttpURLConnection connection, FileChannel out) throws IOException, Refused {
        byte[] buffer = new byte[1 << 16];
        out.position(out.size());
        InputStream in;
        try {
            in = connection.getInputStream();
        } catch (IOException e) {
            return reason(e);
        }
        try (in;
                Progress progress = meter.start(archive.name(), "bytes", archive.bytes(), out.size())) {
            while (true) {
                int n;
                try {
                    n = in.read(buffer);
                } catch (IOException e) {
                    return reason(e);
                }
                if (n < 0) {
                    return out.size() == archive.bytes()
                            ? null
                            : "the connection ended after " + out.size() + " of " + archive.bytes() + " bytes";
                }
                if (out.size() + n > archive.bytes()) {
                    out.truncate(0);
                    throw new Refused("it sends more than the published " + archive.bytes() + " bytes");
                }
                for (ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, n); bytes.hasRemaining(); ) {
                    out.write(bytes);
                }
                progress.step(n);
            }
        }
    }

    private @Nullable String check(FileChannel in) throws IOException {
        MessageDigest digest = Sha256.digest();
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        in.position(0);
        while (in.read(buffer.clear()) >= 0) {
            digest.update(buffer.flip());
        }
        String found = Sha256.hex(digest);
        return found.equals(archive.sha256())
                ? null
                : "its SHA-256 is " + found + ", not the published " + archive.sha256();
    }

    private static String reason(IOException e) {
        String name = e.getClass().getSimpleName().replaceFirst("Exception$", "");
        return e.getMessage() == null ? name : name + " (" + e.getMessage() + ")";
    }
}
