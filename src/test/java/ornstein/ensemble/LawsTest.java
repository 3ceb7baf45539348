package ornstein.ensemble;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.ejml.simple.SimpleEVD;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ornstein.ensemble.Measured.Value;
import ornstein.model.Model;
import ornstein.model.SdeModel;

/// A million paths against the exact laws of their equations: by the exact transition where there is one, else by
/// Euler-Maruyama extrapolated from a step size and its half.
@SuppressWarnings("NullAway") // a missing estimate fails the test
class LawsTest {
    private static Measured exactly(Model model, double dt, int steps, int save, String... expressions) {
        return Measured.of(Runs.of(model, "exact-ou", Measured.PATHS, dt, steps, save), 31, expressions);
    }

    /// Means and variances e^(-h t) x0 and s^2 (1 - e^(-2 h t))/(2 h) at every saved time.
    @Test
    void ornsteinUhlenbeck() {
        Model model = Runs.model("ou", Map.of());
        Measured m = exactly(model, 0.3, 6, 3, "x", "x^2");
        ExactLaw law = ExactLaw.of(Runs.of(model, "exact-ou", 1, 0.3, 6, 3)).orElseThrow();
        for (int k = 1; k <= 3; k++) {
            double t = 0.6 * k;
            double mean = Math.exp(-2 * t);
            double variance = (1 - Math.exp(-4 * t)) / 4;
            m.at(k, "x").is(mean, "mean at " + t);
            m.at(k, "x^2").is(variance + mean * mean, "square at " + t);
            assertEquals(mean, law.at(2L * k).mean()[0], 1e-13);
            assertEquals(variance, law.at(2L * k).covariance()[0][0], 1e-13);
        }
    }

    /// E|X_T - X_(T+L)|^2 from a fixed start, against the values of THEORY and the exact law.
    @ParameterizedTest
    @CsvSource({"0, 1, 0.7872401984", "1, 1, 0.1767996668", "5, 5, 0.0968615824"})
    void twoTimeDistancesInTwoDimensions(int from, int lag, double expected) {
        Model model = Runs.model("ou-2d", Map.of());
        Simulation s = Runs.request(
                        model, "exact-ou", Measured.PATHS, 1, from + lag, 1, ornstein.kernel.Precision.F64, (double)
                                lag)
                .resolve();
        assertEquals(expected, ExactLaw.of(s).orElseThrow().distance(from, lag), 1e-10);
        EnsembleResult r = Measured.of(s, 32).result();
        new Value(r.distance(0), r.distanceError(0)).is(expected, "distance");
    }

    /// C_s = C - e^(-Hs) C e^(-Hs), with the published stationary C.
    @Test
    void fullMatrixInTwoDimensions() {
        EnsembleResult r = exactly(Runs.model("ou-2d", Map.of()), 0.25, 4, 1).result();
        SimpleMatrix h = new SimpleMatrix(new double[][] {{2, 0.5}, {0.5, 1}});
        SimpleMatrix c = new SimpleMatrix(new double[][] {{0.0245238095, 0.0019047619}, {0.0019047619, 0.0240476190}});
        SimpleMatrix flow = function(h, x -> Math.exp(-x));
        normal(
                r,
                flow.mult(new SimpleMatrix(new double[][] {{1}, {-1}})),
                c.minus(flow.mult(c).mult(flow)));
    }

    @Test
    void fullMatrixInTwentyDimensions() {
        int d = Twenty.D;
        SimpleMatrix h = new SimpleMatrix(d, d);
        SimpleMatrix s = new SimpleMatrix(d, d);
        SimpleMatrix x0 = new SimpleMatrix(d, 1);
        for (int i = 0; i < d; i++) {
            x0.set(i, 1 - 0.1 * i);
            for (int j = 0; j < d; j++) {
                h.set(i, j, Twenty.h(i, j));
                s.set(i, j, Twenty.s(i, j));
            }
        }
        double t = 1.5;
        SimpleEVD<SimpleMatrix> e = h.eig();
        SimpleMatrix v = vectors(e);
        SimpleMatrix q = v.transpose().mult(s).mult(s.transpose()).mult(v);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                double rate = e.getEigenvalue(i).getReal() + e.getEigenvalue(j).getReal();
                q.set(i, j, q.get(i, j) * (1 - Math.exp(-rate * t)) / rate);
            }
        }
        normal(
                exactly(Twenty.MODEL, 0.5, 3, 1).result(),
                function(h, x -> Math.exp(-x * t)).mult(x0),
                v.mult(q).mult(v.transpose()));
    }

    private static SimpleMatrix vectors(SimpleEVD<SimpleMatrix> e) {
        SimpleMatrix v = new SimpleMatrix(e.getNumberOfEigenvalues(), e.getNumberOfEigenvalues());
        for (int k = 0; k < e.getNumberOfEigenvalues(); k++) v.insertIntoThis(0, k, e.getEigenVector(k));
        return v;
    }

    /// A function of a symmetric matrix.
    private static SimpleMatrix function(SimpleMatrix a, DoubleUnaryOperator f) {
        SimpleEVD<SimpleMatrix> e = a.eig();
        SimpleMatrix v = vectors(e);
        SimpleMatrix diagonal = new SimpleMatrix(v.getNumRows(), v.getNumRows());
        for (int k = 0; k < v.getNumRows(); k++) {
            diagonal.set(k, k, f.applyAsDouble(e.getEigenvalue(k).getReal()));
        }
        return v.mult(diagonal).mult(v.transpose());
    }

    /// The mean and covariance at the end; that the law is normal gives the standard errors of the covariance.
    private static void normal(EnsembleResult r, SimpleMatrix mean, SimpleMatrix c) {
        for (int i = 0; i < mean.getNumRows(); i++) {
            new Value(r.mean(1, i), r.standardError(1, i)).is(mean.get(i), "mean " + i);
            for (int j = 0; j <= i; j++) {
                double se = Math.sqrt((c.get(i, i) * c.get(j, j) + c.get(i, j) * c.get(i, j)) / Measured.PATHS);
                new Value(r.covariance(1, i, j), se).is(c.get(i, j), "covariance " + i + ", " + j);
            }
        }
    }

    /// E X = e^(mu t), E X^2 = e^((2 mu + sigma^2) t).
    @Test
    void geometricBrownianMotion() {
        Map<String, Value> m = Measured.extrapolated(
                Runs.model("geometric-brownian-motion", Map.of("mu", 0.5)), 1, 32, "x", "x^2", "log(x)");
        m.get("x").is(Math.exp(0.5), "mean");
        m.get("x^2").is(Math.exp(1.25), "square");
        m.get("log(x)").is(0.5 - 0.125, "logarithm");
    }

    @Test
    void coxIngersollRoss() {
        Map<String, Value> m = Measured.extrapolated(Runs.model("cir", Map.of()), 1, 16, "x", "x^2");
        double e = Math.exp(-2);
        double mean = 1 + e;
        double variance = 2 * 0.25 * (e - e * e) / 2 + 0.25 * (1 - e) * (1 - e) / 4;
        m.get("x").is(mean, "mean");
        m.get("x^2").is(variance + mean * mean, "square");
    }

    /// The stationary law is Gamma of shape a = 2 k theta/sigma^2 = 16 and scale s = sigma^2/(2 k) = 1/16.
    @Test
    void coxIngersollRossInTheLongRun() {
        Map<String, Value> m = Measured.extrapolated(Runs.model("cir", Map.of()), 8, 80, "x", "x^2", "x^3", "1/x");
        m.get("x").is(1, "mean");
        m.get("x^2").is(16 * 17 / 256.0, "square");
        m.get("x^3").is(16 * 17 * 18 / 4096.0, "cube");
        m.get("1/x").is(16 / 15.0, "reciprocal");
    }

    /// E z = e^((i a - s^2/2) t), and |z| = 1.
    @Test
    void kubo() {
        Map<String, Value> m = Measured.extrapolated(Runs.model("kubo", Map.of()), 1, 32, "x", "y", "x*y", "x^2 - y^2");
        m.get("x").is(Math.exp(-0.125) * Math.cos(2), "real part");
        m.get("y").is(Math.exp(-0.125) * Math.sin(2), "imaginary part");
        m.get("x*y").is(Math.exp(-0.5) * Math.sin(4) / 2, "x y");
        m.get("x^2 - y^2").is(Math.exp(-0.5) * Math.cos(4), "x^2 - y^2");
    }

    /// X = arctan(a W + tan x0).
    @Test
    void arctan() {
        Map<String, Value> m = Measured.extrapolated(Runs.model("arctan", Map.of()), 1, 16, "x", "x^2");
        m.get("x").is(normalMean(w -> Math.atan(0.8 * w + Math.tan(0.3))), "mean");
        m.get("x^2").is(normalMean(w -> Math.pow(Math.atan(0.8 * w + Math.tan(0.3)), 2)), "square");
    }

    private static double normalMean(DoubleUnaryOperator f) {
        double sum = 0;
        for (int i = -2000; i <= 2000; i++) {
            double w = i * 0.005;
            sum += f.applyAsDouble(w) * Math.exp(-w * w / 2) / Math.sqrt(2 * Math.PI) * 0.005;
        }
        return sum;
    }

    /// The moments of exp(-U/T)/Z, published (the last by E x U' = T) and by our stationary density.
    @ParameterizedTest
    @CsvSource({"0.5, 0.8521361522, 0.9771361522", "0.25, 0.9176708607, 0.9801708607"})
    void gibbsMomentsOfTheDoubleWell(double temperature, double square, double fourth) {
        SdeModel model = (SdeModel) Runs.model("double-well", Map.of("T", temperature));
        StationaryDensity gibbs = StationaryDensity.of(model, -1.5, 1.4).orElseThrow();
        assertEquals(square, gibbs.mean(x -> x * x), 1e-8);
        assertEquals(fourth, gibbs.mean(x -> x * x * x * x), 1e-8);
        Map<String, Value> m = Measured.extrapolated(model, 2.5, 100, "x^2", "x^4");
        m.get("x^2").is(square, "x^2");
        m.get("x^4").is(fourth, "x^4");
    }
}
