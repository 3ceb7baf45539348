package ornstein.method.derive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ornstein.expr.Derivative;
import ornstein.expr.Eval;
import ornstein.expr.Expr;
import ornstein.expr.Expr.Sym;
import ornstein.method.About;
import ornstein.method.Settings;
import ornstein.method.Step;
import ornstein.method.StepBuilder;
import ornstein.method.StepMethod;
import ornstein.method.Symbols;
import ornstein.model.LossModel;
import ornstein.model.Model;

/// Steps of one stage, against the published coefficients and numerical backward error analysis.
class ExpandedStepTest {
    /// dw/ds = -g - (h/2) H g - h^2 (H^2 g/3 + T[g,g]/12) - h^3 (H^3 g/4 + T[Hg,g]/12 + H T[g,g]/12).
    @Test
    void gradientDescentHasTheCoefficientsOfTheory() {
        List<Sym> x = Losses.THREE.state();
        List<Expr> g = Losses.THREE.gradient();
        List<Expr> hg = Derivative.along(g, x, List.of(g));
        List<Expr> hhg = Derivative.along(g, x, List.of(hg));
        List<Expr> tgg = Derivative.along(g, x, List.of(g, g));
        List<List<Expr>> field = ModifiedEquation.of(Losses.method("gd"), Losses.THREE, Settings.of(0.1), 3)
                .field();
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
        StepMethod method = name.equals("gd") ? Losses.method("gd") : new Saturating();
        for (int order = 0; order <= (name.equals("gd") ? 3 : 2); order++) {
            ModifiedEquation equation = ModifiedEquation.of(method, Losses.THREE, Settings.of(0.1), order);
            assertEquals(order + 1, slope(method, equation), 0.1, "order " + order);
        }
    }

    /// How the distance of an equation to the logarithm of the step falls with the step size.
    private static double slope(StepMethod method, ModifiedEquation equation) {
        double[] error = new double[2];
        for (int i = 0; i < 2; i++) {
            double h = 0.01 / (1 << i);
            double[] numerical =
                    logarithm(method.step(Losses.THREE, Settings.of(h)).next(), h);
            Map<String, Double> at = new HashMap<>(Losses.AT);
            at.put(Symbols.STEP_SIZE.name(), h);
            double[] derived = Eval.of(equation.drift(), at);
            for (int c = 0; c < 3; c++) error[i] = Math.max(error[i], Math.abs(numerical[c] - derived[c]));
        }
        return Math.log(error[0] / error[1]) / Math.log(2);
    }

    /// A term half as large again, and the slope is that of its order.
    @Test
    void aWrongTermIsSeen() {
        StepMethod gd = Losses.method("gd");
        ModifiedEquation right = ModifiedEquation.of(gd, Losses.THREE, Settings.of(0.1), 3);
        for (int k = 1; k <= 3; k++) {
            List<List<Expr>> field = new ArrayList<>(right.field());
            List<Expr> wrong = new ArrayList<>(field.get(k));
            wrong.set(0, wrong.get(0).times(Expr.num(1.5)));
            field.set(k, wrong);
            ModifiedEquation other = new ModifiedEquation(Losses.THREE, field, right.means(), right.values());
            assertEquals(k, slope(gd, other), 0.1, "term " + k);
        }
    }

    /// The first correction is the gradient of -|g|^2/4; from the second on the field is none, its derivatives are
    /// not symmetric.
    @Test
    void onlyTheFirstCorrectionIsAGradient() {
        List<Sym> x = Losses.THREE.state();
        List<List<Expr>> field = ModifiedEquation.of(Losses.method("gd"), Losses.THREE, Settings.of(0.1), 3)
                .field();
        Expr square =
                Expr.sum(Losses.THREE.gradient().stream().map(e -> e.pow(2)).toList());
        for (int i = 0; i < 3; i++) {
            double slope = Eval.of(Derivative.of(square, x.get(i)), Losses.AT);
            assertEquals(-slope / 4, Eval.of(field.get(1).get(i), Losses.AT), 1e-13);
        }
        for (int k = 0; k <= 3; k++) {
            double asymmetry = 0;
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < i; j++) {
                    Expr curl = Derivative.of(field.get(k).get(i), x.get(j))
                            .minus(Derivative.of(field.get(k).get(j), x.get(i)));
                    asymmetry = Math.max(asymmetry, Math.abs(Eval.of(curl, Losses.AT)));
                }
            }
            assertEquals(k <= 1, asymmetry < 1e-12, "correction " + k + ": " + asymmetry);
        }
    }

    /// On a quadratic the rate is -log(1 - h a)/h = a (1 + h a/2 + (h a)^2/3 + (h a)^3/4 + ...).
    @Test
    void theRateOfAQuadraticIsALogarithm() {
        LossModel bowl = Losses.loss(List.of("x"), "1.7*x^2/2");
        List<List<Expr>> field = ModifiedEquation.of(Losses.method("gd"), bowl, Settings.of(0.1), 6)
                .field();
        double h = 0.01;
        double rate = 0;
        for (int k = 0; k <= 6; k++) {
            double term = -Eval.of(field.get(k).get(0), Map.of("x", 1.0));
            assertEquals(Math.pow(1.7, k + 1) / (k + 1), term, 1e-12 * term);
            rate += Math.pow(h, k) * term;
        }
        assertEquals(-Math.log(1 - h * 1.7) / h, rate, 1e-11);
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
        iterate[0] = Losses.XYZ.stream().mapToDouble(Losses.AT::get).toArray();
        for (int n = 0; n < terms; n++) {
            Map<String, Double> at = new HashMap<>(Map.of(Symbols.STEP_SIZE.name(), h));
            for (int c = 0; c < 3; c++) at.put(Losses.XYZ.get(c), iterate[n][c]);
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

    private static List<Expr> plus(List<Expr> a, List<Expr> b) {
        List<Expr> sum = new ArrayList<>();
        for (int i = 0; i < a.size(); i++) sum.add(a.get(i).plus(b.get(i)));
        return sum;
    }

    private static void check(List<Expr> field, Map<Double, List<Expr>> terms) {
        double[] value = Eval.of(field, Losses.AT);
        for (int i = 0; i < value.length; i++) {
            double sum = 0;
            for (Map.Entry<Double, List<Expr>> t : terms.entrySet()) {
                sum += t.getKey() * Eval.of(t.getValue().get(i), Losses.AT);
            }
            assertEquals(sum, value[i], 1e-12 * (1 + Math.abs(sum)));
        }
    }
}
