package ornstein.train.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import ornstein.run.Progress;

/// The published data, where `ORNSTEIN_DATA` names a folder that has them.
class RealDataTest {
    private static Dataset load(String name, int train) {
        String root = System.getenv("ORNSTEIN_DATA");
        boolean there = root != null && Files.isDirectory(Path.of(root, name));
        if (!there) {
            System.err.println("SKIPPED: no " + name + "/ in ORNSTEIN_DATA; set it to run the test on the real data");
        }
        assumeTrue(there, "no " + name + " in ORNSTEIN_DATA");
        return new DataStore(null, (t, u, n, b) -> Progress.silent()).load(new DataSpec(name, train, 0, 1));
    }

    @Test
    void mnist() {
        Dataset d = load("mnist", 1000);
        assertEquals(1000, d.train().count());
        assertEquals(10_000, d.heldOut().count());
        assertEquals(60_000, d.files().get(0).count());
        assertEquals(Published.MNIST_TRAIN_LABELS, d.files().get(1).sha256());
        assertEquals(5, d.train().labels()[0]);
        assertEquals(7, d.heldOut().labels()[0]);
        // The corner pixel is black; the published mean and deviation of MNIST's pixels are .1307 and .3081.
        assertEquals(-0.1307 / 0.3081, d.train().inputs()[0], 5e-4);
    }

    @Test
    void cifar() {
        Dataset d = load("cifar-10", 0);
        int[] seen = new int[10];
        for (byte label : d.train().labels()) {
            seen[label]++;
        }
        for (int n : seen) {
            assertEquals(d.train().count() / 10, n);
        }
        assertEquals(3072, d.train().width());
    }
}
