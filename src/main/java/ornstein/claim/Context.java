package ornstein.claim;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Function;
import ornstein.train.data.DataSpec;
import ornstein.train.data.Dataset;

/// What an experiment is done on: the scale, the data set, the seed. Data are loaded once.
public final class Context {
    private final Scale scale;
    private final String data;
    private final long seed;
    private final Function<DataSpec, Dataset> loader;
    private final Set<DataSpec> used = new CopyOnWriteArraySet<>();
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

    /// Notes that an experiment will ask for these data.
    public DataSpec uses(DataSpec spec) {
        used.add(spec);
        return spec;
    }

    public Dataset dataset(DataSpec spec) {
        return loaded.computeIfAbsent(spec, loader);
    }

    /// Count and checksum of each file of the data that the experiments use, by its name; loads them.
    public Map<String, String> files() {
        Map<String, String> files = new TreeMap<>();
        for (DataSpec spec : used) {
            dataset(spec)
                    .described()
                    .forEach((name, file) -> files.merge(
                            name, file, (before, more) -> before.contains(more) ? before : before + "; " + more));
        }
        return files;
    }
}
