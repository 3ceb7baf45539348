package ornstein.train.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import ornstein.spec.UserError;

/// Finds data sets and loads them.
///
/// A published data set is looked for in `--data-dir`, then in the folder that `ORNSTEIN_DATA` names, then in the cache
/// folder (`ORNSTEIN_CACHE/data`, or `ornstein/data` below `XDG_CACHE_HOME` or `~/.cache`); in each, in a subfolder of
/// its name and then in the folder itself. If it is nowhere it is downloaded into the cache folder. Files found locally
/// are checked for structure, whatever their checksum; their counts and checksums are in [Dataset#files].
public final class DataStore {
    private final @Nullable Path dataDir;
    private final @Nullable Path ornsteinData;
    private final Path cache;
    private final Function<Published, List<String>> mirrors;
    private final Consumer<String> messages;

    /// @param dataDir the folder that the user named, if any
    /// @param messages told in one line what is read from where, and how a download goes
    public DataStore(@Nullable Path dataDir, Consumer<String> messages) {
        this(dataDir, System::getenv, Published::mirrors, messages);
    }

    DataStore(
            @Nullable Path dataDir,
            UnaryOperator<@Nullable String> environment,
            Function<Published, List<String>> mirrors,
            Consumer<String> messages) {
        this.dataDir = folder("--data-dir", dataDir == null ? null : dataDir.toString());
        this.ornsteinData = folder("ORNSTEIN_DATA", environment.apply("ORNSTEIN_DATA"));
        this.cache = cacheFolder(environment);
        this.mirrors = mirrors;
        this.messages = messages;
    }

    private static @Nullable Path folder(String source, @Nullable String name) {
        if (name == null || name.isEmpty()) {
            return null;
        }
        Path folder = Path.of(name);
        if (!Files.isDirectory(folder)) {
            throw new UserError(source + " names " + name + ", which is not a folder");
        }
        return folder;
    }

    private static Path cacheFolder(UnaryOperator<@Nullable String> environment) {
        String own = environment.apply("ORNSTEIN_CACHE");
        if (own != null && !own.isEmpty()) {
            return Path.of(own, "data");
        }
        String xdg = environment.apply("XDG_CACHE_HOME");
        Path base = xdg != null && !xdg.isEmpty() ? Path.of(xdg) : Path.of(System.getProperty("user.home"), ".cache");
        return base.resolve("ornstein").resolve("data");
    }

    /// Where downloads go.
    public Path cache() {
        return cache;
    }

    /// The folder a published data set would be read from, or empty when it would be downloaded. `synthetic` is
    /// nowhere.
    public Optional<Path> find(String name) {
        return name.equals("synthetic") ? Optional.empty() : find(Published.named(name));
    }

    /// Loads a data set, downloading it if it is nowhere.
    ///
    /// @throws UserError when files are damaged or of another kind, hold too few examples, or cannot be had
    public Dataset load(DataSpec spec) {
        if (spec.name().equals("synthetic")) {
            return Synthetic.make(spec);
        }
        Published published = Published.named(spec.name());
        Path folder = find(published).orElseGet(() -> download(published));
        messages.accept("reading " + spec.name() + " from " + folder);
        try {
            return read(published, folder, spec);
        } catch (UserError e) {
            throw new UserError(e.getMessage() + " (data set " + spec.name() + "; --data synthetic needs no files)", e);
        }
    }

    private Optional<Path> find(Published published) {
        List<Path> folders = new ArrayList<>();
        for (Path root : new @Nullable Path[] {dataDir, ornsteinData}) {
            if (root != null) {
                folders.add(root.resolve(published.folder()));
                folders.add(root);
            }
        }
        Path cached = cache.resolve(published.folder());
        folders.add(cached);
        for (Path folder : folders) {
            for (Path f : List.of(folder, folder.resolve(Cifar.FOLDER))) {
                List<String> missing = missing(published, f);
                if (missing.isEmpty()) {
                    return Optional.of(f);
                }
                if (f.endsWith(published.folder()) && !f.equals(cached) && missing.size() < parts(published)) {
                    throw new UserError(f + " lacks " + String.join(", ", missing) + " of " + published.folder());
                }
            }
        }
        return Optional.empty();
    }

    /// The files, or kinds of file, that a folder must hold and does not.
    private static List<String> missing(Published published, Path folder) {
        if (published == Published.CIFAR_10) {
            return Files.exists(folder.resolve(Cifar.ARCHIVE)) ? List.of() : Cifar.missing(folder);
        }
        return published.archives().stream()
                .map(Published.Archive::name)
                .filter(name -> !Files.exists(idx(folder, name)))
                .toList();
    }

    private static int parts(Published published) {
        return published == Published.CIFAR_10 ? 2 : published.archives().size();
    }

    /// The file without `.gz` where it is there, else with.
    private static Path idx(Path folder, String gz) {
        Path unpacked = folder.resolve(gz.replaceFirst("\\.gz$", ""));
        return Files.exists(unpacked) ? unpacked : folder.resolve(gz);
    }

    private static Dataset read(Published published, Path folder, DataSpec spec) {
        List<DataFile> files = new ArrayList<>();
        List<Pixels> parts = switch (published) {
            case CIFAR_10 ->
                Cifar.missing(folder).isEmpty()
                        ? Cifar.readFolder(folder, files)
                        : Cifar.readArchive(folder.resolve(Cifar.ARCHIVE), files);
            case MNIST, FASHION_MNIST -> {
                List<Path> paths = published.archives().stream()
                        .map(a -> idx(folder, a.name()))
                        .toList();
                yield List.of(Idx.read(paths.get(0), paths.get(1), files), Idx.read(paths.get(2), paths.get(3), files));
            }
        };
        if (published == Published.FASHION_MNIST && files.get(1).sha256().equals(Published.MNIST_TRAIN_LABELS)) {
            throw new UserError(files.get(1).place() + " holds MNIST, not Fashion-MNIST");
        }
        float[][] table = parts.get(0).standardising(folder.toString());
        Examples train = parts.get(0).examples(table, spec.train(), folder.toString(), "training");
        Examples heldOut = parts.get(1).examples(table, spec.heldOut(), folder.toString(), "held-out");
        List<Integer> shape = published == Published.CIFAR_10 ? List.of(3, 32, 32) : List.of(1, 28, 28);
        return new Dataset(spec.name(), shape, 10, train, heldOut, files);
    }

    private Path download(Published published) {
        Path folder = cache.resolve(published.folder());
        for (Published.Archive archive : published.archives()) {
            Meter meter = new Meter(archive, messages);
            try {
                new Download(mirrors.apply(published), archive, folder, meter::bytes).run();
            } catch (Download.Failed e) {
                throw new UserError(
                        published.folder() + " is not in " + places() + ", and downloading " + archive.name()
                                + " failed: " + e.getMessage() + ". Put "
                                + String.join(
                                        ", ",
                                        published.archives().stream()
                                                .map(Published.Archive::name)
                                                .toList())
                                + " into " + folder + ", or into " + published.folder()
                                + "/ of a folder named by --data-dir or ORNSTEIN_DATA, or use --data synthetic",
                        e);
            }
        }
        return folder;
    }

    private String places() {
        List<String> places = new ArrayList<>();
        places.add(dataDir == null ? "--data-dir (not given)" : dataDir.toString());
        places.add(ornsteinData == null ? "ORNSTEIN_DATA (not set)" : ornsteinData.toString());
        return String.join(", ", places) + " or " + cache;
    }

    /// Says every tenth part of a download.
    private static final class Meter {
        private final Published.Archive archive;
        private final Consumer<String> messages;
        private long said = -1;

        Meter(Published.Archive archive, Consumer<String> messages) {
            this.archive = archive;
            this.messages = messages;
        }

        void bytes(long held) {
            long tenths = 10 * held / archive.bytes();
            if (tenths != said) {
                said = tenths;
                messages.accept(String.format(
                        "downloading %s: %d %% of %.1f MB", archive.name(), 10 * tenths, archive.bytes() / 1e6));
            }
        }
    }
}
