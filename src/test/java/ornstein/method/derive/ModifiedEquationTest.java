package ornstein.method.derive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import ornstein.expr.Derivative;
import ornstein.expr.Eval;
import ornstein.expr.Expr;
import ornstein.expr.Expr.Sym;
import ornstein.expr.Parser;
import ornstein.method.About;
import ornstein.method.Methods;
import ornstein.method.Sampling;
import ornstein.method.Settings;
import ornstein.method.Step;
import ornstein.method.StepBuilder;
import ornstein.method.StepMethod;
import ornstein.method.Symbols;
import ornstein.model.Catalog;
import ornstein.model.Columns;
import ornstein.model.Header;
import ornstein.model.LossModel;
import ornstein.model.Model;
import ornstein.model.Start;
import ornstein.spec.UserError;

class ModifiedEquationTest {
    private static final List<String> XYZ = List.of("x", "y", "z");
    private static final LossModel THREE = loss(XYZ, "x^4/4 + sin(x*y) + exp(z/2)*x^2/3 + y^2*z^2/5 + cos(z - y)");
    private static final Map<String, Double> AT = Map.of("x", 0.7, "y", -0.4, "z", 0.9);

    private static LossModel loss(List<String> names, String text) {
        return new LossModel(
                new Header("test", "", List.of(), new LinkedHashMap<>()),
                names.stream().map(Expr::sym).toList(),
                Columns.NONE,
                Parser.parse(text, names, "test"),
                Start.at(java.util.Collections.nCopies(names.size(), 1.0)),
                Map.of());
    }

    private static StepMethod method(String name) {
        return (StepMethod) Methods.named(name);
    }

    /// dw/ds = -g - (h/2) H g - h^2 (H^2 g/3 + T[g,g]/12) - h^3 (H^3 g/4 + T[Hg,g]/12 + H T[g,g]/12).
    @Test
    void gradientDescentHasTheCoefficientsOfTheory() {
        List<Sym> x = THREE.state();
        List<Expr> g = THREE.gradient();
        List<Expr> hg = Derivative.along(g, x, List.of(g));
        List<Expr> hhg = Derivative.along(g, x, List.of(hg));
        List<Expr> tgg = Derivative.along(g, x, List.of(g, g));
        List<List<Expr>> field =
                ModifiedEquation.of(method("gd"), THREE, Settings.of(0.1), 3).field();
        check(field.get(0), Map.of(-1.0, g));
        check(field.get(1), Map.of(-1 / 2.0, hg));
        check(field.get(2), Map.of(-1 / 3.0, hhg, -1 / 12.0, tgg));
        List<Expr> both = plus(Derivative.along(g, x, List.of(hg, g)), Derivative.along(g, x, List.of(tgg)));
        check(field.get(3), Map.of(-1 / 4.0, Derivative.along(g, x, List.of(hhg)), -1 / 12.0, both));
    }

    /// Numerical backward error analysis: with the step's map M, the field is (1/h) log M = (1/h) sum_j
    /// (-1)^(j+1)/j (M - 1)^j, forward differences of the iterates. What K corrections leave falls as
    /// h^(K+1).
    @ParameterizedTest
    @ValueSource(strings = {"gd", "saturating"})
    void theFieldIsTheLogarithmOfTheStep(String name) {
        StepMethod method = name.equals("gd") ? method("gd") : new Saturating();
        for (int order = 0; order <= (name.equals("gd") ? 3 : 2); order++) {
            ModifiedEquation equation = ModifiedEquation.of(method, THREE, Settings.of(0.1), order);
            double[] error = new double[2];
            for (int i = 0; i < 2; i++) {
                double h = 0.01 / (1 << i);
                double[] numerical =
                        logarithm(method.step(THREE, Settings.of(h)).next(), h);
                Map<String, Double> at = new HashMap<>(AT);
                at.put(Symbols.STEP_SIZE.name(), h);
                double[] derived = Eval.of(equation.drift(), at);
                for (int c = 0; c < 3; c++) error[i] = Math.max(error[i], Math.abs(numerical[c] - derived[c]));
            }
            assertEquals(order + 1, Math.log(error[0] / error[1]) / Math.log(2), 0.1, "order " + order);
        }
    }

    /// A step that a user may write: w' = w - h g/sqrt(1 + |g|^2) + h^2 w/7.
    private static final class Saturating implements StepMethod {
        @Override
        public About about() {
            return About.algorithm("saturating", "A step of bounded length.", "none");
        }

        @Override
        public Step write(Model model, Settings settings) {
            StepBuilder step = new StepBuilder(model, settings.stepSize());
            List<Expr> g = ((LossModel) model).gradient();
            Expr square = Expr.sum(g.stream().map(e -> e.pow(2)).toList());
            List<Expr> next = new ArrayList<>();
            for (int i = 0; i < g.size(); i++) {
                Expr w = model.state().get(i);
                Expr push = g.get(i).over(Expr.ONE.plus(square).sqrt());
                next.add(w.minus(step.h().times(push))
                        .plus(step.h().pow(2).times(w).times(Expr.ratio(1, 7))));
            }
            return step.build(next);
        }
    }

    private static double[] logarithm(List<Expr> next, double h) {
        int terms = 9;
        double[][] iterate = new double[terms + 1][];
        iterate[0] = XYZ.stream().mapToDouble(AT::get).toArray();
        for (int n = 0; n < terms; n++) {
            Map<String, Double> at = new HashMap<>(Map.of(Symbols.STEP_SIZE.name(), h));
            for (int c = 0; c < 3; c++) at.put(XYZ.get(c), iterate[n][c]);
            iterate[n + 1] = Eval.of(next, at);
        }
        double[] sum = new double[3];
        for (int j = 1; j <= terms; j++) {
            for (int n = 0; n < terms; n++) {
                for (int c = 0; c < 3 && n + j <= terms; c++) iterate[n][c] = iterate[n + 1][c] - iterate[n][c];
            }
            for (int c = 0; c < 3; c++) sum[c] += (j % 2 == 1 ? 1.0 : -1.0) / j * iterate[0][c] / h;
        }
        return sum;
    }

    /// Heavy ball: -(1/4) (1+beta)/(1-beta)^3 grad |g|^2, in time h k, with any batches that are independent.
    @ParameterizedTest
    @ValueSource(doubles = {0.3, 0.5, 0.9})
    void heavyBallHasItsFactor(double beta) {
        Settings settings = Settings.of(0.1).with("beta", beta);
        ModifiedEquation equation = ModifiedEquation.of(method("momentum"), THREE, settings, 1);
        List<Expr> g = THREE.gradient();
        Map<String, Double> at = new HashMap<>(AT);
        equation.values().forEach((s, v) -> at.put(s.name(), v));
        Expr square = Expr.sum(g.stream().map(e -> e.pow(2)).toList());
        double[] first = Eval.of(equation.field().get(0), at);
        double[] second = Eval.of(equation.field().get(1), at);
        for (int i = 0; i < 3; i++) {
            assertEquals(-Eval.of(g.get(i), AT) / (1 - beta), first[i], 1e-12 * Math.abs(first[i]));
            double expected = -(1 + beta)
                    / (4 * Math.pow(1 - beta, 3))
                    * Eval.of(Derivative.of(square, THREE.state().get(i)), AT);
            assertEquals(expected, second[i], 1e-11 * Math.abs(expected));
        }
    }

    /// -(1/4) d/dw (g^2 + c mean (g_k - g)^2) on four-points, for every sampling and any number of steps a
    /// batch: the coefficient is that of the bare learning rate.
    @ParameterizedTest
    @CsvSource({
        "sgd, SHUFFLE, 1, 1, 1",
        "sgd, SHUFFLE, 2, 1, 0.333333333333333333",
        "sgd, SHUFFLE, 3, 1, 0",
        "sgd, SHUFFLE, 4, 1, 0",
        "sgd, IID, 1, 1, 0",
        "sgd, REORDER, 1, 1, 1",
        "sgd, REVERSED, 1, 1, 1",
        "n-step-sgd, SHUFFLE, 1, 3, 1",
        "n-step-sgd, SHUFFLE, 2, 5, 0.333333333333333333",
        "n-step-sgd, REVERSED, 1, 4, 1",
        "n-step-sgd, IID, 1, 3, -2",
        "n-step-sgd, IID, 2, 3, -1",
    })
    void batchesAddTheirNoise(String name, Sampling sampling, int batch, int repeat, double factor) {
        Settings settings = Settings.of(0.1).with(sampling).with("batch", batch);
        if (name.equals("n-step-sgd")) settings = settings.with("repeat", repeat);
        List<List<Expr>> field = Written.of(ModifiedEquation.of(method(name), fourPoints(), settings, 1))
                .field();
        double[] a = {0.5, 1, 2, 3};
        double[] b = {1, -1, 0.5, 0};
        for (double w : new double[] {-1, 0.3, 2}) {
            double g = 0;
            double mean = 0;
            double square = 0;
            for (int i = 0; i < 4; i++) {
                g += a[i] * (w - b[i]) / 4;
                mean += a[i] / 4;
                square += a[i] * a[i] * (w - b[i]) / 4;
            }
            double noise = square - mean * g;
            assertEquals(-g, Eval.of(field.get(0).get(0), Map.of("w", w)), 1e-14);
            assertEquals(
                    -mean * g / 2 - factor * noise / 2,
                    Eval.of(field.get(1).get(0), Map.of("w", w)),
                    1e-13,
                    sampling + " " + batch);
        }
    }

    /// The mean over all orders and partitions of an epoch, enumerated, and the flow for its time: what is
    /// left falls as the cube of the learning rate.
    @ParameterizedTest
    @CsvSource({
        "SHUFFLE, 1, 1",
        "SHUFFLE, 2, 1",
        "SHUFFLE, 2, 3",
        "SHUFFLE, 3, 2",
        "REORDER, 2, 1",
        "REORDER, 2, 3",
        "FIXED, 1, 1",
        "FIXED, 2, 2",
        "FIXED, 1, 3",
        "REVERSED, 2, 2",
        "REVERSED, 1, 1"
    })
    void theFlowHasTheMeanOfTheEpoch(Sampling sampling, int batch, int repeat) {
        Settings settings = Settings.of(0.1).with(sampling).with("batch", batch).with("repeat", repeat);
        ModifiedEquation equation = ModifiedEquation.of(method("n-step-sgd"), fourPoints(), settings, 1);
        List<List<Expr>> field = Written.of(equation).field();
        double[] error = new double[2];
        for (int i = 0; i < 2; i++) {
            double h = 0.01 / (1 << i);
            List<List<Integer>> orders = Epochs.of(sampling, batch);
            double mean = 0;
            for (List<Integer> order : orders) mean += Epochs.run(order, batch, repeat, h) / orders.size();
            int steps = orders.getFirst().size() / batch * repeat;
            error[i] = Math.abs(mean - linear(field, h, steps * h));
        }
        assertEquals(3, Math.log(error[0] / error[1]) / Math.log(2), 0.2);
    }

    /// The flow from 2 of the affine field, in closed form.
    private static double linear(List<List<Expr>> field, double h, double time) {
        double[] at = new double[2];
        for (int w = 0; w < 2; w++) {
            for (int k = 0; k < 2; k++) {
                at[w] += Math.pow(h, k) * Eval.of(field.get(k).get(0), Map.of("w", (double) w));
            }
        }
        double rate = at[1] - at[0];
        return (2 + at[0] / rate) * Math.exp(rate * time) - at[0] / rate;
    }

    private static Model fourPoints() {
        return new Catalog(Path.of("models")).model("four-points", Map.of());
    }

    /// Adam with epsilon inside the root, after its transients (arXiv:2309.00079), with bias correction.
    @Test
    void adamHasItsBias() {
        double beta = 0.5;
        double rho = 0.7;
        double eps = 0.5;
        Settings settings = Settings.of(0.1)
                .with("beta1", beta)
                .with("beta2", rho)
                .with("eps", eps)
                .with("inside", 1);
        ModifiedEquation equation = ModifiedEquation.of(method("adam"), THREE, settings, 1);
        Map<String, Double> at = new HashMap<>(AT);
        equation.values().forEach((s, v) -> at.put(s.name(), v));
        List<Expr> g = THREE.gradient();
        Expr norm = Expr.sum(
                g.stream().map(e -> e.pow(2).plus(Expr.num(eps)).sqrt()).toList());
        for (int i = 0; i < 3; i++) {
            double gi = Eval.of(g.get(i), AT);
            double scale = gi * gi + eps;
            double r = (1 + rho) / (1 - rho);
            double bias = 0.5
                    * ((1 + beta) / (1 - beta) - r + r * eps / scale)
                    * Eval.of(Derivative.of(norm, THREE.state().get(i)), AT);
            assertEquals(-gi / Math.sqrt(scale), Eval.of(equation.field().get(0).get(i), at), 1e-13);
            assertEquals(
                    -bias / Math.sqrt(scale), Eval.of(equation.field().get(1).get(i), at), 1e-12);
        }
    }

    /// The text reads back as the same function; means over many examples have names.
    @Test
    void theTextReadsBack() {
        Model model = fourPoints();
        Settings settings = Settings.of(0.1).with(Sampling.SHUFFLE);
        Written written = Written.of(ModifiedEquation.of(method("sgd"), model, settings, 1));
        assertTrue(written.means().isEmpty());
        for (Expr e : written.drift()) {
            Expr read = Parser.parse(e.toString(), List.of("w", "eta"), "test");
            assertEquals(Eval.of(e, Map.of("w", 0.7, "eta", 0.3)), Eval.of(read, Map.of("w", 0.7, "eta", 0.3)), 1e-15);
        }
    }

    @Test
    void whatIsNotSupportedIsNamed() {
        refused("adam", Settings.of(0.1), 1, "not affine in the mean over its batch");
        refused("sgd", Settings.of(0.1), 2, "--batch 4 --sampling fixed");
        refused("ngd", Settings.of(0.1), 1, "random numbers besides its batch");
        refused("local-sgd", Settings.of(0.1), 1, "gradients are taken at other points");
        refused("momentum", Settings.of(0.1).with(Sampling.SHUFFLE), 1, "meet in the extra state");
        refused("svag", Settings.of(0.1).with(Sampling.SHUFFLE), 1, "several batches");
        refused("gd", Settings.of(0.1), 7, "--order 7: must be from 0 to 6");
        refused("sgd", Settings.of(0.1).with(Sampling.REORDER).with("batch", 3), 1, "divides their number");
    }

    private static void refused(String name, Settings settings, int order, String because) {
        String message = assertThrows(
                        UserError.class, () -> ModifiedEquation.of(method(name), fourPoints(), settings, order))
                .getMessage();
        assertTrue(message.contains(because), message);
    }

    private static List<Expr> plus(List<Expr> a, List<Expr> b) {
        List<Expr> sum = new ArrayList<>();
        for (int i = 0; i < a.size(); i++) sum.add(a.get(i).plus(b.get(i)));
        return sum;
    }

    private static void check(List<Expr> field, Map<Double, List<Expr>> terms) {
        double[] value = Eval.of(field, AT);
        for (int i = 0; i < value.length; i++) {
            double sum = 0;
            for (Map.Entry<Double, List<Expr>> t : terms.entrySet()) {
                sum += t.getKey() * Eval.of(t.getValue().get(i), AT);
            }
            assertEquals(sum, value[i], 1e-12 * (1 + Math.abs(sum)));
        }
    }

    /// Epochs of four-points, as lists of examples.
    private static final class Epochs {
        private static final double[] A = {0.5, 1, 2, 3};
        private static final double[] B = {1, -1, 0.5, 0};

        static List<List<Integer>> of(Sampling sampling, int batch) {
            List<Integer> once = List.of(0, 1, 2, 3);
            int used = 4 / batch * batch;
            return switch (sampling) {
                case FIXED -> List.of(once.subList(0, used));
                case SHUFFLE ->
                    permutations(once).stream().map(p -> p.subList(0, used)).toList();
                case REVERSED -> {
                    List<Integer> both = new ArrayList<>(once);
                    for (int k = 4 / batch - 1; k >= 0; k--) both.addAll(once.subList(k * batch, (k + 1) * batch));
                    yield List.of(both);
                }
                case REORDER ->
                    permutations(List.of(0, 1)).stream()
                            .map(p -> p.stream()
                                    .flatMap(k -> once.subList(k * batch, (k + 1) * batch).stream())
                                    .toList())
                            .toList();
                case IID -> throw new IllegalArgumentException("no epochs");
            };
        }

        private static List<List<Integer>> permutations(List<Integer> all) {
            if (all.isEmpty()) return List.of(List.of());
            List<List<Integer>> result = new ArrayList<>();
            for (int first : all) {
                List<Integer> rest = new ArrayList<>(all);
                rest.remove(Integer.valueOf(first));
                for (List<Integer> p : permutations(rest)) {
                    List<Integer> order = new ArrayList<>(List.of(first));
                    order.addAll(p);
                    result.add(order);
                }
            }
            return result;
        }

        static double run(List<Integer> order, int batch, int repeat, double h) {
            double w = 2;
            for (int at = 0; at < order.size(); at += batch) {
                for (int n = 0; n < repeat; n++) {
                    double g = 0;
                    for (int i : order.subList(at, at + batch)) g += A[i] * (w - B[i]) / batch;
                    w -= h * g;
                }
            }
            return w;
        }
    }
}
