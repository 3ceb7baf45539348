package ornstein.ensemble.order;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.simple.SimpleMatrix;
import org.jspecify.annotations.Nullable;
import ornstein.ensemble.ExactLaw;
import ornstein.expr.Expr;
import ornstein.expr.Expr.Sym;
import ornstein.expr.Substitution;
import ornstein.method.Mean;
import ornstein.method.OneStep;
import ornstein.method.Step;
import ornstein.method.Symbols;
import ornstein.model.Start;

/// The exact first and second moments of a [Step] whose conditional moments close: E(x' | x) is affine in the
/// coordinates and E(x' x'^T | x) quadratic, as where the drift is linear and the covariance of the noise
/// quadratic. Then E(1, x, x x^T) moves by a matrix: the mean over the nodes of the noise ([NoiseNodes]) and
/// over all batches that may be drawn.
///
/// Which steps are so is decided by their values: the polynomials through the points of a lattice must hold at
/// two more points.
public final class MomentMap {
    /// The most coordinates, the method's own included.
    private static final int MOST = 8;

    /// How far from affine a step may be, relatively.
    private static final double TOLERANCE = 1e-9;

    private final Step step;
    private final OneStep one;
    private final List<NoiseNodes.Node> nodes;
    private final BatchSequences batches;
    private final boolean stepwise;
    private final int size;
    private final Map<List<List<Integer>>, @Nullable SimpleMatrix> known = new HashMap<>();

    private MomentMap(Step step, List<NoiseNodes.Node> nodes, BatchSequences batches) {
        this.step = step;
        this.nodes = nodes;
        this.batches = batches;
        one = new OneStep(step);
        int d = step.next().size();
        size = 1 + d + d * d;
        List<Expr> all = Stream.concat(
                        step.next().stream(), step.means().stream().map(Mean::body))
                .toList();
        Set<Sym> symbols = Substitution.symbols(all);
        stepwise = symbols.contains(Symbols.TIME) || symbols.contains(Symbols.STEP);
    }

    /// The map of a step; empty where it is not affine, or has too many coordinates or noises to enumerate.
    public static Optional<MomentMap> of(Step step) {
        if (step.next().size() > MOST) return Optional.empty();
        Optional<List<NoiseNodes.Node>> nodes = NoiseNodes.smooth(step);
        Optional<BatchSequences> batches = BatchSequences.of(step.batches());
        if (nodes.isEmpty() || batches.isEmpty()) return Optional.empty();
        MomentMap map = new MomentMap(step, nodes.get(), batches.get());
        for (int k = 0; k < map.batches.steps(); k++) if (map.period(k).isEmpty()) return Optional.empty();
        return map.initial(Start.at(java.util.Collections.nCopies(step.state().size(), 0.0)))
                        .isPresent()
                ? Optional.of(map)
                : Optional.empty();
    }

    /// The moments of the model's coordinates at some steps, ascending; empty where a later step is not affine.
    public Optional<List<ExactLaw.At>> at(Start start, List<Long> steps) {
        Optional<SimpleMatrix> begin = initial(start);
        if (begin.isEmpty()) return Optional.empty();
        SimpleMatrix period = begin.get();
        List<ExactLaw.At> out = new ArrayList<>();
        long done = 0;
        for (long k : steps) {
            long periods = (k - done) / batches.steps();
            for (long p = stepwise ? periods : Math.min(1, periods); p > 0; p--) {
                Optional<SimpleMatrix> next = stepwise
                        ? move(period, done, batches.steps())
                        : Optional.of(power(periods).mult(period));
                if (next.isEmpty()) return Optional.empty();
                period = next.get();
                done += stepwise ? batches.steps() : periods * batches.steps();
            }
            Optional<SimpleMatrix> now = move(period, done, (int) (k - done));
            if (now.isEmpty()) return Optional.empty();
            out.add(moments(now.get()));
        }
        return Optional.of(out);
    }

    /// The matrix that moves (1, m, vec P) through the first `steps` of a period that begins at step `from`.
    private Optional<SimpleMatrix> matrix(long from, int steps) {
        SimpleMatrix sum = new SimpleMatrix(size, size);
        for (List<List<List<Integer>>> sequence : batches.sequences()) {
            SimpleMatrix product = SimpleMatrix.identity(size);
            for (int k = 0; k < steps; k++) {
                SimpleMatrix lift = lift(sequence.get(k), from + k);
                if (lift == null) return Optional.empty();
                product = lift.mult(product);
            }
            sum = sum.plus(product);
        }
        return Optional.of(sum.scale(1.0 / batches.sequences().size()));
    }

    private final Map<Integer, SimpleMatrix> ofPeriod = new HashMap<>();

    private Optional<SimpleMatrix> move(SimpleMatrix moments, long from, int steps) {
        if (steps == 0) return Optional.of(moments);
        SimpleMatrix m = stepwise ? null : ofPeriod.get(steps);
        if (m == null) {
            Optional<SimpleMatrix> made = matrix(from, steps);
            if (made.isEmpty()) return Optional.empty();
            m = made.get();
            if (!stepwise) ofPeriod.put(steps, m);
        }
        return Optional.of(m.mult(moments));
    }

    /// The matrix of many periods, by squaring.
    private SimpleMatrix power(long periods) {
        SimpleMatrix result = SimpleMatrix.identity(size);
        SimpleMatrix square = matrix(0, batches.steps()).orElseThrow();
        for (long n = periods; n > 0; n >>= 1) {
            if ((n & 1) == 1) result = square.mult(result);
            square = square.mult(square);
        }
        return result;
    }

    /// Whether the moments of the steps of a period close; what they are is kept.
    private Optional<SimpleMatrix> period(int steps) {
        return matrix(0, steps + 1);
    }

    /// What a step with given batches makes of (1, m, vec P), the mean over the noise; null where the moments
    /// do not close.
    private @Nullable SimpleMatrix lift(List<List<Integer>> batch, long k) {
        if (!stepwise && known.containsKey(batch)) return known.get(batch);
        SimpleMatrix lift = Conditional.lift(step.next().size(), x -> conditional(x, batch, k), TOLERANCE);
        if (!stepwise) known.put(batch, lift);
        return lift;
    }

    /// E(1, x', vec x' x'^T) from a point.
    private double[] conditional(double[] x, List<List<Integer>> batch, long k) {
        int d = x.length;
        double[] sum = new double[size];
        for (NoiseNodes.Node node : nodes) {
            double[] y = one.next(
                    x, k, new OneStep.Noise(node.noise().normals(), node.noise().uniforms(), batch));
            sum[0] += node.weight();
            for (int i = 0; i < d; i++) {
                sum[1 + i] += node.weight() * y[i];
                for (int j = 0; j < d; j++) sum[1 + d + i * d + j] += node.weight() * y[i] * y[j];
            }
        }
        return sum;
    }

    /// (1, m, vec P) of all coordinates at the start; empty where the method's own do not begin as an affine
    /// function of the model's and of their own normals.
    private Optional<SimpleMatrix> initial(Start start) {
        int d = step.state().size();
        int all = step.next().size();
        Affine own = Affine.of(
                all,
                x -> one.initial(java.util.Arrays.copyOf(x, d), java.util.Arrays.copyOfRange(x, d, all)),
                TOLERANCE);
        if (own == null) return Optional.empty();
        double[][] factor = start.factor();
        DMatrixRMaj second = CommonOps_DDRM.identity(all);
        SimpleMatrix mean = new SimpleMatrix(all, 1);
        for (int i = 0; i < d; i++) {
            mean.set(i, start.mean().get(i));
            for (int j = 0; j < d; j++) {
                double c = start.mean().get(i) * start.mean().get(j);
                for (int l = 0; l < d; l++) c += factor[i][l] * factor[j][l];
                second.set(i, j, c);
            }
        }
        SimpleMatrix a = SimpleMatrix.wrap(own.factor());
        SimpleMatrix b = SimpleMatrix.wrap(own.shift());
        SimpleMatrix m = a.mult(mean).plus(b);
        SimpleMatrix cross = a.mult(mean).mult(b.transpose());
        SimpleMatrix p = a.mult(SimpleMatrix.wrap(second))
                .mult(a.transpose())
                .plus(cross)
                .plus(cross.transpose())
                .plus(b.mult(b.transpose()));
        SimpleMatrix moments = new SimpleMatrix(size, 1);
        moments.set(0, 1);
        for (int i = 0; i < all; i++) {
            moments.set(1 + i, m.get(i));
            for (int j = 0; j < all; j++) moments.set(1 + all + i * all + j, p.get(i, j));
        }
        return Optional.of(moments);
    }

    private ExactLaw.At moments(SimpleMatrix all) {
        int n = step.next().size();
        int d = step.state().size();
        double[] mean = new double[d];
        double[][] covariance = new double[d][d];
        for (int i = 0; i < d; i++) mean[i] = all.get(1 + i);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) covariance[i][j] = all.get(1 + n + i * n + j) - mean[i] * mean[j];
        }
        return new ExactLaw.At(mean, covariance);
    }

    /// x' = factor x + shift, of as many rows as x' has.
    private record Affine(DMatrixRMaj factor, DMatrixRMaj shift) {
        private interface Function {
            double[] of(double[] x);
        }

        /// The affine map that a map is; null where it is not.
        static @Nullable Affine of(int d, Function map, double tolerance) {
            double[] zero = map.of(new double[d]);
            int n = zero.length;
            DMatrixRMaj factor = new DMatrixRMaj(n, d);
            DMatrixRMaj shift = new DMatrixRMaj(n, 1, true, zero);
            for (int j = 0; j < d; j++) {
                double[] unit = new double[d];
                unit[j] = 1;
                double[] y = map.of(unit);
                for (int i = 0; i < n; i++) factor.set(i, j, y[i] - zero[i]);
            }
            for (double side : new double[] {1.3, -0.7}) {
                double[] x = new double[d];
                for (int j = 0; j < d; j++) x[j] = side * (1 + 0.37 * j);
                double[] y = map.of(x);
                DMatrixRMaj expected = shift.copy();
                CommonOps_DDRM.multAdd(factor, new DMatrixRMaj(d, 1, true, x), expected);
                for (int i = 0; i < n; i++) {
                    double scale = 1 + Math.abs(expected.get(i, 0)) + Math.abs(zero[i]);
                    if (!(Math.abs(y[i] - expected.get(i, 0)) <= tolerance * scale)) return null;
                }
            }
            return new Affine(factor, shift);
        }
    }
}
