package ornstein.kernel;

/// A piece of a step's work on a tile.
interface Stage {
    /// No work.
    Stage NONE = (tile, phase) -> {};

    /// @param phase the step number modulo 4
    void run(Tile tile, int phase);
}
