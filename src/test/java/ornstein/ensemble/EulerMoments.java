package ornstein.ensemble;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ejml.simple.SimpleMatrix;
import ornstein.expr.Derivative;
import ornstein.expr.Eval;
import ornstein.expr.Expr;
import ornstein.model.SdeModel;

/// The exact first and second moments of Euler-Maruyama's own recursion, where the drift is affine and b b^T quadratic,
/// by coefficients about the start: with y = x - x0, f = c + A y and E b b^T = q(m, M),
/// E y' = (1 + h A) E y + h c and E y'y'^T = E (y + h f)(y + h f)^T + h q.
final class EulerMoments {
    final double[] mean;
    final double[][] second;

    private EulerMoments(double[] mean, double[][] second) {
        this.mean = mean;
        this.second = second;
    }

    double covariance(int i, int j) {
        return second[i][j] - mean[i] * mean[j];
    }

    static EulerMoments of(SdeModel model, double h, int steps) {
        SdeModel bound = model.bound();
        int d = bound.dimension();
        double[] x0 = bound.start().mean().stream().mapToDouble(x -> x).toArray();
        Map<String, Double> at = new HashMap<>();
        for (int i = 0; i < d; i++) at.put(bound.state().get(i).name(), x0[i]);
        SimpleMatrix c = new SimpleMatrix(d, 1);
        SimpleMatrix a = SimpleMatrix.identity(d);
        for (int i = 0; i < d; i++) {
            Expr f = bound.drift().get(i);
            c.set(i, h * Eval.of(f, at));
            for (int j = 0; j < d; j++) {
                a.set(
                        i,
                        j,
                        a.get(i, j) + h * Eval.of(Derivative.of(f, bound.state().get(j)), at));
            }
        }
        List<Quadratic> noise = new ArrayList<>();
        for (int i = 0; i < d; i++) for (int j = 0; j < d; j++) noise.add(Quadratic.of(bound, i, j, at));
        SimpleMatrix m = new SimpleMatrix(d, 1);
        SimpleMatrix s = new SimpleMatrix(d, d);
        for (int n = 0; n < steps; n++) {
            SimpleMatrix q = new SimpleMatrix(d, d);
            for (int i = 0; i < d; i++)
                for (int j = 0; j < d; j++) q.set(i, j, noise.get(i * d + j).mean(m, s));
            SimpleMatrix moved = a.mult(m);
            s = a.mult(s)
                    .mult(a.transpose())
                    .plus(moved.mult(c.transpose()))
                    .plus(c.mult(moved.transpose()))
                    .plus(c.mult(c.transpose()))
                    .plus(q.scale(h));
            m = moved.plus(c);
        }
        double[] mean = new double[d];
        double[][] second = new double[d][d];
        for (int i = 0; i < d; i++) mean[i] = x0[i] + m.get(i);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                second[i][j] = s.get(i, j) + x0[i] * m.get(j) + m.get(i) * x0[j] + x0[i] * x0[j];
            }
        }
        return new EulerMoments(mean, second);
    }

    /// Entry (i, j) of b b^T as a quadratic function of y.
    private record Quadratic(double value, double[] slope, double[][] bend) {
        static Quadratic of(SdeModel model, int i, int j, Map<String, Double> at) {
            List<Expr> terms = new ArrayList<>();
            for (int k = 0; k < model.noises(); k++) {
                terms.add(model.diffusion()
                        .get(i)
                        .get(k)
                        .times(model.diffusion().get(j).get(k)));
            }
            Expr q = Expr.sum(terms);
            int d = model.dimension();
            double[] slope = new double[d];
            double[][] bend = new double[d][d];
            for (int k = 0; k < d; k++) {
                Expr dq = Derivative.of(q, model.state().get(k));
                slope[k] = Eval.of(dq, at);
                for (int l = 0; l < d; l++) {
                    bend[k][l] = Eval.of(Derivative.of(dq, model.state().get(l)), at);
                }
            }
            return new Quadratic(Eval.of(q, at), slope, bend);
        }

        double mean(SimpleMatrix m, SimpleMatrix s) {
            double sum = value;
            for (int k = 0; k < slope.length; k++) {
                sum += slope[k] * m.get(k);
                for (int l = 0; l < slope.length; l++) sum += bend[k][l] * s.get(k, l) / 2;
            }
            return sum;
        }
    }
}
