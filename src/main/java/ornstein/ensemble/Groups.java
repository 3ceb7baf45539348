package ornstein.ensemble;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import ornstein.kernel.Block;
import ornstein.run.RunFolder;

/// The leaves of an ensemble in groups of 2^level: what is to do, and what comes out. With a run folder a
/// group is kept there once it is finished, and what the folder holds is not done again. Safe for threads.
final class Groups {
    private final EnsembleSpec spec;
    private final long leaves;
    private final int level;
    private final @Nullable Checkpoints checkpoints;
    private final Collector collector;
    private final Group all;
    private final @Nullable Group[] open;
    private final Deque<Group> free = new ArrayDeque<>();
    private final List<Long> toDo = new ArrayList<>();
    private final long restored;
    private int at;
    private long taken;

    /// Consecutive leaves of one group.
    record Leaves(long first, int count) {}

    Groups(EnsembleSpec spec, int level, @Nullable RunFolder folder) {
        this.spec = spec;
        this.level = level;
        leaves = LeafRunner.leaves(spec);
        int groups = Math.toIntExact((leaves + (1L << level) - 1) >> level);
        checkpoints = folder == null || groups == 1 ? null : new Checkpoints(folder);
        collector = new Collector(spec, leaves);
        all = new Group(spec, true);
        open = new Group[groups];
        for (long g = 0; g < groups; g++) {
            if (checkpoints == null || !checkpoints.has(g)) toDo.add(g);
            else restore(checkpoints, g);
        }
        restored = (long) groups - toDo.size();
    }

    private void restore(Checkpoints from, long g) {
        Partial partial = collector.take();
        Group more = new Group(spec, g == 0);
        from.read(g, partial, more);
        all.merge(more);
        collector.finish(level, g, partial);
    }

    /// Groups that an earlier run finished.
    long restored() {
        return restored;
    }

    /// Paths of these.
    long restoredPaths() {
        long ofGroup = (long) LeafRunner.LEAF << level;
        long left = 0;
        for (long g : toDo) left += Math.min(ofGroup, spec.paths() - g * ofGroup);
        return spec.paths() - left;
    }

    /// Leaves to do, at most.
    long leavesToDo() {
        return Math.min((long) toDo.size() << level, leaves);
    }

    /// The next leaves to run, `most` of them at most; null when there are none.
    synchronized @Nullable Leaves next(int most) {
        if (at == toDo.size()) return null;
        long first = (toDo.get(at) << level) + taken;
        long end = Math.min(leaves, (toDo.get(at) + 1) << level);
        int count = (int) Math.min(most, end - first);
        taken += count;
        if (first + count == end) {
            at++;
            taken = 0;
        }
        return new Leaves(first, count);
    }

    /// Partials to fill, one a leaf.
    List<Partial> take(int count) {
        List<Partial> partials = new ArrayList<>(count);
        for (int l = 0; l < count; l++) partials.add(collector.take());
        return partials;
    }

    /// Sees the states of a block at a saved time.
    void saved(long leaf, Block block, int time) {
        group(leaf).saved(block, time);
    }

    /// Sees the states of the first paths alone.
    void sample(Block block, int time) {
        group(0).sample(block, time);
    }

    /// Takes in counts of a page of buckets, for the states of leaves at the end.
    void counted(long leaf, int coordinate, int page, int[] counts) {
        group(leaf).counted(coordinate, page, counts);
    }

    /// Takes in the statistics of leaves, one a leaf, and the seconds that they took.
    void finish(long first, List<Partial> partials, double seconds) {
        Group group = group(first);
        group.spent(seconds);
        for (int l = 0; l < partials.size(); l++) {
            Partial whole = collector.add(0, first + l, partials.get(l), level);
            if (whole != null) complete((first + l) >> level, whole, group);
        }
    }

    private void complete(long g, Partial partial, Group group) {
        if (checkpoints != null) checkpoints.write(g, partial, group);
        all.merge(group);
        close((int) g, group);
        collector.finish(level, g, partial);
    }

    private synchronized Group group(long leaf) {
        int g = (int) (leaf >> level);
        Group there = open[g];
        if (there != null) return there;
        Group used = g > 0 ? free.poll() : null;
        Group made = used != null ? used : new Group(spec, g == 0);
        open[g] = made;
        return made;
    }

    private synchronized void close(int g, Group group) {
        open[g] = null;
        if (g == 0) return;
        group.clear();
        free.add(group);
    }

    /// The statistics of all paths; every leaf must have come in.
    Partial statistics() {
        return collector.root();
    }

    /// What all groups give besides.
    Group besides() {
        return all;
    }
}
