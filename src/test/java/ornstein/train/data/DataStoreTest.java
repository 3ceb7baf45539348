package ornstein.train.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ornstein.run.Progress;
import ornstein.spec.UserError;

/// Local files: found in the documented order, read right, and refused when damaged or hostile.
class DataStoreTest {
    @TempDir
    Path root;

    private static final DataStore.Meter METER = (t, u, n, b) -> Progress.silent();

    private DataStore store(@Nullable Path dataDir, Map<String, String> environment) {
        Map<String, String> all = new java.util.HashMap<>(environment);
        all.putIfAbsent("ORNSTEIN_CACHE", root.resolve("cache").toString());
        UnaryOperator<@Nullable String> lookup = all::get;
        return new DataStore(dataDir, lookup, p -> List.of("http://localhost:1/"), METER);
    }

    private Dataset load(String name) {
        return store(root, Map.of()).load(DataSpec.of(name));
    }

    private String refused(String name) {
        String message = assertThrows(UserError.class, () -> load(name)).getMessage();
        assertTrue(!message.contains("\n") && message.contains("--data synthetic"), message);
        return message;
    }

    private void refused(String name, String part) {
        String message = refused(name);
        assertTrue(message.contains(part), message);
    }

    @Test
    void readsIdx() {
        Crafted.idxFolder(root.resolve("mnist"));
        Dataset d = load("mnist");
        assertEquals(List.of(1, 28, 28), d.shape());
        assertEquals(6, d.train().count());
        assertEquals(3, d.heldOut().count());
        assertEquals(5, d.train().labels()[5]);
        // Pixel values are (31 i + 7 j) mod 256: recompute mean and deviation directly.
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 784; j++) {
                double p = (31 * i + 7 * j) % 256 / 255.0;
                sum += p;
                squares += p * p;
            }
        }
        double mean = sum / 4704;
        double deviation = Math.sqrt(squares / 4704 - mean * mean);
        assertEquals(
                ((31 * 4 + 7 * 99) % 256 / 255.0 - mean) / deviation, d.train().inputs()[4 * 784 + 99], 1e-6);
        assertEquals(
                ((31 * 2 + 7 * 5) % 256 / 255.0 - mean) / deviation, d.heldOut().inputs()[2 * 784 + 5], 1e-6);
        assertEquals("train-images-idx3-ubyte", d.files().get(0).name());
        assertEquals(Sha256.of(Crafted.images(6)), d.files().get(0).sha256());
        assertEquals(3, d.files().get(3).count());
    }

    @Test
    void unpackedAndPackedFilesAreTheSameData() {
        Crafted.idxFolder(root.resolve("mnist"));
        Dataset packed = load("mnist");
        Crafted.write(root.resolve("mnist").resolve(Crafted.IDX[0]), Crafted.images(6));
        Dataset unpacked = load("mnist");
        assertEquals(packed.files().get(0).sha256(), unpacked.files().get(0).sha256());
        assertTrue(Arrays.equals(packed.train().inputs(), unpacked.train().inputs()));
        assertTrue(packed.files().get(0).place().endsWith(".gz"));
        assertTrue(unpacked.files().get(0).place().endsWith("ubyte"));
    }

    @Test
    void aSubsetHasTheSameNumbersAsTheWhole() {
        Crafted.idxFolder(root);
        Dataset all = load("mnist");
        Dataset some = store(root, Map.of()).load(new DataSpec("mnist", 2, 1, 1));
        assertEquals(2, some.train().count());
        assertTrue(Arrays.equals(
                some.train().inputs(),
                Arrays.copyOf(all.train().inputs(), some.train().inputs().length)));
        assertEquals(6, some.files().get(0).count());
        String message = assertThrows(
                        UserError.class, () -> store(root, Map.of()).load(new DataSpec("mnist", 7, 0, 1)))
                .getMessage();
        assertTrue(message.contains("7 training examples asked") && message.contains("has 6"), message);
    }

    @Test
    void looksInTheDocumentedOrder() {
        Path cache = Crafted.idxFolder(root.resolve("cache/data/mnist"));
        Path other = Crafted.idxFolder(root.resolve("env/mnist"));
        Path named = Crafted.idxFolder(root.resolve("named"));
        Map<String, String> environment =
                Map.of("ORNSTEIN_DATA", root.resolve("env").toString());
        assertEquals(named, store(named, environment).find("mnist").orElseThrow());
        assertEquals(other, store(null, environment).find("mnist").orElseThrow());
        assertEquals(
                other, store(root.resolve("cache"), environment).find("mnist").orElseThrow());
        assertEquals(cache, store(null, Map.of()).find("mnist").orElseThrow());
        assertTrue(store(named, environment).find("cifar-10").isEmpty());
        assertTrue(store(named, environment).find("synthetic").isEmpty());
    }

    @Test
    void namesAFolderThatIsNone() {
        Path none = root.resolve("none");
        String message =
                assertThrows(UserError.class, () -> store(none, Map.of())).getMessage();
        assertTrue(message.contains("--data-dir") && message.contains(none.toString()), message);
        message = assertThrows(UserError.class, () -> store(null, Map.of("ORNSTEIN_DATA", none.toString())))
                .getMessage();
        assertTrue(message.contains("ORNSTEIN_DATA"), message);
    }

    @Test
    void namesWhatAnIncompleteFolderLacks() throws Exception {
        Crafted.idxFolder(root.resolve("mnist"));
        java.nio.file.Files.delete(root.resolve("mnist/t10k-labels-idx1-ubyte.gz"));
        String message = assertThrows(UserError.class, () -> load("mnist")).getMessage();
        assertTrue(message.contains("lacks t10k-labels-idx1-ubyte.gz"), message);
        Crafted.write(root.resolve("cifar-10/data_batch_2.bin"), Crafted.batch(1));
        message = assertThrows(UserError.class, () -> load("cifar-10")).getMessage();
        assertTrue(message.contains("lacks test_batch.bin"), message);
    }

    @Test
    void refusesDamagedIdx() {
        Path folder = Crafted.idxFolder(root.resolve("mnist"));
        Path images = folder.resolve(Crafted.IDX[0]);
        byte[] right = Crafted.images(6);
        Crafted.write(images, Arrays.copyOf(right, right.length - 1));
        refused("mnist", "is truncated");
        Crafted.write(images, Arrays.copyOf(right, right.length + 1));
        refused("mnist", "goes on after its 6 images");
        Crafted.write(images, new byte[3]);
        refused("mnist", "is truncated");
        Crafted.write(images, Crafted.labels(6));
        refused("mnist", "0x00000801, not the magic number 0x00000803");
        Crafted.write(images, ByteBuffer.wrap(right.clone()).putInt(8, 14).array());
        refused("mnist", "14 x 28");
        Crafted.write(images, Crafted.images(5));
        refused("mnist", "6 labels for the 5 images");
        Crafted.write(images, right);
        byte[] labels = Crafted.labels(6);
        labels[10] = 10;
        Crafted.write(folder.resolve(Crafted.IDX[1]), labels);
        refused("mnist", "label 10 of example 2");
        Crafted.write(
                images, ByteBuffer.allocate(right.length).put(right, 0, 16).array());
        Crafted.write(folder.resolve(Crafted.IDX[1]), Crafted.labels(6));
        String message = assertThrows(UserError.class, () -> load("mnist")).getMessage();
        assertTrue(message.contains("same value"), message);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 100_001, Integer.MAX_VALUE})
    void refusesHugeCounts(int count) {
        Path folder = Crafted.idxFolder(root.resolve("mnist"));
        byte[] images = ByteBuffer.wrap(Crafted.images(2)).putInt(4, count).array();
        Crafted.write(folder.resolve(Crafted.IDX[0]), images);
        refused("mnist", "claims " + Integer.toUnsignedString(count));
    }

    @Test
    void refusesABrokenGzipAndABomb() {
        Path folder = Crafted.idxFolder(root.resolve("mnist"));
        byte[] gz = Crafted.gzip(Crafted.images(6));
        Path images = folder.resolve(Crafted.IDX[0] + ".gz");
        Crafted.write(images, Arrays.copyOf(gz, gz.length / 2));
        refused("mnist", "damaged or truncated");
        Crafted.write(images, new byte[100]);
        refused("mnist", "damaged or truncated");
        // 50 MB of zeros behind a right header: no more than the claimed images is ever unpacked.
        byte[] bomb = new byte[50_000_000];
        System.arraycopy(Crafted.images(6), 0, bomb, 0, 16);
        Crafted.write(images, Crafted.gzip(bomb));
        refused("mnist", "goes on after its 6 images, which ends at unpacked byte 4720");
    }

    @Test
    void refusesMnistUnderTheNameOfFashion() {
        String places = System.getenv("ORNSTEIN_DATA");
        org.junit.jupiter.api.Assumptions.assumeTrue(
                places != null && java.nio.file.Files.exists(Path.of(places, "mnist")),
                "SKIPPED: set ORNSTEIN_DATA to a folder with mnist/ to run this test");
        String message = assertThrows(
                        UserError.class,
                        () -> store(Path.of(String.valueOf(places), "mnist"), Map.of())
                                .load(DataSpec.of("fashion-mnist")))
                .getMessage();
        assertTrue(message.contains("holds MNIST, not Fashion-MNIST"), message);
    }

    @Test
    void readsCifarFoldersWithFewBatches() {
        Crafted.write(root.resolve("cifar-10/data_batch_1.bin"), Crafted.batch(7));
        Crafted.write(root.resolve("cifar-10/data_batch_3.bin"), Crafted.batch(4));
        Crafted.write(root.resolve("cifar-10/test_batch.bin"), Crafted.batch(2));
        Dataset d = load("cifar-10");
        assertEquals(11, d.train().count());
        assertEquals(2, d.heldOut().count());
        assertEquals(List.of(3, 32, 32), d.shape());
        assertEquals(2, d.train().labels()[9]);
        assertEquals(List.of(7, 4, 2), d.files().stream().map(DataFile::count).toList());
        for (int c = 0; c < 3; c++) {
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < 11; i++) {
                for (int j = 0; j < 1024; j++) {
                    double x = d.train().inputs()[i * 3072 + c * 1024 + j];
                    sum += x;
                    squares += x * x;
                }
            }
            assertEquals(0, sum / 11264, 1e-6);
            assertEquals(1, squares / 11264, 1e-6);
        }
    }

    @Test
    void refusesDamagedCifar() {
        Path folder = root.resolve("cifar-10");
        Crafted.write(folder.resolve("data_batch_1.bin"), Crafted.batch(2));
        Crafted.write(folder.resolve("test_batch.bin"), Arrays.copyOf(Crafted.batch(2), 3073 + 100));
        refused("cifar-10", "no whole number of 3073-byte records");
        byte[] wrong = Crafted.batch(2);
        wrong[3073] = (byte) 200;
        Crafted.write(folder.resolve("test_batch.bin"), wrong);
        refused("cifar-10", "label 200 of example 1");
        Crafted.write(folder.resolve("test_batch.bin"), new byte[0]);
        refused("cifar-10", "has 0 bytes");
        Crafted.write(folder.resolve("test_batch.bin"), new byte[30_730_001]);
        refused("cifar-10", "more than 30730000 bytes");
    }

    private void archive(byte[]... entries) {
        Crafted.write(root.resolve("cifar-10/cifar-10-binary.tar.gz"), Crafted.tarFile(entries));
    }

    private static byte[] entry(String name, byte[] body) {
        return Crafted.tarEntry(name, '0', body.length, body);
    }

    private static byte[][] wholeArchive() {
        List<byte[]> entries = new ArrayList<>();
        entries.add(Crafted.tarEntry("cifar-10-batches-bin/", '5', 0, new byte[0]));
        for (int k = 5; k >= 1; k--) {
            entries.add(entry("cifar-10-batches-bin/data_batch_" + k + ".bin", Crafted.batch(k)));
        }
        entries.add(entry("cifar-10-batches-bin/readme.html", new byte[77]));
        entries.add(entry("cifar-10-batches-bin/test_batch.bin", Crafted.batch(3)));
        return entries.toArray(new byte[0][]);
    }

    @Test
    void readsTheCifarArchive() {
        archive(wholeArchive());
        Dataset d = load("cifar-10");
        assertEquals(
                List.of(1, 2, 3, 4, 5, 3),
                d.files().stream().map(DataFile::count).toList());
        assertEquals(Sha256.of(Crafted.batch(2)), d.files().get(1).sha256());
    }

    @Test
    void refusesHostileArchives() {
        archive(entry("../../x", new byte[1]));
        refused("cifar-10", "leads out of");
        archive(entry("/etc/x", new byte[1]));
        refused("cifar-10", "leads out of");
        archive(Crafted.tarEntry("cifar-10-batches-bin/test_batch.bin", '2', 0, new byte[0]));
        refused("cifar-10", "is a link");
        archive(Crafted.tarEntry("cifar-10-batches-bin/test_batch.bin", '0', 077777777777L, new byte[0]));
        refused("cifar-10", "claims 8589934591 bytes");
        archive(Crafted.tarEntry("cifar-10-batches-bin/test_batch.bin", '0', 3073, new byte[0]));
        refused("cifar-10", "is truncated");
        byte[] flipped = entry("cifar-10-batches-bin/x", new byte[1]);
        flipped[3]++;
        archive(flipped);
        refused("cifar-10", "checksum is wrong");
        byte[][] many = new byte[65][];
        Arrays.fill(many, entry("cifar-10-batches-bin/x", new byte[0]));
        archive(many);
        refused("cifar-10", "more than 64 entries");
        byte[] twice = entry("cifar-10-batches-bin/test_batch.bin", Crafted.batch(1));
        archive(twice, twice);
        refused("cifar-10", "twice");
        archive(twice);
        refused("cifar-10", "lacks cifar-10-batches-bin/data_batch_1.bin");
    }
}
