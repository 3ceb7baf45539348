package ornstein.kernel;

import java.util.Arrays;
import ornstein.method.Step;

/// A [Step] compiled in double precision with its noise given, not drawn: for paths that share one Brownian path on
/// several grids. Holds working memory, so each thread takes its own.
public final class Driven {
    private final Step step;
    private final Program program;
    private final Tile tile;
    private final int outputs;
    private final int inputs;

    /// @throws IllegalArgumentException if the step takes means over data, as only those of algorithms do
    public Driven(Step step, Backend backend) {
        if (!step.means().isEmpty()) throw new IllegalArgumentException("the noise of data is not given but drawn");
        this.step = step;
        program = Lowering.program(step, Precision.F64, backend, true);
        tile = new Tile(program, program.stride());
        program.setFixed(tile);
        outputs = step.next().size();
        inputs = outputs + step.normals() + step.uniforms();
    }

    /// Moves paths through step number `k`: `rows` are the coordinates, updated, then the normals and the uniforms of
    /// the step, as in [Symbols]. A path whose step fails becomes not a number.
    ///
    /// @param rows one array of at least `paths` entries for each
    public void step(double[][] rows, int paths, long k) {
        if (rows.length != inputs) {
            throw new IllegalArgumentException(rows.length + " rows for " + inputs + " coordinates and noises");
        }
        tile.stepwise.set(tile, k * step.stepSize(), k);
        int lanes = Lanes.I32.length();
        int check = program.layout().check();
        for (int from = 0; from < paths; from += tile.stride) {
            int n = Math.min(tile.stride, paths - from);
            int count = (n + lanes - 1) / lanes * lanes;
            tile.moveTo(0, 0, count);
            for (int r = 0; r < inputs; r++) {
                int at = r * tile.stride;
                System.arraycopy(rows[r], from, tile.f64, at, n);
                Arrays.fill(tile.f64, at + n, at + count, rows[r][from + n - 1]);
            }
            tile.fill(check, 0);
            program.step(tile, k);
            for (int r = 0; r < outputs; r++) {
                System.arraycopy(tile.f64, r * tile.stride, rows[r], from, n);
            }
            for (int i = 0; i < n; i++) {
                if (tile.get(check, i) == 0) continue;
                for (int r = 0; r < outputs; r++) rows[r][from + i] = Double.NaN;
            }
        }
    }
}
