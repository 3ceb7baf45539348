package ornstein.kernel;

import java.util.List;

/// Compiled straight-line code on the rows of a tile.
final class CodeStage implements Stage {
    private final Code.F32 single;
    private final Code.F64 wide;
    private final boolean isSingle;
    private final int[][] offsets;
    final Code code;
    final List<Place> places;

    /// @param places the place of each slot
    CodeStage(Code code, Backend backend, List<Place> places, Layout layout, int stride) {
        this.code = code;
        this.places = List.copyOf(places);
        isSingle = code.precision() == Precision.F32;
        single = isSingle ? Compiler.single(code, backend) : (r, w, u, c, i, o, n) -> 0;
        wide = isSingle ? (r, w, u, c, i, o, n) -> 0 : Compiler.wide(code, backend);
        offsets = offsets(places, layout, stride);
    }

    static int[][] offsets(List<Place> places, Layout layout, int stride) {
        int[][] offsets = new int[4][places.size()];
        for (int phase = 0; phase < 4; phase++) {
            for (int s = 0; s < places.size(); s++) {
                offsets[phase][s] = layout.row(places.get(s), phase) * stride;
            }
        }
        return offsets;
    }

    @Override
    public void run(Tile tile, int phase) {
        apply(tile, phase);
    }

    /// As [#run]; gives 1 if the code's guard failed in some lane.
    int apply(Tile t, int phase) {
        return isSingle
                ? single.run(t.f32, t.words, t.shared32, t.columns32, t.index, offsets[phase], t.count)
                : wide.run(t.f64, t.words, t.shared64, t.columns64, t.index, offsets[phase], t.count);
    }
}
