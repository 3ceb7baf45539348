package ornstein.ensemble;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;
import ornstein.expr.Derivative;
import ornstein.expr.Eval;
import ornstein.expr.Expr;
import ornstein.expr.Expr.Sym;
import ornstein.expr.Polynomial;
import ornstein.expr.Substitution;
import ornstein.method.MatrixFunctions;
import ornstein.model.SdeModel;
import ornstein.model.Start;

/// The exact mean and covariance of an equation whose drift f is affine and whose b b^T is quadratic in the state:
/// Ornstein-Uhlenbeck processes, geometric Brownian motion, the Kubo oscillator. They solve the linear equations
/// m' = E f and P' = E(f x^T + x f^T + b b^T) for m = E x and P = E x x^T, here by one matrix exponential
/// (Arnold: Stochastic Differential Equations, 1974, chapter 8).
public final class ExactLaw {
    /// The most coordinates: the exponential is of (d + d^2 + 1) rows.
    private static final int MOST = 8;

    private final int d;
    private final double stepSize;
    private final Start start;
    private final boolean normal;
    private final DMatrixRMaj generator;

    private ExactLaw(int d, double stepSize, Start start, boolean normal, DMatrixRMaj generator) {
        this.d = d;
        this.stepSize = stepSize;
        this.start = start;
        this.normal = normal;
        this.generator = generator;
    }

    /// Moments at a time.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record At(double[] mean, double[][] covariance) {
        /// Of the first coordinates alone.
        public At first(int count) {
            double[][] block = Arrays.stream(covariance)
                    .limit(count)
                    .map(row -> Arrays.copyOf(row, count))
                    .toArray(double[][]::new);
            return new At(Arrays.copyOf(mean, count), block);
        }

        /// The standard deviation of a coordinate.
        public double deviation(int i) {
            return Math.sqrt(Math.max(0, covariance[i][i]));
        }

        /// All first moments, then all second moments E x_i x_j with j <= i.
        public double[] moments() {
            int d = mean.length;
            double[] all = new double[d + d * (d + 1) / 2];
            System.arraycopy(mean, 0, all, 0, d);
            int at = d;
            for (int i = 0; i < d; i++) {
                for (int j = 0; j <= i; j++) all[at++] = covariance[i][j] + mean[i] * mean[j];
            }
            return all;
        }

        private double square(int i) {
            return covariance[i][i] + mean[i] * mean[i];
        }
    }

    /// Whether the law is normal at all times: the diffusion is constant.
    public boolean isNormal() {
        return normal;
    }

    /// The law of the equation behind a simulation, if it has these moments.
    public static Optional<ExactLaw> of(Simulation simulation) {
        if (!(simulation.model() instanceof SdeModel model)) return Optional.empty();
        if (!simulation.method().equation(model).equals(model)) return Optional.empty();
        return of(model, simulation.stepSize());
    }

    /// The law of an equation, in steps of a size, if it has these moments.
    public static Optional<ExactLaw> of(SdeModel equation, double stepSize) {
        SdeModel model = equation.bound();
        List<Sym> x = model.state();
        int d = x.size();
        if (d > MOST) return Optional.empty();
        List<Expr> square = new ArrayList<>();
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                List<Expr> terms = new ArrayList<>();
                for (int k = 0; k < model.noises(); k++) {
                    terms.add(model.diffusion()
                            .get(i)
                            .get(k)
                            .times(model.diffusion().get(j).get(k)));
                }
                square.add(Expr.sum(terms));
            }
        }
        if (!isPolynomial(model.drift(), x, 1) || !isPolynomial(square, x, 2)) return Optional.empty();
        Map<String, Double> origin = new HashMap<>();
        for (Sym s : x) origin.put(s.name(), 0.0);
        DMatrixRMaj g = new DMatrixRMaj(d + d * d + 1, d + d * d + 1);
        int one = d + d * d;
        for (int i = 0; i < d; i++) {
            Expr f = model.drift().get(i);
            double f0 = Eval.of(f, origin);
            g.add(i, one, f0);
            for (int j = 0; j < d; j++) {
                double slope = Eval.of(Derivative.of(f, x.get(j)), origin);
                g.add(i, j, slope);
                for (int k = 0; k < d; k++) {
                    g.add(second(d, i, k), second(d, j, k), slope);
                    g.add(second(d, k, i), second(d, k, j), slope);
                }
                g.add(second(d, i, j), j, f0);
                g.add(second(d, j, i), j, f0);
            }
        }
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                Expr q = square.get(i * d + j);
                int row = second(d, i, j);
                g.add(row, one, Eval.of(q, origin));
                for (int k = 0; k < d; k++) {
                    Expr slope = Derivative.of(q, x.get(k));
                    g.add(row, k, Eval.of(slope, origin));
                    for (int l = 0; l < d; l++) {
                        g.add(row, second(d, k, l), Eval.of(Derivative.of(slope, x.get(l)), origin) / 2);
                    }
                }
            }
        }
        boolean constant = isPolynomial(square, x, 0);
        return Optional.of(new ExactLaw(d, stepSize, model.start(), constant, g));
    }

    private static int second(int d, int i, int j) {
        return d + i * d + j;
    }

    /// Whether expressions are polynomials in the state of this degree at most, without the time.
    private static boolean isPolynomial(List<Expr> expressions, List<Sym> x, int degree) {
        return x.containsAll(Substitution.symbols(expressions))
                && expressions.stream().allMatch(e -> Polynomial.isIn(e, x, degree));
    }

    /// E|X_T - X_(T+L)|^2 for steps T and L: with X_(T+L) = F X_T + c in the mean, E X_(T+L) X_T^T = F E X_T X_T^T + c
    /// E X_T^T.
    public double distance(long from, long lag) {
        At then = at(from);
        At later = at(from + lag);
        DMatrixRMaj affine = new DMatrixRMaj(d + 1, d + 1);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) affine.set(i, j, generator.get(i, j));
            affine.set(i, d, generator.get(i, d + d * d));
        }
        SimpleMatrix moved = flow(affine, lag);
        double sum = 0;
        for (int i = 0; i < d; i++) {
            double shift = moved.get(i, d);
            double cross = shift * then.mean()[i];
            for (int k = 0; k < d; k++) {
                cross += moved.get(i, k) * (then.covariance()[k][i] + then.mean()[k] * then.mean()[i]);
            }
            sum += then.square(i) + later.square(i) - 2 * cross;
        }
        return sum;
    }

    private SimpleMatrix flow(DMatrixRMaj a, long steps) {
        return SimpleMatrix.wrap(MatrixFunctions.exponential(
                SimpleMatrix.wrap(a).scale(steps * stepSize).getDDRM()));
    }

    /// The moments after a number of steps.
    public At at(long steps) {
        SimpleMatrix moments = new SimpleMatrix(d + d * d + 1, 1);
        double[] m = new double[d];
        for (int i = 0; i < d; i++) m[i] = start.mean().get(i);
        double[][] factor = start.factor();
        for (int i = 0; i < d; i++) {
            moments.set(i, 0, m[i]);
            for (int j = 0; j < d; j++) {
                double c = m[i] * m[j];
                for (int k = 0; k < d; k++) c += factor[i][k] * factor[j][k];
                moments.set(second(d, i, j), 0, c);
            }
        }
        moments.set(d + d * d, 0, 1);
        SimpleMatrix moved = flow(generator, steps).mult(moments);
        double[] mean = new double[d];
        double[][] covariance = new double[d][d];
        for (int i = 0; i < d; i++) mean[i] = moved.get(i, 0);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) covariance[i][j] = moved.get(second(d, i, j), 0) - mean[i] * mean[j];
        }
        return new At(mean, covariance);
    }
}
