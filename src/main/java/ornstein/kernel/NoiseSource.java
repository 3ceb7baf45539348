package ornstein.kernel;

import ornstein.random.Streams;

/// Fills the rows of normals, or of uniforms, of as many steps as use up whole blocks.
final class NoiseSource implements Source {
    private final boolean normals;
    private final Backend backend;
    private final int period;
    private final int blocks;
    private final Code.F32[] single;
    private final Code.F64[] wide;
    private final boolean isSingle;
    private final int[][][] offsets;

    /// @param first the first of the rows
    /// @param perStep rows of a step
    NoiseSource(
            boolean normals, Precision precision, Backend backend, Layout layout, int first, int perStep, int stride) {
        this.normals = normals;
        this.backend = backend;
        period = Layout.period(perStep);
        blocks = period * perStep / 4;
        isSingle = precision == Precision.F32;
        Code[] codes = normals
                ? new Code[] {NoiseCode.radius(precision), NoiseCode.pair(precision)}
                : new Code[] {NoiseCode.uniform(precision)};
        single = new Code.F32[isSingle ? codes.length : 0];
        wide = new Code.F64[isSingle ? 0 : codes.length];
        for (int k = 0; k < codes.length; k++) {
            if (isSingle) single[k] = Compiler.single(codes[k], backend);
            else wide[k] = Compiler.wide(codes[k], backend);
        }
        offsets = new int[blocks][4][];
        int scratch = layout.scratch() * stride;
        for (int b = 0; b < blocks; b++) {
            int to = (first + 4 * b) * stride;
            for (int k = 0; k < 4; k++) {
                if (!normals) offsets[b][k] = new int[] {k * stride, to + k * stride};
                else if (k % 2 == 0) offsets[b][k] = new int[] {k * stride, scratch};
                else offsets[b][k] = new int[] {k * stride, scratch, to + (k - 1) * stride, to + k * stride};
            }
        }
    }

    @Override
    public void prepare(Tile t, long step) {
        long at = step / period;
        if ((normals ? t.normalsAt : t.uniformsAt) == at) return;
        for (int b = 0; b < blocks; b++) {
            PhiloxRows.fill(backend, t, at * blocks + b, normals ? Streams.NOISE : Streams.UNIFORM);
            for (int k = 0; k < 4; k++) run(t, normals ? k & 1 : 0, offsets[b][k]);
        }
        if (normals) t.normalsAt = at;
        else t.uniformsAt = at;
    }

    private void run(Tile t, int code, int[] at) {
        if (isSingle) single[code].run(t.f32, t.words, t.shared32, t.columns32, 0, at, t.count);
        else wide[code].run(t.f64, t.words, t.shared64, t.columns64, 0, at, t.count);
    }
}
