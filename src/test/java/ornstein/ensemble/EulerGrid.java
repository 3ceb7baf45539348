package ornstein.ensemble;

import java.util.Map;
import java.util.function.DoubleUnaryOperator;
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
        double factor = 0;
        for (int k = 0; k < steps; k++) {
            double[] next = step(p);
            double before = mean(p, x -> Math.signum(x));
            factor = mean(next, x -> Math.signum(x)) / before;
            for (int i = 0; i < n; i++) p[i] = (next[i] - next[n - 1 - i]) / (2 * factor);
        }
        return factor;
    }
}
