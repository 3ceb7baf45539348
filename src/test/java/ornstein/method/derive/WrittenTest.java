package ornstein.method.derive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import ornstein.expr.Eval;
import ornstein.expr.Expr;
import ornstein.expr.Parser;
import ornstein.method.Sampling;
import ornstein.method.Settings;
import ornstein.model.LossModel;
import ornstein.model.Model;

/// Equations as text.
class WrittenTest {
    /// The text reads back as the same function; means over many examples have names.
    @Test
    void theTextReadsBack() {
        Model model = Losses.fourPoints();
        Settings settings = Settings.of(0.1).with(Sampling.SHUFFLE);
        Written written = Written.of(ModifiedEquation.of(Losses.method("sgd"), model, settings, 1));
        assertTrue(written.means().isEmpty());
        for (Expr e : written.drift()) {
            Expr read = Parser.parse(e.toString(), List.of("w", "eta"), "test");
            assertEquals(Eval.of(e, Map.of("w", 0.7, "eta", 0.3)), Eval.of(read, Map.of("w", 0.7, "eta", 0.3)), 1e-15);
        }
    }

    /// Of momentum the factors are those of heavy ball, and the value is that of the equation.
    @Test
    void coefficientsAreCollected() {
        LossModel bowl = Losses.loss(List.of("x", "y"), "x^2 + x*y/2 + y^2/2");
        Settings settings = Settings.of(0.1).with("beta", 0.9);
        ModifiedEquation equation = ModifiedEquation.of(Losses.method("momentum"), bowl, settings, 2);
        List<List<Expr>> field = Written.of(equation).field();
        assertEquals("-(4*x + y)/(2*(1 - beta))", field.get(0).get(0).toString());
        assertEquals(
                "-(beta + 1)*(17*x + 6*y)/(8*(1 - beta)^3)", field.get(1).get(0).toString());
        assertEquals(
                "-(beta^2 + 4*beta + 1)*(29*x + 16*y)/(24*(1 - beta)^5)",
                field.get(2).get(1).toString());
        Map<String, Double> at = new HashMap<>(Map.of("x", 0.7, "y", -0.4, "beta", 0.9));
        equation.values().forEach((s, v) -> at.put(s.name(), v));
        for (int k = 0; k <= 2; k++) {
            for (int i = 0; i < 2; i++) {
                double value = Eval.of(equation.field().get(k).get(i), at);
                assertEquals(value, Eval.of(field.get(k).get(i), at), 1e-12 * Math.abs(value));
            }
        }
    }
}
