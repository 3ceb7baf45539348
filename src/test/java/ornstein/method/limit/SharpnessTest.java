package ornstein.method.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ornstein.method.OneStep;
import ornstein.method.Settings;
import ornstein.model.LossModel;
import ornstein.model.Model;
import ornstein.model.Start;

/// Gradient descent with weight decay at the edge of stability, on the valley of directions phi with the sharpness
/// lambda_1 = 2 + cos(phi), against the flow that reduces sharpness (section 9 of the theory).
class SharpnessTest {
    private static final double ETA = 0.1;
    private static final Model VALLEY = Cases.model("scale-invariant-valley", Map.of());

    /// The model's start at the radius of the edge of stability, r^2 = eta lambda_1/2.
    private static double[] edge() {
        double[] w = VALLEY.start().mean().stream().mapToDouble(v -> v).toArray();
        double scale = Math.sqrt(ETA * (2 + Math.cos(0.5)) / 2 / square(w));
        for (int i = 0; i < 3; i++) w[i] *= scale;
        return w;
    }

    private static double square(double[] w) {
        return w[0] * w[0] + w[1] * w[1] + w[2] * w[2];
    }

    private static double sharpness(double[] w) {
        return 2 + w[0] / Math.hypot(w[0], w[1]);
    }

    /// A step, with the gradient by hand.
    ///
    /// @return |grad|^2
    private static double descend(double[] w, double lambda) {
        double rho = Math.hypot(w[0], w[1]);
        double a = sharpness(w);
        double r2 = square(w);
        double value = a * w[2] * w[2] / (r2 * r2);
        double turn = w[2] * w[2] / (2 * r2) / (rho * rho * rho);
        double[] g = {
            turn * w[1] * w[1] - value * w[0], -turn * w[0] * w[1] - value * w[1], a * w[2] / r2 - value * w[2]
        };
        for (int i = 0; i < 3; i++) w[i] = (1 - ETA * lambda) * w[i] - ETA * g[i];
        return square(g);
    }

    @Test
    void theGradientByHandIsThatOfTheModel() {
        OneStep one = gd(0.01);
        double[] w = edge();
        double[] x = edge();
        for (int k = 0; k < 200; k++) {
            descend(w, 0.01);
            x = one.next(x, k, OneStep.Noise.NONE);
            for (int i = 0; i < 3; i++) assertEquals(w[i], x[i], 1e-12);
        }
    }

    private static OneStep gd(double lambda) {
        return new OneStep(Cases.step("gd", VALLEY, Settings.of(ETA).with("lambda", lambda)));
    }

    /// phi at theta = eta lambda k = 1, 2, 3, 4, as published, and gamma lambda_1 = eta lambda_1/r^2 near 2: by
    /// these steps within 1.849 and 2.167 (1.889 and 2.120 for lambda = .01, where theory has 1.89 and 2.15 for all
    /// three).
    @ParameterizedTest
    @CsvSource({
        ".01, .5877, .6961, .8158, .9680",
        ".001, .5877, .6968, .8190, .9674",
        ".0001, .5865, .6940, .8142, .9600",
    })
    void descentReducesSharpnessAsTheFlowDoes(double lambda, double one, double two, double three, double four) {
        double[] measured = {.5, one, two, three, four};
        double[] flow = {.5, .5898, .6954, .8191, .9636};
        Settings settings = Cases.limit(1 / lambda, "gd", ETA).with("lambda", lambda);
        List<double[]> path = Cases.path("sharpness-flow", onTheValley(), settings, 4);
        long steps = Math.round(1 / (ETA * lambda));
        double[] w = edge();
        double least = 2;
        double most = 2;
        double mean = 0;
        double loss = 0;
        double predicted = 0;
        for (int theta = 0; theta <= 4; theta++) {
            double[] x = path.get(theta);
            double phi = Math.atan2(x[1], x[0]);
            assertEquals(flow[theta], phi, 6e-5);
            assertEquals(ETA * (2 + Math.cos(phi)) / (2 * (1 - ETA * lambda)), square(x), 1e-10);
            assertEquals(measured[theta], Math.atan2(w[1], w[0]), 4e-4);
            assertEquals(1, phi / Math.atan2(w[1], w[0]), 0.01);
            for (int k = 0; k < steps && theta < 4; k++) {
                descend(w, lambda);
                double a = sharpness(w);
                double gamma = ETA * a / square(w);
                least = Math.min(least, gamma);
                most = Math.max(most, gamma);
                mean += gamma / (4.0 * steps);
                if (theta == 0) continue;
                double slope = Math.sin(Math.atan2(w[1], w[0])) / a;
                loss += a * w[2] * w[2] / (2 * square(w));
                predicted += a / 2 * 2 * ETA * lambda / (4 + slope * slope);
            }
        }
        String band = least + " to " + most;
        assertTrue(least > 1.849 && most < 2.167, band);
        if (lambda == 0.01) assertTrue(least > 1.8888 && most < 2.15, band);
        assertEquals(2, mean, 0.01);
        // lambda_1 a^2/2 with the angle's square a^2 = 2 lambda_e/(4 + |grad log lambda_1|^2)
        assertEquals(1, loss / predicted, 0.02);
    }

    /// Small displacements across the valley change sign and size by 1 - eta lambda_1/(r^2 (1 - eta lambda))
    /// relative to the norm: they grow just where r^2 < eta lambda_1/(2 (1 - eta lambda)).
    @Test
    void theEdgeOfStabilityIsWhereItIsSaid() {
        double lambda = 0.5;
        double threshold = ETA * (2 + Math.cos(0.5)) / (2 * (1 - ETA * lambda));
        for (double over : new double[] {0.999, 1.001}) {
            double r = Math.sqrt(threshold * over);
            double[] at = {r * Math.cos(0.5), r * Math.sin(0.5), 1e-7 * r};
            double[] next = gd(lambda).next(at, 0, OneStep.Noise.NONE);
            double multiplier = next[2] / Math.hypot(next[0], next[1]) / 1e-7;
            assertEquals(1 - 2 / over, multiplier, 1e-9);
            assertEquals(over < 1, multiplier < -1);
        }
    }

    /// gamma^-2 = r^4/eta^2 is RMSprop's second moment: v' = (1 - 4 eta lambda) v + 2 |grad at w/|w||^2, to leading
    /// order in eta lambda, so that gamma = sqrt(2 eta lambda/EMA) with an average of decay 1 - 4 eta lambda.
    @Test
    void theNormIsTheSecondMomentOfRmsprop() {
        double[] worst = new double[2];
        for (int i = 0; i < 2; i++) {
            double lambda = 0.01 / (1 << 2 * i);
            double e = ETA * lambda;
            double[] w = edge();
            w[2] = Math.sqrt(e / 2 * square(w));
            double average = 2 * e * Math.pow(square(w) / ETA, 2);
            for (int k = 0; k < 2 / e; k++) {
                double r2 = square(w);
                average = (1 - 4 * e) * average + 4 * e * r2 * descend(w, lambda);
                double gamma = ETA / square(w);
                worst[i] = Math.max(worst[i], Math.abs(Math.sqrt(2 * e / average) / gamma - 1));
            }
            assertTrue(worst[i] < 10 * e, worst[i] + " at " + e);
        }
        assertTrue(worst[1] < worst[0] / 2, worst[0] + " " + worst[1]);
    }

    /// The same loss, with a start at a minimiser.
    private static LossModel onTheValley() {
        LossModel m = (LossModel) VALLEY;
        Start start = Start.at(List.of(Math.cos(0.5), Math.sin(0.5), 0.0));
        return new LossModel(m.header(), m.state(), m.data(), m.loss(), start, m.observables());
    }
}
