package ornstein.train.data;

import java.util.List;

/// The published data sets: what files they consist of and where their authors' or maintainers' mirrors are.
///
/// Sizes and SHA-256 sums are those of the files as published. They bind downloads only; a copy that was unpacked and
/// packed again is as good.
@SuppressWarnings("ImmutableEnumChecker") // the lists are immutable ones
enum Published {
    MNIST(
            "mnist",
            List.of(
                    "https://ossci-datasets.s3.amazonaws.com/mnist/",
                    "https://storage.googleapis.com/cvdf-datasets/mnist/"),
            List.of(
                    new Archive(
                            "train-images-idx3-ubyte.gz",
                            9_912_422,
                            "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
                    new Archive(
                            "train-labels-idx1-ubyte.gz",
                            28_881,
                            "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
                    new Archive(
                            "t10k-images-idx3-ubyte.gz",
                            1_648_877,
                            "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
                    new Archive(
                            "t10k-labels-idx1-ubyte.gz",
                            4_542,
                            "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"))),
    FASHION_MNIST(
            "fashion-mnist",
            List.of(
                    "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
                    "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/"),
            List.of(
                    new Archive(
                            "train-images-idx3-ubyte.gz",
                            26_421_880,
                            "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
                    new Archive(
                            "train-labels-idx1-ubyte.gz",
                            29_515,
                            "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
                    new Archive(
                            "t10k-images-idx3-ubyte.gz",
                            4_422_102,
                            "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
                    new Archive(
                            "t10k-labels-idx1-ubyte.gz",
                            5_148,
                            "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"))),
    CIFAR_10(
            "cifar-10",
            List.of("https://www.cs.toronto.edu/~kriz/"),
            List.of(new Archive(
                    Cifar.ARCHIVE, 170_052_171, "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd")));

    /// One published file.
    ///
    /// @param bytes its size as published
    /// @param sha256 its checksum as published
    record Archive(String name, long bytes, String sha256) {}

    /// SHA-256 of MNIST's unpacked training labels, to tell MNIST from other data sets whose files have the
    /// same names.
    static final String MNIST_TRAIN_LABELS = "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5";

    private final String folder;
    private final List<String> mirrors;
    private final List<Archive> archives;

    Published(String folder, List<String> mirrors, List<Archive> archives) {
        this.folder = folder;
        this.mirrors = mirrors;
        this.archives = archives;
    }

    /// The data set's name, which is also the name of its folder.
    String folder() {
        return folder;
    }

    /// Addresses that a file's name is appended to, the first choice first.
    List<String> mirrors() {
        return mirrors;
    }

    List<Archive> archives() {
        return archives;
    }

    static Published named(String name) {
        for (Published p : values()) {
            if (p.folder.equals(name)) {
                return p;
            }
        }
        throw new IllegalArgumentException("no published data set " + name);
    }
}
