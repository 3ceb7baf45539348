package ornstein.run;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/// Files that are there as a whole or not at all, whatever moment the process or the machine stops: written beside the
/// target, forced to the disk, renamed.
public final class AtomicFile {
    private AtomicFile() {}

    /// Writes the content of a file.
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /// Writes `bytes` to `file`; folders above it are made.
    public static void write(Path file, byte[] bytes) {
        write(file, out -> out.write(bytes));
    }

    /// Writes a large file as a stream; folders above it are made.
    public static void write(Path file, Content content) {
        Path part = part(file);
        try {
            Files.createDirectories(folderOf(file));
            try (FileChannel channel = FileChannel.open(
                            part,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.WRITE);
                    OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
                content.writeTo(out);
            }
            publish(part, file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
        } finally {
            part.toFile().delete();
        }
    }

    /// Forces a finished part to the disk and renames it to `file`, in the same folder or file system.
    public static void publish(Path part, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceFolder(folderOf(file));
    }

    /// The unfinished neighbour of a file, named after the process so that two never share one.
    static Path part(Path file) {
        String name = "." + file.getFileName() + "." + ProcessHandle.current().pid() + "-"
                + Thread.currentThread().threadId() + ".part";
        return file.resolveSibling(name);
    }

    /// Removes what killed processes left unfinished in a folder and below, which nobody else may be writing to.
    static void removeParts(Path folder) throws IOException {
        List<Path> parts;
        try (Stream<Path> walk = Files.walk(folder)) {
            parts = walk.filter(file -> String.valueOf(file.getFileName()).matches("\\..*\\.part"))
                    .filter(Files::isRegularFile)
                    .toList();
        }
        for (Path part : parts) {
            Files.delete(part);
        }
    }

    private static Path folderOf(Path file) {
        return file.toAbsolutePath().resolveSibling("");
    }

    /// Makes a rename lasting; where folders cannot be opened as files (Windows), the system does so by itself.
    private static void forceFolder(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
