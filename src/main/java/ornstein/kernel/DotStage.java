package ornstein.kernel;

import java.util.ArrayList;
import java.util.List;

/// Linear combinations of the same rows, a few at once. The terms of each are added in order, each by one fused
/// multiply-add, so every back end gives the same bits.
final class DotStage implements Stage {
    final List<Place> rows;
    final List<Place> results;
    /// The coefficients of each result, in the order of the rows.
    final List<List<Double>> coefficients;

    private final DotEmitter.Sums many;
    private final DotEmitter.Sums one;
    private final int group;
    private final int[][] offsets;
    private final double[] doubles;
    private final float[] singles;

    DotStage(List<Place> rows, List<Place> results, List<List<Double>> coefficients, Lowering lowering) {
        this.rows = List.copyOf(rows);
        this.results = List.copyOf(results);
        this.coefficients = List.copyOf(coefficients);
        int vectors = lowering.backend() == Backend.SCALAR ? 1 : Math.max(2, 8 / results.size());
        many = Compiler.sums(results.size(), vectors, lowering.precision(), lowering.backend());
        one = Compiler.sums(results.size(), 1, lowering.precision(), lowering.backend());
        group = vectors * Lanes.of(lowering.precision(), lowering.backend());
        List<Place> places = new ArrayList<>(rows);
        places.addAll(results);
        offsets = lowering.offsets(places);
        int n = results.size();
        doubles = new double[rows.size() * n];
        singles = new float[doubles.length];
        for (int k = 0; k < doubles.length; k++) {
            doubles[k] = coefficients.get(k % n).get(k / n);
            singles[k] = (float) doubles[k];
        }
    }

    /// Most sums at once: registers hold two vectors of each.
    static int most(Backend backend) {
        return backend == Backend.VECTOR && Lanes.F64.vectorBitSize() == 512 ? 10 : 5;
    }

    @Override
    public void run(Tile t, int phase) {
        (t.count % group == 0 ? many : one).run(t.f32, t.f64, offsets[phase], rows.size(), singles, doubles, t.count);
    }
}
