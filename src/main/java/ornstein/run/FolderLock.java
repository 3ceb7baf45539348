package ornstein.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Set;
import ornstein.spec.UserError;

/// The one lock of a folder. The operating system releases it when its holder dies, so it never has to be removed by
/// hand.
final class FolderLock implements AutoCloseable {
    static final String FILE = "lock";

    /// Folders locked by this process: the system's lock does not hold between threads of one process.
    private static final Set<Path> OURS = new HashSet<>();

    private final Path folder;
    private final FileChannel channel;

    private FolderLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /// Takes the lock of an existing folder, or says which process holds it.
    static FolderLock take(Path folder) {
        synchronized (OURS) {
            try {
                Path real = folder.toRealPath();
                Path file = real.resolve(FILE);
                if (OURS.contains(real)) {
                    throw held(folder, file);
                }
                FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock();
                if (lock == null) {
                    channel.close();
                    throw held(folder, file);
                }
                String holder = "process " + ProcessHandle.current().pid() + " since "
                        + Instant.now().truncatedTo(ChronoUnit.SECONDS) + "\n";
                channel.truncate(0).write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)));
                OURS.add(real);
                return new FolderLock(real, channel);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot lock " + folder + ": " + e.getMessage(), e);
            }
        }
    }

    private static UserError held(Path folder, Path file) throws IOException {
        String holder = Files.readString(file).strip();
        return new UserError(folder + " is in use by " + (holder.isEmpty() ? "another process" : holder)
                + "; wait for it, end it, or give another --out");
    }

    @Override
    public void close() {
        synchronized (OURS) {
            OURS.remove(folder);
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
