package ornstein.train.data;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import ornstein.spec.UserError;

/// The IDX format of MNIST and Fashion-MNIST (Y. LeCun, "The MNIST database"): a big-endian magic number (two zero
/// bytes, the type 8 = unsigned byte, the number of dimensions), one 32-bit size a dimension, the bytes.
final class Idx {
    /// More images than any data set of this format holds.
    static final int LIMIT = 100_000;

    private static final int SIDE = 28;
    private static final int CLASSES = 10;

    private Idx() {}

    /// Images and labels that belong together; adds the two files to `files`.
    static Pixels read(Path imageFile, Path labelFile, List<DataFile> files) {
        byte[] images;
        try (Unpacked in = Unpacked.open(imageFile)) {
            int n = count(in, 0x803);
            ByteBuffer sides = ByteBuffer.wrap(in.next(8, "the header"));
            int height = sides.getInt();
            int width = sides.getInt();
            if (height != SIDE || width != SIDE) {
                throw new UserError(in.place() + ": images of " + height + " x " + width + " pixels, not 28 x 28");
            }
            images = in.next(n * SIDE * SIDE, "its " + n + " images");
            in.end("its " + n + " images");
            files.add(file(imageFile, n, in));
        }
        byte[] labels;
        try (Unpacked in = Unpacked.open(labelFile)) {
            int n = count(in, 0x801);
            labels = in.next(n, "its " + n + " labels");
            in.end("its " + n + " labels");
            files.add(file(labelFile, n, in));
            if (n * SIDE * SIDE != images.length) {
                throw new UserError(in.place() + " has " + n + " labels for the " + images.length / (SIDE * SIDE)
                        + " images of " + imageFile);
            }
            for (int i = 0; i < n; i++) {
                checkLabel(labels[i], i, in.place(), CLASSES);
            }
        }
        return new Pixels(1, SIDE * SIDE, List.of(new Pixels.Piece(images, 0, SIDE * SIDE, labels)));
    }

    static void checkLabel(byte label, int i, String place, int classes) {
        if ((label & 0xff) >= classes) {
            throw new UserError(
                    place + ": label " + (label & 0xff) + " of example " + i + " lies outside 0.." + (classes - 1));
        }
    }

    private static int count(Unpacked in, int magic) {
        ByteBuffer head = ByteBuffer.wrap(in.next(8, "the header"));
        int found = head.getInt();
        if (found != magic) {
            throw new UserError(String.format(
                    "%s starts with %#010x, not the magic number %#010x of IDX %s",
                    in.place(), found, magic, magic == 0x803 ? "images" : "labels"));
        }
        int n = head.getInt();
        if (n < 1 || n > LIMIT) {
            throw new UserError(
                    in.place() + " claims " + Integer.toUnsignedString(n) + " examples; the limit is " + LIMIT);
        }
        return n;
    }

    private static DataFile file(Path path, int n, Unpacked in) {
        String name = String.valueOf(path.getFileName());
        return new DataFile(name.replaceFirst("\\.gz$", ""), path.toString(), n, in.sha256());
    }
}
