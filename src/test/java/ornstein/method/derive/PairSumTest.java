package ornstein.method.derive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ornstein.expr.Derivative;
import ornstein.expr.Eval;
import ornstein.expr.Expr;
import ornstein.method.Sampling;
import ornstein.method.Settings;
import ornstein.model.Catalog;
import ornstein.model.LossModel;

/// The second-order part of an epoch w_m = w_0 - m eta g + eta^2 sum_(j<k) H_k g_j over all orders of its batches,
/// on a loss in two variables that is not quadratic (arXiv:2101.12176, equations 13 to 18).
class PairSumTest {
    private static final int M = 4;
    private static final double[] W = {0.6, -0.9};

    private LossModel loss;
    private List<List<Integer>> orders;

    @BeforeEach
    void readTheLoss(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("m.yaml"), """
                kind: loss
                name: m
                state: [x, y]
                data: {a: [0.5, -1, 2, 1.2], b: [1, -0.7, 0.4, 0]}
                loss: (tanh(a*x + y) - b)^2/2 + a*x^2*y/3 + exp(b*y)/4
                start: [0.6, -0.9]
                """);
        loss = (LossModel) new Catalog(Path.of("models")).model(file.toString(), Map.of());
        orders = new ArrayList<>();
        for (int n = 0; n < 24; n++) {
            List<Integer> left = new ArrayList<>(List.of(0, 1, 2, 3));
            List<Integer> order = new ArrayList<>();
            for (int k = M, rest = n; k > 0; rest /= k, k--) order.add(left.remove(rest % k));
            orders.add(order);
        }
    }

    private Map<String, Double> at(double[] w, int example) {
        Map<String, Double> at = new HashMap<>(Map.of("x", w[0], "y", w[1]));
        for (int c = 0; c < 2; c++)
            at.put(loss.data().names().get(c), loss.data().value(c, example));
        return at;
    }

    private SimpleMatrix gradient(double[] w, int example) {
        return new SimpleMatrix(Eval.of(loss.gradient(), at(w, example)));
    }

    private SimpleMatrix hessian(int example) {
        SimpleMatrix h = new SimpleMatrix(2, 2);
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                h.set(
                        i,
                        j,
                        Eval.of(
                                Derivative.of(
                                        loss.gradient().get(i), loss.state().get(j)),
                                at(W, example)));
            }
        }
        return h;
    }

    /// E sum_(j<k) H_k g_j.
    private SimpleMatrix pairs() {
        SimpleMatrix sum = new SimpleMatrix(2, 1);
        for (List<Integer> order : orders) {
            for (int k = 0; k < M; k++) {
                for (int j = 0; j < k; j++) {
                    sum = sum.plus(hessian(order.get(k)).mult(gradient(W, order.get(j))));
                }
            }
        }
        return sum.divide(orders.size());
    }

    /// E sum_(j<k) H_k g_j = (m^2/2) H g - (1/4) grad sum_k |g_k|^2.
    @Test
    void theMeanOverAllOrdersIsThatOfThePairs() {
        Expr square = Expr.sum(loss.gradient().stream().map(e -> e.pow(2)).toList());
        SimpleMatrix g = new SimpleMatrix(2, 1);
        SimpleMatrix h = new SimpleMatrix(2, 2);
        SimpleMatrix squares = new SimpleMatrix(2, 1);
        for (int k = 0; k < M; k++) {
            g = g.plus(gradient(W, k).divide(M));
            h = h.plus(hessian(k).divide(M));
            for (int i = 0; i < 2; i++) {
                double slope = Eval.of(Derivative.of(square, loss.state().get(i)), at(W, k));
                squares.set(i, squares.get(i) + slope);
            }
        }
        SimpleMatrix identity = h.mult(g).scale(M * M / 2.0).minus(squares.scale(0.25));
        assertEquals(0, identity.minus(pairs()).normF(), 1e-13);
    }

    /// By epochs themselves: the mean end, less w_0 - m eta g, over eta^2, with eta to 0.
    @Test
    void epochsHaveThePairsAtSecondOrder() {
        double[] eta = {1e-3, 5e-4, 2.5e-4};
        SimpleMatrix[] second = new SimpleMatrix[3];
        for (int i = 0; i < 3; i++) {
            SimpleMatrix mean = new SimpleMatrix(2, 1);
            for (List<Integer> order : orders) {
                double[] w = W.clone();
                for (int k : order) {
                    SimpleMatrix g = gradient(w, k);
                    for (int c = 0; c < 2; c++) w[c] -= eta[i] * g.get(c);
                }
                mean = mean.plus(new SimpleMatrix(w).divide(orders.size()));
            }
            SimpleMatrix first = new SimpleMatrix(W);
            for (int k = 0; k < M; k++) first = first.minus(gradient(W, k).scale(eta[i]));
            second[i] = mean.minus(first).divide(eta[i] * eta[i]);
        }
        SimpleMatrix limit =
                second[0].minus(second[1].scale(6)).plus(second[2].scale(8)).divide(3);
        assertEquals(0, limit.minus(pairs()).normF(), 1e-5);
    }

    /// The derived equation f_0 + eta f_1 has, over the time m eta, m f_1 + (m^2/2) f_0' f_0 at second order.
    @Test
    void theDerivedEquationHasThePairs() {
        for (Sampling sampling : List.of(Sampling.REORDER, Sampling.SHUFFLE)) {
            Settings settings = Settings.of(0.1).with(sampling).with("batch", 1);
            List<List<Expr>> field = Written.of(ModifiedEquation.of(Losses.method("sgd"), loss, settings, 1))
                    .field();
            Map<String, Double> at = Map.of("x", W[0], "y", W[1]);
            List<Expr> curved = Derivative.along(field.get(0), loss.state(), List.of(field.get(0)));
            double[] f1 = Eval.of(field.get(1), at);
            double[] bend = Eval.of(curved, at);
            double[] sum = new double[2];
            Arrays.setAll(sum, i -> M * f1[i] + M * M / 2.0 * bend[i]);
            assertEquals(0, new SimpleMatrix(sum).minus(pairs()).normF(), 1e-13, sampling.name());
        }
    }
}
