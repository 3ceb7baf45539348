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

    private final Lowering lowering;
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
        this.lowering = lowering;
        int vectors = lowering.backend() == Backend.SCALAR ? 1 : Math.max(2, 8 / results.size());
        many = Compiler.sums(results.size(), vectors, lowering.precision(), lowering.backend());
        one = Compiler.sums(results.size(), 1, lowering.precision(), lowering.backend());
        group = vectors * Lanes.of(lowering.precision(), lowering.backend());
        offsets = lowering.offsets(places());
        int n = results.size();
        doubles = new double[rows.size() * n];
        singles = new float[doubles.length];
        for (int k = 0; k < doubles.length; k++) {
            doubles[k] = coefficients.get(k % n).get(k / n);
            singles[k] = (float) doubles[k];
        }
    }

    /// The rows, then the results.
    List<Place> places() {
        List<Place> places = new ArrayList<>(rows);
        places.addAll(results);
        return places;
    }

    /// Whether another can be done at once with this: it takes the same rows, and registers hold two vectors of each
    /// sum.
    boolean takes(DotStage other) {
        int most = lowering.backend() == Backend.VECTOR && Lanes.F64.vectorBitSize() == 512 ? 10 : 5;
        return other.rows.equals(rows) && results.size() + other.results.size() <= most;
    }

    /// Both at once.
    DotStage with(DotStage other) {
        List<Place> both = new ArrayList<>(results);
        both.addAll(other.results);
        List<List<Double>> all = new ArrayList<>(coefficients);
        all.addAll(other.coefficients);
        return new DotStage(rows, both, all, lowering);
    }

    @Override
    public void run(Tile t, int phase) {
        (t.count % group == 0 ? many : one).run(t.f32, t.f64, offsets[phase], rows.size(), singles, doubles, t.count);
    }
}
