package ornstein.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import ornstein.spec.UserError;
import ornstein.train.data.DataFile;
import ornstein.train.data.Dataset;

/// What a unit's files belong to: a SHA-256 of the spec, the data's checksums, and the weights it forks from.
final class Owner {
    private Owner() {}

    static String of(TrainSpec spec, Dataset data) {
        MessageDigest digest = sha256();
        digest.update(placeless(spec).toString().getBytes(StandardCharsets.UTF_8));
        for (DataFile file : data.files()) {
            digest.update(file.sha256().getBytes(StandardCharsets.UTF_8));
        }
        if (spec.init() instanceof Init.Fork fork) {
            try {
                digest.update(Files.readAllBytes(fork.snapshot()));
            } catch (IOException e) {
                throw new UserError("no weights to fork from in " + fork.snapshot() + ": " + e.getMessage(), e);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /// The spec without the place of the file it forks from, so that a run may be moved as a whole.
    private static TrainSpec placeless(TrainSpec spec) {
        return spec.init() instanceof Init.Fork fork
                ? spec.withInit(new Init.Fork(Path.of("snapshot"), fork.replica()))
                : spec;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
