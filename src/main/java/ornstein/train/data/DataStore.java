package ornstein.train.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import ornstein.run.Progress;
import ornstein.spec.CacheFolder;
import ornstein.spec.UserError;

/// Finds data sets and loads them.
///
/// A published data set is looked for in `--data-dir`, then in the folder that `ORNSTEIN_DATA` names, then in
/// the cache folder (`ORNSTEIN_CACHE/data`, or `ornstein/data` below `XDG_CACHE_HOME` or `~/.cache`); in
/// each, in a subfolder of its name and then in the folder itself. If it is nowhere it is downloaded into the
/// cache folder. Files found locally are checked for structure, whatever their checksum; their counts and
/// checksums are in [Dataset#files].
public final class DataStore {
    private final @Nullable Path dataDir;
    private final @Nullable Path ornsteinData;
    private final Path cache;
    private final Function<Published, List<String>> mirrors;
    private final Meter meter;

    /// Starts the progress of a download; see [Progress#start].
    @FunctionalInterface
    public interface Meter {
        Progress start(String task, String unit, long total, long before);
    }

    /// @param dataDir the folder that the user named, if any
    /// @param meter tells the progress of downloads
    public DataStore(@Nullable Path dataDir, Meter meter) {
        this(dataDir, System::getenv, Published::mirrors, meter);
    }

    DataStore(
            @Nullable Path dataDir,
            UnaryOperator<@Nullable String> environment,
            Function<Published, List<String>> mirrors,
            Meter meter) {
        this.dataDir = folder("--data-dir", dataDir == null ? null : dataDir.toString());
        this.ornsteinData = folder("ORNSTEIN_DATA", environment.apply("ORNSTEIN_DATA"));
        this.cache = cacheFolder(environment);
        this.mirrors = mirrors;
        this.meter = meter;
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
        return CacheFolder.of(environment).resolve("data");
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
        List<DataFile> files = new ArrayList<>();
        List<Pixels> parts = read(published, folder, files);
        float[][] table = parts.get(0).standardising(folder.toString());
        Examples train = parts.get(0).examples(table, spec.train(), folder.toString(), "training");
        Examples heldOut = parts.get(1).examples(table, spec.heldOut(), folder.toString(), "held-out");
        List<Integer> shape = published == Published.CIFAR_10 ? List.of(3, 32, 32) : List.of(1, 28, 28);
        return new Dataset(spec.name(), shape, 10, train, heldOut, files);
    }

    /// The checked files of a published data set with their counts and checksums; none when it would be downloaded.
    ///
    /// @throws UserError when files are damaged or of another kind
    public List<DataFile> files(String name) {
        if (name.equals("synthetic")) {
            return Synthetic.make(DataSpec.of(name)).files();
        }
        List<DataFile> files = new ArrayList<>();
        find(name).ifPresent(folder -> read(Published.named(name), folder, files));
        return files;
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

    /// Training and held-out images of a folder that has them.
    private static List<Pixels> read(Published published, Path folder, List<DataFile> files) {
        try {
            return switch (published) {
                case CIFAR_10 ->
                    Cifar.missing(folder).isEmpty()
                            ? Cifar.readFolder(folder, files)
                            : Cifar.readArchive(folder.resolve(Cifar.ARCHIVE), files);
                case MNIST, FASHION_MNIST -> readIdx(published, folder, files);
            };
        } catch (UserError e) {
            String hint = "; put a sound copy there, or use --data synthetic, which needs no files";
            throw new UserError(e.getMessage() + hint, e);
        }
    }

    private static List<Pixels> readIdx(Published published, Path folder, List<DataFile> files) {
        List<Path> paths = published.archives().stream()
                .map(archive -> idx(folder, archive.name()))
                .toList();
        Pixels train = Idx.read(paths.get(0), paths.get(1), files);
        Pixels heldOut = Idx.read(paths.get(2), paths.get(3), files);
        if (published == Published.FASHION_MNIST && files.get(1).sha256().equals(Published.MNIST_TRAIN_LABELS)) {
            throw new UserError(files.get(1).place() + " holds MNIST, not Fashion-MNIST");
        }
        return List.of(train, heldOut);
    }

    /// One download at a time in this process.
    private Path download(Published published) {
        synchronized (DataStore.class) {
            return fetch(published);
        }
    }

    private Path fetch(Published published) {
        Path folder = cache.resolve(published.folder());
        for (Published.Archive archive : published.archives()) {
            try {
                new Download(mirrors.apply(published), archive, folder, meter).run();
            } catch (Download.Failed e) {
                throw new UserError(
                        published.folder() + " is not in " + places() + ", and downloading "
                                + archive.name() + " failed: " + e.getMessage() + ". Put " + names(published) + " into "
                                + folder + ", or into " + published.folder()
                                + "/ of a folder named by --data-dir or ORNSTEIN_DATA, or use --data synthetic",
                        e);
            }
        }
        return folder;
    }

    private static String names(Published published) {
        return published.archives().stream().map(Published.Archive::name).collect(Collectors.joining(", "));
    }

    private String places() {
        List<String> places = new ArrayList<>();
        places.add(dataDir == null ? "--data-dir (not given)" : dataDir.toString());
        places.add(ornsteinData == null ? "ORNSTEIN_DATA (not set)" : ornsteinData.toString());
        return String.join(", ", places) + " or " + cache;
    }
}
