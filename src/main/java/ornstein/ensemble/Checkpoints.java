package ornstein.ensemble;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import ornstein.run.RunFolder;
import ornstein.spec.UserError;

/// Finished groups of leaves as files of a run's folder, `groups/N`, so that an interrupted run goes on.
final class Checkpoints {
    private static final int MAGIC = 0x4f454e32;
    private static final String FOLDER = "groups";

    private final RunFolder folder;

    Checkpoints(RunFolder folder) {
        this.folder = folder;
    }

    private Path file(long group) {
        return folder.file(FOLDER + "/" + group);
    }

    boolean has(long group) {
        return folder.isDone("group-" + group) && Files.exists(file(group));
    }

    void write(long group, Partial partial, Group more) {
        folder.writeAtomically(FOLDER + "/" + group, stream -> {
            DataOutputStream out = new DataOutputStream(stream);
            out.writeInt(MAGIC);
            partial.write(out);
            more.write(out);
            out.flush();
        });
        folder.done("group-" + group, Map.of("seconds", more.seconds()));
    }

    void read(long group, Partial partial, Group more) {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file(group))))) {
            if (in.readInt() != MAGIC) throw new IOException("it is of another kind");
            partial.read(in);
            more.read(in);
            if (in.read() >= 0) throw new IOException("it is too long");
        } catch (IOException e) {
            throw new UserError(file(group) + " is damaged: " + e.getMessage() + "; --fresh discards the run", e);
        }
    }

    /// Removes the files once the results are written.
    static void clear(RunFolder folder) {
        Path groups = folder.file(FOLDER);
        if (!Files.isDirectory(groups)) return;
        try (var files = Files.newDirectoryStream(groups)) {
            for (Path file : files) Files.delete(file);
            Files.delete(groups);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
