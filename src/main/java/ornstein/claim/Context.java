package ornstein.claim;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import ornstein.train.data.DataSpec;
import ornstein.train.data.Dataset;

/// What an experiment is done on: the scale, the data set, the seed. Data are loaded once.
public final class Context {
    private final Scale scale;
    private final String data;
    private final long seed;
    private final Function<DataSpec, Dataset> loader;
    private final Map<DataSpec, Dataset> loaded = new ConcurrentHashMap<>();

    /// @param data name of a data set
    /// @param loader such as [ornstein.train.data.DataStore#load]
    public Context(Scale scale, String data, long seed, Function<DataSpec, Dataset> loader) {
        this.scale = scale;
        this.data = data;
        this.seed = seed;
        this.loader = loader;
    }

    public Scale scale() {
        return scale;
    }

    public String data() {
        return data;
    }

    public long seed() {
        return seed;
    }

    public Dataset dataset(DataSpec spec) {
        return loaded.computeIfAbsent(spec, loader);
    }

    /// SHA-256 of each file of the data loaded so far, by its name.
    public Map<String, String> checksums() {
        Map<String, String> sums = new TreeMap<>();
        loaded.forEach((spec, dataset) -> dataset.files()
                .forEach(file -> sums.put(spec.name() + " " + spec.train() + ": " + file.name(), file.sha256())));
        return sums;
    }
}
