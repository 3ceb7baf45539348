package ornstein.method.derive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ornstein.expr.Derivative;
import ornstein.expr.Eval;
import ornstein.expr.Expr;
import ornstein.method.Settings;

/// Equations of steps with momentum and moments.
class ExtraStateTest {
    /// Heavy ball: -(1/4) (1+beta)/(1-beta)^3 grad |g|^2, in time h k, with any batches that are independent.
    @ParameterizedTest
    @ValueSource(doubles = {0.3, 0.5, 0.9})
    void heavyBallHasItsFactor(double beta) {
        Settings settings = Settings.of(0.1).with("beta", beta);
        ModifiedEquation equation = ModifiedEquation.of(Losses.method("momentum"), Losses.THREE, settings, 1);
        List<Expr> g = Losses.THREE.gradient();
        Map<String, Double> at = new HashMap<>(Losses.AT);
        equation.values().forEach((s, v) -> at.put(s.name(), v));
        Expr square = Expr.sum(g.stream().map(e -> e.pow(2)).toList());
        double[] first = Eval.of(equation.field().get(0), at);
        double[] second = Eval.of(equation.field().get(1), at);
        for (int i = 0; i < 3; i++) {
            assertEquals(-Eval.of(g.get(i), Losses.AT) / (1 - beta), first[i], 1e-12 * Math.abs(first[i]));
            double expected = -(1 + beta)
                    / (4 * Math.pow(1 - beta, 3))
                    * Eval.of(Derivative.of(square, Losses.THREE.state().get(i)), Losses.AT);
            assertEquals(expected, second[i], 1e-11 * Math.abs(expected));
        }
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
        ModifiedEquation equation = ModifiedEquation.of(Losses.method("adam"), Losses.THREE, settings, 1);
        Map<String, Double> at = new HashMap<>(Losses.AT);
        equation.values().forEach((s, v) -> at.put(s.name(), v));
        List<Expr> g = Losses.THREE.gradient();
        Expr norm = Expr.sum(
                g.stream().map(e -> e.pow(2).plus(Expr.num(eps)).sqrt()).toList());
        for (int i = 0; i < 3; i++) {
            double gi = Eval.of(g.get(i), Losses.AT);
            double scale = gi * gi + eps;
            double r = (1 + rho) / (1 - rho);
            double bias = 0.5
                    * ((1 + beta) / (1 - beta) - r + r * eps / scale)
                    * Eval.of(Derivative.of(norm, Losses.THREE.state().get(i)), Losses.AT);
            assertEquals(-gi / Math.sqrt(scale), Eval.of(equation.field().get(0).get(i), at), 1e-13);
            assertEquals(
                    -bias / Math.sqrt(scale), Eval.of(equation.field().get(1).get(i), at), 1e-12);
        }
    }
}
