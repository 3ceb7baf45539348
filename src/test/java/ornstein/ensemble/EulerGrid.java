package ornstein.ensemble;

import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import ornstein.expr.Eval;
import ornstein.expr.Expr;
import ornstein.model.SdeModel;

/// The law of Euler-Maruyama in one dimension without random numbers: its transition density N(x + h f, h b^2) on a
/// grid, applied to the density step by step.
final class EulerGrid {
    private final double lo;
    private final double dx;
    private final int n;
    private final double[][] to;
    private final double[] first;

    EulerGrid(SdeModel model, double h, double lo, double hi, int n) {
        this.lo = lo;
        this.n = n;
        dx = (hi - lo) / (n - 1);
        SdeModel bound = model.bound();
        Expr drift = bound.drift().getFirst();
        Expr diffusion = bound.diffusion().getFirst().getFirst();
        String name = bound.state().getFirst().name();
        to = new double[n][];
        for (int j = 0; j < n; j++) to[j] = transition(drift, diffusion, name, h, lo + j * dx);
        first = transition(drift, diffusion, name, h, bound.start().mean().getFirst());
    }

    private double[] transition(Expr drift, Expr diffusion, String name, double h, double x) {
        double mean = x + h * Eval.of(drift, Map.of(name, x));
        double sd = Math.sqrt(h) * Math.abs(Eval.of(diffusion, Map.of(name, x)));
        double[] p = new double[n];
        for (int i = 0; i < n; i++) {
            double z = (lo + i * dx - mean) / sd;
            p[i] = Math.exp(-z * z / 2) / (sd * Math.sqrt(2 * Math.PI));
        }
        return p;
    }

    private double[] step(double[] p) {
        double[] next = new double[n];
        for (int j = 0; j < n; j++) {
            double weight = p[j] * dx;
            if (Math.abs(weight) < 1e-300) continue;
            double[] row = to[j];
            for (int i = 0; i < n; i++) next[i] += weight * row[i];
        }
        return next;
    }

    /// The density after some steps from the start.
    double[] after(int steps) {
        double[] p = first;
        for (int k = 1; k < steps; k++) p = step(p);
        return p;
    }

    /// The integral of a function against a density.
    double mean(double[] p, DoubleUnaryOperator f) {
        double sum = 0;
        for (int i = 0; i < n; i++) sum += p[i] * f.applyAsDouble(lo + i * dx) * dx;
        return sum;
    }

    /// The factor by which odd functions shrink in a step, after so many.
    double oddFactor(int steps) {
        double[] p = new double[n];
        for (int i = 0; i < n; i++) p[i] = lo + i * dx;
        return factor(p, steps, Math::signum, q -> mirrored(q, -1));
    }

    /// The factor by which what an even function has beside its mean shrinks in a step, after so many.
    double evenFactor(int steps) {
        double[] stationary = new double[n];
        for (int i = 0; i < n; i++) stationary[i] = Math.exp(-Math.pow(lo + i * dx, 2)) / Math.sqrt(Math.PI);
        for (int k = 0; k < steps; k++) stationary = step(stationary);
        double[] rest = stationary;
        double[] p = new double[n];
        for (int i = 0; i < n; i++) p[i] = rest[i] * Math.pow(lo + i * dx, 2);
        return factor(p, steps, x -> x * x, q -> {
            double[] even = mirrored(q, 1);
            double mass = mean(even, x -> 1) / mean(rest, x -> 1);
            for (int i = 0; i < n; i++) even[i] -= mass * rest[i];
            return even;
        });
    }

    private double[] mirrored(double[] p, int sign) {
        double[] q = new double[n];
        for (int i = 0; i < n; i++) q[i] = (p[i] + sign * p[n - 1 - i]) / 2;
        return q;
    }

    private double factor(double[] start, int steps, DoubleUnaryOperator f, UnaryOperator<double[]> projection) {
        double[] p = projection.apply(start);
        double factor = 0;
        for (int k = 0; k < steps; k++) {
            double[] next = projection.apply(step(p));
            factor = mean(next, f) / mean(p, f);
            for (int i = 0; i < n; i++) p[i] = next[i] / factor;
        }
        return factor;
    }
}
