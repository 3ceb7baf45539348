package ornstein.method.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ornstein.method.Settings;
import ornstein.model.Model;

/// The flows of momentum and Adam after their transients, against the algorithms by hand (sections 4.4 and 4.5 of
/// the theory).
class MomentFlowsTest {
    /// Heavy ball after its transient: the flow with a correction, from a late state, has an error of order
    /// 2.
    @Test
    void momentumAfterItsTransient() {
        double[] error = new double[2];
        for (int i = 0; i < 2; i++) {
            double eta = 2e-3 / (1 << i);
            double beta = 0.8;
            double x = 2;
            double v = 0;
            int before = (int) Math.round(0.1 / eta);
            int steps = (int) Math.round(0.2 / eta);
            double start = 0;
            for (int k = 0; k < before + steps; k++) {
                if (k == before) start = x;
                v = beta * v + x + 0.4 * x * x * x;
                x -= eta * v;
            }
            Model from = Cases.loss("x^2/2 + x^4/10", List.of("x"), start);
            Settings settings = Cases.limit(0.2, "momentum", eta).with("beta", beta);
            error[i] = Math.abs(x - Cases.end("modified-flow", from, settings)[0]);
            double plain = Cases.end("modified-flow", from, settings.with("order", 0))[0];
            assertTrue(error[i] < 0.3 * Math.abs(x - plain));
        }
        assertEquals(2, Math.log(error[0] / error[1]) / Math.log(2), 0.15);
    }

    /// Adam with epsilon inside the root, warm, over s in [.3, 1.3]: the errors without and with its bias.
    @ParameterizedTest
    @CsvSource({"4e-3, 5.37e-3, 4.93e-5", "2e-3, 2.68e-3, 1.24e-5", "1e-3, 1.34e-3, 3.13e-6"})
    void adamAfterItsTransient(double eta, double without, double with) {
        double x = 3;
        double m = slope(x);
        double v = m * m;
        double start = 0;
        int before = (int) Math.round(0.3 / eta);
        for (int k = 0; k < (int) Math.round(1.3 / eta); k++) {
            if (k == before) start = x;
            double g = slope(x);
            m = 0.5 * m + 0.5 * g;
            v = 0.7 * v + 0.3 * g * g;
            x -= eta * m / Math.sqrt(v + 0.5);
        }
        Model from = Cases.loss("x^2/2 + x^4/10", List.of("x"), start);
        Settings settings = Cases.limit((Math.round(1.3 / eta) - before) * eta, "adam", eta)
                .with("beta1", 0.5)
                .with("beta2", 0.7)
                .with("eps", 0.5)
                .with("inside", 1);
        double plain = Cases.end("modified-flow", from, settings.with("order", 0))[0];
        double corrected = Cases.end("modified-flow", from, settings.with("order", 1))[0];
        assertEquals(without, Math.abs(x - plain), 0.01 * without);
        assertEquals(with, Math.abs(x - corrected), 0.02 * with);
    }

    private static double slope(double x) {
        return x + 0.4 * x * x * x;
    }

    /// With a small epsilon the bias is (eta/2) ((1 + beta)/(1 - beta) - (1 + rho)/(1 - rho)) grad |g|_1: where rho
    /// is the larger, Adam is slower down to smaller gradients than sign descent, which is anti-regularisation;
    /// where beta is, faster. In one dimension that is a time of half that factor times the fall of log |g|, in
    /// units of eta.
    @ParameterizedTest
    @CsvSource({".5, .9, -1", ".9, .999, -1", ".9, .5, 1", ".5, 0, 1", ".6, .6, 0"})
    void adamsBiasHasTheSignOfBetaMinusRho(double beta, double rho, int sign) {
        double eta = 3e-5 * (1 - Math.max(beta, rho));
        double factor = ((1 + beta) / (1 - beta) - (1 + rho) / (1 - rho)) / 2;
        assertEquals(sign, Math.signum(factor));
        double x = 3;
        double m = slope(x);
        double v = m * m;
        int before = (int) Math.round(40 / (1 - Math.max(beta, rho)));
        int steps = 100_000;
        double start = 0;
        for (int k = 0; k < before + steps; k++) {
            if (k == before) start = x;
            double g = slope(x);
            m = beta * m + (1 - beta) * g;
            v = rho * v + (1 - rho) * g * g;
            x -= eta * m / Math.sqrt(v + 1e-12);
        }
        Settings settings = Cases.limit(steps * eta, "adam", eta)
                .with("beta1", beta)
                .with("beta2", rho)
                .with("eps", 1e-12)
                .with("inside", 1);
        Model from = Cases.loss("x^2/2 + x^4/10", List.of("x"), start);
        double plain = Cases.end("modified-flow", from, settings.with("order", 0))[0];
        double corrected = Cases.end("modified-flow", from, settings.with("order", 1))[0];
        double closed = factor * Math.log(slope(start) / slope(x));
        assertEquals(closed, (plain - corrected) / eta, 1e-3 * Math.abs(closed) + 1e-6);
        assertEquals(closed, (plain - x) / eta, 1e-2 * Math.abs(closed) + 1e-4);
        if (sign != 0) assertEquals(sign, Math.signum(plain - x));
    }
}
