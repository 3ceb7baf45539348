package ornstein.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import ornstein.spec.UserError;
import ornstein.train.data.DataFile;
import ornstein.train.data.DataSpec;
import ornstein.train.data.DataStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `ornstein data`.
@Command(
        name = "data",
        description = "Lists the data sets, where they were found, and the counts and checksums of their files.")
final class DataCommand implements Callable<Integer> {
    @Mixin
    private Common common = new Common();

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Where files are looked for first, then in ORNSTEIN_DATA, then in the cache folder.")
    private @Nullable Path folder;

    /// One data set.
    ///
    /// @param folder where it was found; null when it is made or would be downloaded
    /// @param problem what is wrong with what was found; null when nothing is
    record Found(
            String name,
            @Nullable String folder,
            List<DataFile> files,
            @Nullable String problem) {}

    @Override
    public Integer call() {
        DataStore store = new DataStore(folder, common::progress);
        List<Found> all = new ArrayList<>();
        for (String name : DataSpec.NAMES) {
            all.add(found(store, name));
        }
        return common.answer(all, text(all, store.cache()));
    }

    private static Found found(DataStore store, String name) {
        String place = null;
        try {
            place = store.find(name).map(Path::toString).orElse(null);
            return new Found(name, place, store.files(name), null);
        } catch (UserError e) {
            return new Found(name, place, List.of(), e.getMessage());
        }
    }

    private static String text(List<Found> all, Path cache) {
        StringBuilder text = new StringBuilder();
        for (Found found : all) {
            text.append(found.name()).append(": ").append(state(found, cache)).append('\n');
            for (DataFile file : found.files()) {
                text.append(String.format("  %-24s %6d examples  %s%n", file.name(), file.count(), file.sha256()));
            }
        }
        return text.toString();
    }

    private static String state(Found found, Path cache) {
        if (found.problem() != null) {
            return found.problem();
        }
        if (found.folder() != null) {
            return "in " + found.folder();
        }
        return found.files().isEmpty()
                ? "not here; would be downloaded into " + cache.resolve(found.name())
                : "made from a seed";
    }
}
