package ornstein.kernel;

/// A piece of a step's work on a tile.
interface Stage {
    /// @param phase the step number modulo 4
    void run(Tile tile, int phase);
}
