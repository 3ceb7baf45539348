package ornstein.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;

/// Two [DotStage]s over the same rows at once, by the Vector API: each row is read once, and eight sums at a time are
/// as many as two multiply-add units with a latency of four keep busy.
final class TwoDotsStage implements Stage {
    private final DotStage first;
    private final DotStage second;

    TwoDotsStage(DotStage first, DotStage second) {
        this.first = first;
        this.second = second;
    }

    @Override
    public void run(Tile t, int phase) {
        boolean single = t.f32.length > 0;
        int whole = 4 * (single ? Lanes.F32.length() : Lanes.F64.length());
        if (t.count % whole != 0) {
            first.run(t, phase);
            second.run(t, phase);
            return;
        }
        int[] at = first.offsets[phase];
        int to = second.offsets[phase][at.length - 1];
        if (single) vector(t.f32, at, to, first.singles, second.singles, t.count);
        else vector(t.f64, at, to, first.doubles, second.doubles, t.count);
    }

    private static void vector(float[] rows, int[] at, int second, float[] p, float[] q, int count) {
        int lanes = Lanes.F32.length();
        for (int i = 0; i < count; i += 4 * lanes) {
            FloatVector v = FloatVector.broadcast(Lanes.F32, p[0]);
            FloatVector w = FloatVector.broadcast(Lanes.F32, q[0]);
            FloatVector x = FloatVector.fromArray(Lanes.F32, rows, at[0] + i);
            FloatVector a = v.mul(x);
            FloatVector e = w.mul(x);
            x = FloatVector.fromArray(Lanes.F32, rows, at[0] + i + lanes);
            FloatVector b = v.mul(x);
            FloatVector f = w.mul(x);
            x = FloatVector.fromArray(Lanes.F32, rows, at[0] + i + 2 * lanes);
            FloatVector c = v.mul(x);
            FloatVector g = w.mul(x);
            x = FloatVector.fromArray(Lanes.F32, rows, at[0] + i + 3 * lanes);
            FloatVector d = v.mul(x);
            FloatVector h = w.mul(x);
            for (int k = 1; k < p.length; k++) {
                v = FloatVector.broadcast(Lanes.F32, p[k]);
                w = FloatVector.broadcast(Lanes.F32, q[k]);
                x = FloatVector.fromArray(Lanes.F32, rows, at[k] + i);
                a = v.fma(x, a);
                e = w.fma(x, e);
                x = FloatVector.fromArray(Lanes.F32, rows, at[k] + i + lanes);
                b = v.fma(x, b);
                f = w.fma(x, f);
                x = FloatVector.fromArray(Lanes.F32, rows, at[k] + i + 2 * lanes);
                c = v.fma(x, c);
                g = w.fma(x, g);
                x = FloatVector.fromArray(Lanes.F32, rows, at[k] + i + 3 * lanes);
                d = v.fma(x, d);
                h = w.fma(x, h);
            }
            int to = at[p.length] + i;
            a.intoArray(rows, to);
            b.intoArray(rows, to + lanes);
            c.intoArray(rows, to + 2 * lanes);
            d.intoArray(rows, to + 3 * lanes);
            e.intoArray(rows, second + i);
            f.intoArray(rows, second + i + lanes);
            g.intoArray(rows, second + i + 2 * lanes);
            h.intoArray(rows, second + i + 3 * lanes);
        }
    }

    private static void vector(double[] rows, int[] at, int second, double[] p, double[] q, int count) {
        int lanes = Lanes.F64.length();
        for (int i = 0; i < count; i += 4 * lanes) {
            DoubleVector v = DoubleVector.broadcast(Lanes.F64, p[0]);
            DoubleVector w = DoubleVector.broadcast(Lanes.F64, q[0]);
            DoubleVector x = DoubleVector.fromArray(Lanes.F64, rows, at[0] + i);
            DoubleVector a = v.mul(x);
            DoubleVector e = w.mul(x);
            x = DoubleVector.fromArray(Lanes.F64, rows, at[0] + i + lanes);
            DoubleVector b = v.mul(x);
            DoubleVector f = w.mul(x);
            x = DoubleVector.fromArray(Lanes.F64, rows, at[0] + i + 2 * lanes);
            DoubleVector c = v.mul(x);
            DoubleVector g = w.mul(x);
            x = DoubleVector.fromArray(Lanes.F64, rows, at[0] + i + 3 * lanes);
            DoubleVector d = v.mul(x);
            DoubleVector h = w.mul(x);
            for (int k = 1; k < p.length; k++) {
                v = DoubleVector.broadcast(Lanes.F64, p[k]);
                w = DoubleVector.broadcast(Lanes.F64, q[k]);
                x = DoubleVector.fromArray(Lanes.F64, rows, at[k] + i);
                a = v.fma(x, a);
                e = w.fma(x, e);
                x = DoubleVector.fromArray(Lanes.F64, rows, at[k] + i + lanes);
                b = v.fma(x, b);
                f = w.fma(x, f);
                x = DoubleVector.fromArray(Lanes.F64, rows, at[k] + i + 2 * lanes);
                c = v.fma(x, c);
                g = w.fma(x, g);
                x = DoubleVector.fromArray(Lanes.F64, rows, at[k] + i + 3 * lanes);
                d = v.fma(x, d);
                h = w.fma(x, h);
            }
            int to = at[p.length] + i;
            a.intoArray(rows, to);
            b.intoArray(rows, to + lanes);
            c.intoArray(rows, to + 2 * lanes);
            d.intoArray(rows, to + 3 * lanes);
            e.intoArray(rows, second + i);
            f.intoArray(rows, second + i + lanes);
            g.intoArray(rows, second + i + 2 * lanes);
            h.intoArray(rows, second + i + 3 * lanes);
        }
    }
}
