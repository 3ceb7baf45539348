package ornstein.ensemble;

import ornstein.kernel.Block;
import ornstein.run.Interruption;
import ornstein.run.Progress;

/// What looks on while leaves run. Called by many threads.
interface Watch {
    Interruption interruption();

    Progress progress();

    /// Whether the states of all paths are wanted at every saved time. If not, those of the first paths and the counts
    /// at the end do.
    boolean wantsAll();

    /// Sees the states of a block at a saved time, once for each block.
    ///
    /// @param leaf number of the leaf
    /// @param time number of the saved time
    void saved(long leaf, Block block, int time);

    /// Sees the states of the first paths alone at a saved time.
    void sample(Block block, int time);

    /// Sees the counts of a page of buckets at the end, for leaves of which `leaf` is the first; see
    /// [Sketch#add(int, int[])].
    void counted(long leaf, int coordinate, int page, int[] counts);
}
