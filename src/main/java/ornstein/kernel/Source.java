package ornstein.kernel;

/// Makes the random rows that a step takes.
interface Source {
    /// Sees to it that the rows of a step are in the tile.
    void prepare(Tile tile, long step);
}
