package ornstein.method.limit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.ejml.simple.SimpleMatrix;
import ornstein.expr.Expr;
import ornstein.expr.Expr.Sym;
import ornstein.method.Mean;
import ornstein.method.StepBuilder;
import ornstein.model.LossModel;

/// A loss's gradient, Hessian, third derivative and gradient covariance on the host. For many threads.
final class Surface {
    /// How near gradient flow must come to its limit before a Newton step ends it, relatively; the step's own
    /// error is the square.
    private static final double NEAR = 1e-7;

    /// Directions whose curvature is below this part of the largest are flat.
    private static final double FLAT = 1e-5;

    private static final int MOST_ROUNDS = 60;

    private final int d;
    private final LossModel loss;
    private final StepBuilder means;
    private final Field gradient;
    private final Field hessian;
    private final Field second;

    Surface(LossModel model) {
        loss = model.bound();
        d = loss.dimension();
        means = new StepBuilder(loss, 1);
        List<Expr> g = means.means(Mean.DATA, loss.gradient());
        List<Expr> h = new ArrayList<>();
        List<Expr> products = new ArrayList<>();
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                h.add(means.derivative(g.get(i), loss.state().get(j)));
                Expr a = loss.gradient().get(i).minus(g.get(i));
                Expr b = loss.gradient().get(j).minus(g.get(j));
                products.add(means.mean(Mean.DATA, a.times(b)));
            }
        }
        gradient = field(g);
        hessian = field(h);
        second = field(products);
    }

    private Field field(List<Expr> outputs) {
        return new Field(loss, outputs, means.means(), Map.of());
    }

    /// The state's symbols.
    List<Sym> state() {
        return loss.state();
    }

    int dimension() {
        return d;
    }

    double[] gradient(double[] x) {
        return gradient.room().at(x);
    }

    SimpleMatrix hessian(double[] x) {
        return new SimpleMatrix(d, d, true, hessian.room().at(x));
    }

    /// The covariance of the gradients of single examples.
    SimpleMatrix covariance(double[] x) {
        return new SimpleMatrix(d, d, true, second.room().at(x));
    }

    /// What contracts the third derivative T with matrices: T[M]_i = sum_jk T_ijk M_jk.
    Contraction third() {
        List<Expr> all = new ArrayList<>();
        List<Expr> g = means.means(Mean.DATA, loss.gradient());
        for (Expr gi : g) {
            for (Sym j : loss.state()) {
                Expr row = means.derivative(gi, j);
                for (Sym k : loss.state()) all.add(means.derivative(row, k));
            }
        }
        Field field = field(all);
        return (x, m) -> {
            double[] t = field.room().at(x);
            double[] out = new double[d];
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    for (int k = 0; k < d; k++) out[i] += t[(i * d + j) * d + k] * m.get(j, k);
                }
            }
            return out;
        };
    }

    /// The third derivative at a point applied to a matrix.
    interface Contraction {
        double[] at(double[] x, SimpleMatrix m);
    }

    /// Whether an eigenvalue of the Hessian is that of a flat direction.
    static boolean isFlat(double curvature, double largest) {
        return curvature <= FLAT * largest;
    }

    /// Moves a point to the limit of gradient flow from it. Where there is none the point is not a number.
    void descend(double[] x) {
        Field.Room room = gradient.room();
        Ode.Slope down = (y, out) -> {
            room.at(y, out);
            for (int i = 0; i < d; i++) out[i] = -out[i];
        };
        double size = 1;
        for (double v : x) size = Math.max(size, Math.abs(v));
        double stretch = 8;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            Eigen eigen = Eigen.of(hessian(x));
            double[] rest = eigen.coordinates(gradient(x));
            double largest = eigen.values()[0];
            double length = 0;
            double flat = 0;
            for (int i = 0; i < d; i++) {
                if (isFlat(eigen.values()[i], largest)) {
                    flat = Math.max(flat, Math.abs(rest[i]));
                    rest[i] = 0;
                } else {
                    rest[i] /= eigen.values()[i];
                    length = Math.max(length, Math.abs(rest[i]));
                }
            }
            boolean valley = largest > 0 && eigen.values()[d - 1] > -FLAT * largest;
            if (valley && length < NEAR * size && flat < NEAR * largest * size) {
                double[] step = eigen.vector(rest);
                for (int i = 0; i < d; i++) x[i] -= step[i];
                if (length * length < 1e-15 * size) return;
                continue;
            }
            double fastest = Math.max(Math.abs(largest), Math.abs(eigen.values()[d - 1]));
            Ode.advance(down, x, stretch / (fastest > 0 ? fastest : 1), 1e-10);
            if (!Double.isFinite(x[0])) return;
            if (round > 3) stretch *= 2;
        }
        Arrays.fill(x, Double.NaN);
    }
}
