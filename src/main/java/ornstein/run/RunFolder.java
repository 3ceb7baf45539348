package ornstein.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import ornstein.spec.Counted;
import ornstein.spec.UserError;
import tools.jackson.databind.JsonNode;

/// The folder of one run, locked while it is open.
///
/// Opening finds the folder that belongs to a plan: an unfinished one goes on, a finished one is left alone
/// and the run starts afresh in the next (`NAME-HASH-2`, ...) unless finished work is kept, and `fresh`
/// discards what is there.
public final class RunFolder implements AutoCloseable {
    private static final String FINISHED = "finished";
    private static final String DONE = "done";

    private final Path path;
    private final FolderLock lock;
    private final Journal journal;
    private final Manifest manifest;
    private final boolean resumed;
    private final Map<String, JsonNode> done = new HashMap<>();

    /// Where runs are put and what happens to earlier ones.
    ///
    /// @param root the folder of all runs, `runs`
    /// @param out the folder itself (`--out`), in place of one below root
    /// @param fresh discard what an earlier run of the same plan left
    /// @param keep go on with a finished run too (sweeps)
    public record Place(Path root, @Nullable Path out, boolean fresh, boolean keep) {
        /// Below `runs` in the working directory.
        public static Place standard() {
            return new Place(Path.of("runs"), null, false, false);
        }
    }

    private RunFolder(Path path, FolderLock lock, RunPlan plan) {
        this.path = path;
        this.lock = lock;
        resumed = isRun(path);
        if (!resumed) {
            writeAtomically(Manifest.FILE, Json.bytes(Manifest.of(plan)));
        }
        manifest = Manifest.read(path);
        journal = Journal.open(path);
        for (JsonNode entry : journal.entries(DONE)) {
            done.put(entry.path("unit").asString(""), entry);
        }
        journal.append(
                resumed ? "resumed" : "begun",
                Map.of("pid", ProcessHandle.current().pid(), "commandLine", plan.commandLine()));
    }

    /// Opens the folder of a plan; the rule stands above.
    public static RunFolder open(RunPlan plan, Place place) {
        String hash = plan.hash();
        Path base = place.out() != null ? place.out() : place.root().resolve(plan.name() + "-" + hash.substring(0, 8));
        Path last = base;
        int number = 1;
        while (Files.exists(numbered(base, number + 1))) {
            last = numbered(base, ++number);
        }
        Path path = last;
        if (!place.fresh() && isRun(last)) {
            refuseOther(last, plan, hash);
            if (isFinished(last) && !place.keep()) {
                path = numbered(base, number + 1);
            }
        }
        return openAt(path, plan, hash, place.fresh());
    }

    private static RunFolder openAt(Path path, RunPlan plan, String hash, boolean fresh) {
        try {
            if (Files.exists(path) && !Files.isDirectory(path)) {
                throw new UserError(path + " is not a folder; give another --out");
            }
            Files.createDirectories(path);
            if (!isRun(path) && holdsOtherFiles(path)) {
                throw new UserError(path + " holds files but no run (" + Manifest.FILE + "); give another --out");
            }
            FolderLock lock = FolderLock.take(path);
            try {
                if (fresh) {
                    discard(path);
                }
                if (isRun(path)) {
                    refuseOther(path, plan, hash);
                }
                AtomicFile.removeParts(path);
                return new RunFolder(path, lock, plan);
            } catch (RuntimeException | IOException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UserError(
                    "cannot make or open the run folder " + path + " ("
                            + e.getClass().getSimpleName() + "); give another --out",
                    e);
        }
    }

    private static Path numbered(Path base, int number) {
        return number == 1 ? base : base.resolveSibling(base.getFileName() + "-" + number);
    }

    private static boolean isRun(Path folder) {
        return Files.exists(folder.resolve(Manifest.FILE));
    }

    /// Whether the run in a folder was completed.
    public static boolean isFinished(Path folder) {
        return Journal.read(folder).stream().anyMatch(entry -> Journal.is(entry, FINISHED));
    }

    private static void refuseOther(Path folder, RunPlan plan, String hash) {
        Manifest there = Manifest.read(folder);
        if (!there.hash().equals(hash)) {
            throw new UserError(folder + " holds another run (" + there.command() + " " + there.name() + ", "
                    + there.hash().substring(0, 8) + ", not " + plan.command() + " " + plan.name() + ", "
                    + hash.substring(0, 8) + "); give another --out, or --fresh to discard it");
        }
    }

    /// Whether there is more than hidden files and the lock, which a crash before the first file leaves.
    private static boolean holdsOtherFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .anyMatch(name -> !name.equals(FolderLock.FILE) && !name.startsWith("."));
        }
    }

    /// Removes all but the lock: the journal first and the manifest last, so that a crash on the way leaves
    /// an unfinished run.
    private static void discard(Path folder) throws IOException {
        Path manifest = folder.resolve(Manifest.FILE);
        Files.deleteIfExists(folder.resolve(Journal.FILE));
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            if (!file.equals(folder) && !file.equals(folder.resolve(FolderLock.FILE)) && !file.equals(manifest)) {
                Files.delete(file);
            }
        }
        Files.deleteIfExists(manifest);
    }

    /// The folder.
    public Path path() {
        return path;
    }

    /// The path of a file of this run; `name` may hold folders, but stays inside.
    public Path file(String name) {
        Path file = path.resolve(name).normalize();
        if (!file.startsWith(path.normalize())) {
            throw new IllegalArgumentException("\"" + name + "\" leaves the run folder");
        }
        return file;
    }

    /// Writes a file that is there as a whole or not at all.
    public void writeAtomically(String name, byte[] bytes) {
        AtomicFile.write(file(name), bytes);
    }

    /// Writes a large file that is there as a whole or not at all.
    public void writeAtomically(String name, AtomicFile.Content content) {
        AtomicFile.write(file(name), content);
    }

    /// What ran.
    public Manifest manifest() {
        return manifest;
    }

    /// What happened.
    public Journal journal() {
        return journal;
    }

    /// Whether an earlier attempt goes on.
    public boolean resumed() {
        return resumed;
    }

    /// A remark for the user on how this run began, or null.
    public @Nullable String remark() {
        if (!resumed) {
            return null;
        }
        String commit = Manifest.commitNow();
        String other = Objects.equals(commit, manifest.commit())
                ? ""
                : " (begun by commit " + manifest.commit() + ", now " + commit + ": --fresh to start anew)";
        return "going on with " + path + ", " + Counted.of(done.size(), "finished unit") + other;
    }

    /// Whether a unit of work was noted as done, now or in an earlier attempt.
    public boolean isDone(String unit) {
        return result(unit) != null;
    }

    /// What was noted of a finished unit, or null.
    public @Nullable JsonNode result(String unit) {
        synchronized (done) {
            return done.get(unit);
        }
    }

    /// Notes a unit as done; its files must have been written before.
    public void done(String unit) {
        done(unit, Map.of());
    }

    /// Notes a unit as done, with facts such as its seconds.
    public void done(String unit, Map<String, ?> facts) {
        Map<String, Object> entry = new HashMap<>(facts);
        entry.put("unit", unit);
        journal.append(DONE, entry);
        synchronized (done) {
            done.put(unit, Json.tree(entry));
        }
    }

    /// Notes the whole run as finished: given again, the command starts afresh.
    public void finish() {
        journal.append(FINISHED, Map.of());
    }

    /// Releases the lock.
    @Override
    public void close() {
        journal.close();
        lock.close();
    }
}
