package ornstein.ensemble;

import ornstein.kernel.Block;
import ornstein.run.Interruption;
import ornstein.run.Progress;

/// What looks on while leaves run. Called by many threads.
interface Watch {
    Interruption interruption();

    Progress progress();

    /// Whether all states are wanted at every saved time, not only those of the first paths, and all at the end.
    boolean wantsAll();

    /// Sees the states of a block at a saved time, once for each block.
    ///
    /// @param leaf number of the leaf
    /// @param time number of the saved time
    void saved(long leaf, Block block, int time);
}
