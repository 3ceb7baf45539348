package ornstein.train.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import ornstein.spec.UserError;

/// CIFAR-10's binary format (A. Krizhevsky, "The CIFAR-10 dataset"): records of a label byte and 3072 pixels, the red
/// 32 x 32 plane, then green, then blue.
final class Cifar {
    static final String ARCHIVE = "cifar-10-binary.tar.gz";
    static final String FOLDER = "cifar-10-batches-bin";
    static final String TEST = "test_batch.bin";
    static final List<String> TRAIN =
            List.of("data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin");

    /// The records of one published batch; a file may hold fewer.
    static final int LIMIT = 10_000;

    private static final int AREA = 32 * 32;
    private static final int RECORD = 1 + 3 * AREA;
    private static final int CLASSES = 10;

    private Cifar() {}

    /// What a folder lacks: it must hold at least one training batch, and the test batch.
    static List<String> missing(Path folder) {
        List<String> missing = new ArrayList<>();
        if (batches(folder).isEmpty()) {
            missing.add(TRAIN.get(0));
        }
        if (!Files.exists(folder.resolve(TEST))) {
            missing.add(TEST);
        }
        return missing;
    }

    private static List<String> batches(Path folder) {
        return TRAIN.stream().filter(name -> Files.exists(folder.resolve(name))).toList();
    }

    /// The batches of a folder: those of the training data that are there, then the test batch.
    static List<Pixels> readFolder(Path folder, List<DataFile> files) {
        List<Pixels.Piece> train = new ArrayList<>();
        for (String name : batches(folder)) {
            train.add(readBatch(folder.resolve(name), name, files));
        }
        Pixels.Piece test = readBatch(folder.resolve(TEST), TEST, files);
        return List.of(new Pixels(3, AREA, train), new Pixels(3, AREA, List.of(test)));
    }

    /// All batches of the published archive.
    static List<Pixels> readArchive(Path archive, List<DataFile> files) {
        List<String> wanted = new ArrayList<>(TRAIN);
        wanted.add(TEST);
        Map<String, byte[]> entries;
        try (Unpacked in = Unpacked.open(archive)) {
            entries = Tar.read(in, FOLDER + "/", wanted, LIMIT * RECORD);
        }
        List<Pixels.Piece> train = new ArrayList<>();
        for (String name : TRAIN) {
            train.add(piece(entries.get(name), archive.toString(), name, files));
        }
        Pixels.Piece test = piece(entries.get(TEST), archive.toString(), TEST, files);
        return List.of(new Pixels(3, AREA, train), new Pixels(3, AREA, List.of(test)));
    }

    private static Pixels.Piece readBatch(Path file, String name, List<DataFile> files) {
        try (Unpacked in = Unpacked.open(file)) {
            return piece(in.rest(LIMIT * RECORD), file.toString(), name, files);
        }
    }

    private static Pixels.Piece piece(byte @Nullable [] bytes, String place, String name, List<DataFile> files) {
        if (bytes == null) {
            throw new UserError(place + " lacks " + FOLDER + "/" + name);
        }
        if (bytes.length == 0 || bytes.length % RECORD != 0) {
            throw new UserError(place + ": " + name + " has " + bytes.length + " bytes, which is no whole number of "
                    + RECORD + "-byte records");
        }
        byte[] labels = new byte[bytes.length / RECORD];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = bytes[i * RECORD];
            Idx.checkLabel(labels[i], i, place + ": " + name, CLASSES);
        }
        files.add(new DataFile(name, place, labels.length, Sha256.of(bytes)));
        return new Pixels.Piece(bytes, 1, RECORD, labels);
    }
}
