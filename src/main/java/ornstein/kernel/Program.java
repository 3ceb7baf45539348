package ornstein.kernel;

import java.util.List;

/// A step made ready to run on tiles.
///
/// @param sources what makes the random rows
/// @param stages the work of a step
/// @param fusion the work of several steps in one method, where they are short enough
/// @param outputs rows of the outputs
record Program(
        Precision precision,
        Layout layout,
        Shared shared,
        List<Source> sources,
        List<Stage> stages,
        Fusion fusion,
        List<Place.Row> outputs,
        float[][] columns32,
        double[][] columns64,
        int stride) {

    /// The numbers that are the same for all paths and steps, into a tile.
    void setFixed(Tile tile) {
        int[] all = java.util.stream.IntStream.range(0, shared.size()).toArray();
        int[] places = new int[all.length];
        double[] numbers = shared.tape(all, places).at(0, 0);
        for (int k = 0; k < all.length; k++) tile.shared(all[k], numbers[places[k]]);
    }

    /// One step of the paths in the tile.
    void step(Tile tile, long step) {
        run(tile, step, stages);
    }

    /// Some steps of the paths in the tile: one, or as many as are fused if there are so many to go; gives their
    /// number.
    int steps(Tile tile, long step, int toGo) {
        boolean many = fusion.steps() > 1 && toGo >= fusion.steps() && step % fusion.steps() == 0;
        run(tile, step, many ? fusion.stages() : stages);
        return many ? fusion.steps() : 1;
    }

    private void run(Tile tile, long step, List<Stage> work) {
        for (int s = 0; s < sources.size(); s++) sources.get(s).prepare(tile, step);
        int phase = (int) step & 3;
        for (int s = 0; s < work.size(); s++) work.get(s).run(tile, phase);
    }
}
