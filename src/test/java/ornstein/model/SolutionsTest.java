package ornstein.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ornstein.expr.Derivative;
import ornstein.expr.Eval;
import ornstein.expr.Expr;
import ornstein.expr.Parser;
import ornstein.expr.Substitution;

/// The catalog's equations against what is known of their solutions.
class SolutionsTest {
    private static final Catalog CATALOG = new Catalog(Path.of("models"));
    private static final List<String> TW = List.of("t", "W");

    /// By Ito's formula X = phi(t, W) solves dX = (phi_t + phi_WW/2) dt + phi_W dW.
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "arctan; atan(0.8*W + 0.6)",
                "geometric-brownian-motion; exp((1.5 - 0.125)*t + 0.5*W)",
                "kubo; cos(2*t + 0.5*W) | sin(2*t + 0.5*W)",
            })
    void solutionsSatisfyTheirEquation(String name, String solution) {
        SdeModel m = (SdeModel) CATALOG.model(name, Map.of()).bound();
        String[] parts = solution.split("\\|");
        Map<Expr.Sym, Expr> on = new HashMap<>();
        for (int i = 0; i < parts.length; i++) {
            on.put(m.state().get(i), Parser.parse(parts[i], TW, "test"));
        }
        Map<String, Double> at = Map.of("t", 0.7, "W", -0.35);
        Expr.Sym t = Expr.sym("t");
        Expr.Sym w = Expr.sym("W");
        for (int i = 0; i < parts.length; i++) {
            Expr phi = on.getOrDefault(m.state().get(i), Expr.ZERO);
            Expr dw = Derivative.of(phi, w);
            Expr dt = Derivative.of(phi, t).plus(Derivative.of(dw, w).times(0.5));
            assertEquals(Eval.of(dt, at), Eval.of(Substitution.of(m.drift().get(i), on), at), 1e-13);
            assertEquals(
                    Eval.of(dw, at),
                    Eval.of(Substitution.of(m.diffusion().get(i).get(0), on), at),
                    1e-13);
        }
    }

    /// d r^2 = (-2 eta lambda r^2 + eta^2 s2/r^2) dt without a martingale part (Li, Lyu and Arora,
    /// arXiv:2010.02916).
    @Test
    void theSphereNoiseMovesTheNormDeterministically() {
        SdeModel m = (SdeModel) CATALOG.model("sphere-noise", Map.of()).bound();
        Expr r2 = Parser.parse("x^2 + y^2 + z^2", List.of("x", "y", "z"), "test");
        SplittableRandom random = new SplittableRandom(1);
        for (int p = 0; p < 5; p++) {
            Map<String, Double> at = Map.of("x", random.nextDouble(), "y", random.nextDouble() - 1, "z", 0.3);
            double r = Eval.of(r2, at);
            assertEquals(-2 * 0.5 * 0.004 * r + 0.25 / r, Eval.of(generator(m, r2), at), 1e-14);
            for (int k = 0; k < 3; k++) {
                double martingale = 0;
                for (int i = 0; i < 3; i++) {
                    martingale += Eval.of(m.diffusion().get(i).get(k), at)
                            * Eval.of(Derivative.of(r2, m.state().get(i)), at);
                }
                assertEquals(0, martingale, 1e-15);
            }
        }
    }

    /// L phi = f . grad phi + (1/2) tr(b b^T hess phi).
    private static Expr generator(SdeModel m, Expr phi) {
        Expr sum = Expr.ZERO;
        for (int i = 0; i < m.dimension(); i++) {
            Expr d = Derivative.of(phi, m.state().get(i));
            sum = sum.plus(m.drift().get(i).times(d));
            for (int j = 0; j < m.dimension(); j++) {
                for (int k = 0; k < m.noises(); k++) {
                    Expr b = m.diffusion()
                            .get(i)
                            .get(k)
                            .times(m.diffusion().get(j).get(k));
                    sum = sum.plus(b.times(Derivative.of(d, m.state().get(j))).times(0.5));
                }
            }
        }
        return sum;
    }

    /// The stationary covariance C solves H C + C H = eta Sigma.
    @Test
    void theTwoDimensionalOuProcessHasItsCovariance() {
        SdeModel m = (SdeModel) CATALOG.model("ou-2d", Map.of()).bound();
        double[][] c = {{.0245238095, .0019047619}, {.0019047619, .0240476190}};
        double[][] h = {{2, .5}, {.5, 1}};
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                assertEquals(
                        -h[i][j],
                        Eval.of(Derivative.of(m.drift().get(i), m.state().get(j)), Map.of()));
                double noise = 0;
                double lyapunov = 0;
                for (int k = 0; k < 2; k++) {
                    noise += Eval.of(m.diffusion().get(i).get(k), Map.of())
                            * Eval.of(m.diffusion().get(j).get(k), Map.of());
                    lyapunov += h[i][k] * c[k][j] + c[i][k] * h[k][j];
                }
                assertEquals(lyapunov, noise, 1e-9);
            }
        }
    }

    @Test
    void theTenDimensionalOuProcessHasTheMatrixThatItStates() {
        SdeModel m = (SdeModel) CATALOG.model("ou-10d", Map.of());
        for (int i = 0; i < 10; i++) {
            for (int j = 0; j < 10; j++) {
                double h = Math.pow(2, -Math.abs(i - j)) + (i == j ? (i + 1) / 10.0 : 0);
                assertEquals(
                        -h, Eval.of(Derivative.of(m.drift().get(i), m.state().get(j)), Map.of()), 1e-9);
            }
        }
    }

    /// Label noise of size s adds s^2/2 to the loss, and its gradient noise is c H on the minimisers, c = s^2
    /// (arXiv:2110.06914).
    @Test
    void labelNoiseHasTheHessianAsItsCovariance() {
        LossModel m = (LossModel) CATALOG.model("uv", Map.of()).bound();
        double u = 1.7;
        Map<String, Double> at = new HashMap<>(Map.of("u", u, "v", 1 / u));
        double[][] covariance = new double[2][2];
        double[][] hessian = new double[2][2];
        double loss = 0;
        for (int e = 0; e < m.examples(); e++) {
            at.put("xi", m.data().value(0, e));
            loss += Eval.of(m.loss(), at) / m.examples();
            double[] g = Eval.of(m.gradient(), at);
            for (int i = 0; i < 2; i++) {
                for (int j = 0; j < 2; j++) {
                    covariance[i][j] += g[i] * g[j] / m.examples();
                    hessian[i][j] += Eval.of(m.hessian().get(i).get(j), at) / m.examples();
                }
            }
        }
        assertEquals(0.5, loss, 1e-15);
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                assertEquals(hessian[i][j], covariance[i][j], 1e-14);
            }
        }
    }

    @Test
    void theToyHasThePeriodTwoOrbitOfTheory() {
        LossModel m = (LossModel) CATALOG.model("scale-invariant-toy", Map.of()).bound();
        double eta = 0.1;
        double lambda = 0.5;
        double phi = Math.acos(1 - eta * lambda) / 2;
        double[] w = {Math.sqrt(eta) * Math.sin(phi), Math.sqrt(eta) * Math.cos(phi)};
        assertEquals(0.05, w[0], 1e-12);
        assertEquals(0.3122499, w[1], 1e-7);
        double[] g = Eval.of(m.gradient(), Map.of("x", w[0], "y", w[1]));
        assertEquals(-w[0], (1 - eta * lambda) * w[0] - eta * g[0], 1e-15);
        assertEquals(w[1], (1 - eta * lambda) * w[1] - eta * g[1], 1e-15);
    }
}
