package ornstein.kernel;

import java.util.List;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;

/// A linear combination of many rows. Terms are added in order, each by one fused multiply-add, so every back
/// end gives the same bits.
final class DotStage implements Stage {
    private final Backend backend;
    final float[] singles;
    final double[] doubles;
    final List<Place> places;
    final int[][] offsets;

    /// @param places of the rows, then of the result
    /// @param offsets of these, by phase
    DotStage(List<Double> coefficients, Backend backend, List<Place> places, int[][] offsets) {
        this.places = List.copyOf(places);
        this.backend = backend;
        this.offsets = offsets;
        doubles = coefficients.stream().mapToDouble(Double::doubleValue).toArray();
        singles = new float[doubles.length];
        for (int k = 0; k < doubles.length; k++) singles[k] = (float) doubles[k];
    }

    /// Whether another takes the same rows in the same order.
    boolean isOver(DotStage other) {
        int n = doubles.length;
        return other.doubles.length == n && places.subList(0, n).equals(other.places.subList(0, n));
    }

    @Override
    public void run(Tile t, int phase) {
        int[] at = offsets[phase];
        if (backend == Backend.SCALAR) scalar(t, at);
        else if (t.f32.length > 0) vector(t.f32, at, singles, t.count);
        else vector(t.f64, at, doubles, t.count);
    }

    private void scalar(Tile t, int[] at) {
        int n = doubles.length;
        for (int i = 0; i < t.count; i++) {
            if (t.f32.length > 0) {
                float sum = singles[0] * t.f32[at[0] + i];
                for (int k = 1; k < n; k++) sum = Math.fma(singles[k], t.f32[at[k] + i], sum);
                t.f32[at[n] + i] = sum;
            } else {
                double sum = doubles[0] * t.f64[at[0] + i];
                for (int k = 1; k < n; k++) sum = Math.fma(doubles[k], t.f64[at[k] + i], sum);
                t.f64[at[n] + i] = sum;
            }
        }
    }

    private static void vector(float[] rows, int[] at, float[] c, int count) {
        int lanes = Lanes.F32.length();
        int i = 0;
        for (; i + 4 * lanes <= count; i += 4 * lanes) {
            FloatVector v = FloatVector.broadcast(Lanes.F32, c[0]);
            FloatVector a = v.mul(FloatVector.fromArray(Lanes.F32, rows, at[0] + i));
            FloatVector b = v.mul(FloatVector.fromArray(Lanes.F32, rows, at[0] + i + lanes));
            FloatVector d = v.mul(FloatVector.fromArray(Lanes.F32, rows, at[0] + i + 2 * lanes));
            FloatVector e = v.mul(FloatVector.fromArray(Lanes.F32, rows, at[0] + i + 3 * lanes));
            for (int k = 1; k < c.length; k++) {
                v = FloatVector.broadcast(Lanes.F32, c[k]);
                a = v.fma(FloatVector.fromArray(Lanes.F32, rows, at[k] + i), a);
                b = v.fma(FloatVector.fromArray(Lanes.F32, rows, at[k] + i + lanes), b);
                d = v.fma(FloatVector.fromArray(Lanes.F32, rows, at[k] + i + 2 * lanes), d);
                e = v.fma(FloatVector.fromArray(Lanes.F32, rows, at[k] + i + 3 * lanes), e);
            }
            int to = at[c.length] + i;
            a.intoArray(rows, to);
            b.intoArray(rows, to + lanes);
            d.intoArray(rows, to + 2 * lanes);
            e.intoArray(rows, to + 3 * lanes);
        }
        for (; i < count; i += lanes) {
            FloatVector a =
                    FloatVector.broadcast(Lanes.F32, c[0]).mul(FloatVector.fromArray(Lanes.F32, rows, at[0] + i));
            for (int k = 1; k < c.length; k++) {
                a = FloatVector.broadcast(Lanes.F32, c[k]).fma(FloatVector.fromArray(Lanes.F32, rows, at[k] + i), a);
            }
            a.intoArray(rows, at[c.length] + i);
        }
    }

    private static void vector(double[] rows, int[] at, double[] c, int count) {
        int lanes = Lanes.F64.length();
        int i = 0;
        for (; i + 4 * lanes <= count; i += 4 * lanes) {
            DoubleVector v = DoubleVector.broadcast(Lanes.F64, c[0]);
            DoubleVector a = v.mul(DoubleVector.fromArray(Lanes.F64, rows, at[0] + i));
            DoubleVector b = v.mul(DoubleVector.fromArray(Lanes.F64, rows, at[0] + i + lanes));
            DoubleVector d = v.mul(DoubleVector.fromArray(Lanes.F64, rows, at[0] + i + 2 * lanes));
            DoubleVector e = v.mul(DoubleVector.fromArray(Lanes.F64, rows, at[0] + i + 3 * lanes));
            for (int k = 1; k < c.length; k++) {
                v = DoubleVector.broadcast(Lanes.F64, c[k]);
                a = v.fma(DoubleVector.fromArray(Lanes.F64, rows, at[k] + i), a);
                b = v.fma(DoubleVector.fromArray(Lanes.F64, rows, at[k] + i + lanes), b);
                d = v.fma(DoubleVector.fromArray(Lanes.F64, rows, at[k] + i + 2 * lanes), d);
                e = v.fma(DoubleVector.fromArray(Lanes.F64, rows, at[k] + i + 3 * lanes), e);
            }
            int to = at[c.length] + i;
            a.intoArray(rows, to);
            b.intoArray(rows, to + lanes);
            d.intoArray(rows, to + 2 * lanes);
            e.intoArray(rows, to + 3 * lanes);
        }
        for (; i < count; i += lanes) {
            DoubleVector a =
                    DoubleVector.broadcast(Lanes.F64, c[0]).mul(DoubleVector.fromArray(Lanes.F64, rows, at[0] + i));
            for (int k = 1; k < c.length; k++) {
                a = DoubleVector.broadcast(Lanes.F64, c[k]).fma(DoubleVector.fromArray(Lanes.F64, rows, at[k] + i), a);
            }
            a.intoArray(rows, at[c.length] + i);
        }
    }
}
