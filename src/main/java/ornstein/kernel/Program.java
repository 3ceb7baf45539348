package ornstein.kernel;

import java.util.List;

/// A step made ready to run on tiles.
///
/// @param sources what makes the random rows
/// @param stages the work of a step
/// @param outputs rows of the outputs
record Program(
        Precision precision,
        Layout layout,
        Uniforms uniforms,
        List<Source> sources,
        List<Stage> stages,
        List<Place.Row> outputs,
        float[][] columns32,
        double[][] columns64,
        int stride) {

    /// The numbers that are the same for all paths and steps, into a tile.
    void setFixed(Tile tile) {
        int[] all = java.util.stream.IntStream.range(0, uniforms.size()).toArray();
        int[] places = new int[all.length];
        double[] numbers = uniforms.tape(all, places).at(0, 0);
        for (int k = 0; k < all.length; k++) tile.uniform(all[k], numbers[places[k]]);
    }

    /// One step of the paths in the tile.
    void step(Tile tile, long step) {
        for (int s = 0; s < sources.size(); s++) sources.get(s).prepare(tile, step);
        int phase = (int) step & 3;
        for (int s = 0; s < stages.size(); s++) stages.get(s).run(tile, phase);
    }
}
