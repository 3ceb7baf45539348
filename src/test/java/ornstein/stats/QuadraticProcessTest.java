package ornstein.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import ornstein.stats.QuadraticProcess.Kind;

class QuadraticProcessTest {
    private static final double[][] H = {{2, 0.5}, {0.5, 1}};
    private static final double[][] SIGMA = {{1, 0.3}, {0.3, 0.5}};
    private static final double[] START = {1, -1};
    private static final double ETA = 0.1;

    private static QuadraticProcess plane(Kind kind) {
        return new QuadraticProcess(kind, H, SIGMA, ETA);
    }

    private static QuadraticProcess line(Kind kind, double eta) {
        return new QuadraticProcess(kind, new double[][] {{2}}, new double[][] {{1}}, eta);
    }

    @ParameterizedTest
    @CsvSource({"SGD, .0277777778", "SDE1, .025", "SDE2, .0227272727"})
    void stationaryVarianceOnALine(Kind kind, double expected) {
        assertEquals(expected, line(kind, ETA).stationary()[0][0], 5e-11);
    }

    @ParameterizedTest
    @CsvSource({
        "SDE1, 0.1, .02796110, .00387101",
        "SDE1, 0.05, .01375863, .00284240",
        "SDE1, 0.025, .00682313, .00163140",
        "SDE2, 0.1, .00342898, .00426115",
        "SDE2, 0.05, .00087977, .00102247",
        "SDE2, 0.025, .00022275, .00025058"
    })
    void weakErrorsAtGradientTimeOne(Kind kind, double eta, double ofMean, double ofSquare) {
        double[] one = {1};
        double steps = Math.rint(1 / eta);
        double sgd = line(Kind.SGD, eta).mean(one, steps)[0];
        double sde = line(kind, eta).mean(one, steps)[0];
        assertEquals(ofMean, Math.abs(sde - sgd), 5e-9);
        double sgd2 = sgd * sgd + line(Kind.SGD, eta).covariance(steps)[0][0];
        double sde2 = sde * sde + line(kind, eta).covariance(steps)[0][0];
        assertEquals(ofSquare, Math.abs(sde2 - sgd2), 5e-9);
    }

    @Test
    void stationaryCovarianceInThePlane() {
        assertMatrix(
                new double[][] {{.0245238095, .0019047619}, {.0019047619, .0240476190}},
                plane(Kind.SDE1).stationary(),
                5e-11);
        assertMatrix(
                new double[][] {{.0273416092, .0027555796}, {.0027555796, .0253702729}},
                plane(Kind.SGD).stationary(),
                5e-11);
    }

    @ParameterizedTest
    @CsvSource({"0, 1, .7872401984", "1, 1, .1767996668", "5, 5, .0968615824"})
    void displacementOfOuInThePlane(double t, double d, double expected) {
        assertEquals(expected, plane(Kind.SDE1).displacement(START, t / ETA, d / ETA), 5e-11);
    }

    @Test
    void displacementSaturatesAtTwiceTheTrace() {
        assertEquals(.0971428571, plane(Kind.SDE1).displacement(1e4), 5e-11);
        assertEquals(.0971428571, plane(Kind.SDE1).displacement(START, 1e4, 1e4), 5e-11);
    }

    /// The second method: moments of the pair (x_T, x_{T+D}) stepped in the original coordinates.
    @ParameterizedTest
    @EnumSource(Kind.class)
    void formulasAgreeWithSteppedMoments(Kind kind) {
        QuadraticProcess process = plane(kind);
        SimpleMatrix h = new SimpleMatrix(H);
        SimpleMatrix drift = kind == Kind.SDE2 ? h.plus(h.mult(h).scale(ETA / 2)) : h;
        int substeps = kind == Kind.SGD ? 1 : 2000;
        SimpleMatrix one = SimpleMatrix.identity(2);
        SimpleMatrix noise = new SimpleMatrix(SIGMA).scale(ETA * ETA / substeps);
        SimpleMatrix a;
        if (kind == Kind.SGD) {
            a = one.minus(drift.scale(ETA));
        } else {
            // one substep of the exact flow to third order, and of its noise by the midpoint rule
            SimpleMatrix x = drift.scale(-ETA / substeps);
            a = one.plus(x).plus(x.mult(x).scale(0.5)).plus(x.mult(x).mult(x).scale(1.0 / 6));
            SimpleMatrix half = one.plus(x.scale(0.5)).plus(x.mult(x).scale(0.125));
            noise = half.mult(noise).mult(half);
        }
        SimpleMatrix mean = new SimpleMatrix(START);
        SimpleMatrix cov = new SimpleMatrix(2, 2);
        int from = 7;
        int lag = 4;
        for (int k = 0; k < from * substeps; k++) {
            mean = a.mult(mean);
            cov = a.mult(cov).mult(a).plus(noise);
        }
        assertArrayEquals(mean.getDDRM().getData(), process.mean(START, from), 1e-9);
        assertMatrix(cov.toArray2(), process.covariance(from), 1e-9);
        SimpleMatrix second = cov.plus(mean.mult(mean.transpose()));
        SimpleMatrix joint = second;
        SimpleMatrix auto = cov;
        SimpleMatrix later = second;
        for (int k = 0; k < lag * substeps; k++) {
            joint = a.mult(joint);
            auto = a.mult(auto);
            later = a.mult(later).mult(a).plus(noise);
        }
        assertMatrix(auto.toArray2(), process.autocovariance(from, lag), 1e-9);
        assertEquals(second.trace() + later.trace() - 2 * joint.trace(), process.displacement(START, from, lag), 1e-9);
    }

    @Test
    void averagedLossAgreesWithSimulatedSgd() {
        Random random = new Random(5);
        QuadraticProcess process = line(Kind.SGD, ETA);
        int lag = 3;
        double[] ring = new double[lag + 1];
        double x = 0;
        double sum = 0;
        double squares = 0;
        int blocks = 400;
        int size = 2000;
        for (int b = 0; b < blocks; b++) {
            double mean = 0;
            for (int k = 0; k < size; k++) {
                x -= ETA * (2 * x + random.nextGaussian());
                ring[k % (lag + 1)] = x;
                double average = (x + ring[(k + 1) % (lag + 1)]) / 2;
                mean += average * average / size;
            }
            sum += mean;
            squares += mean * mean;
        }
        double estimate = sum / blocks;
        double se = Math.sqrt((squares / blocks - estimate * estimate) / (blocks - 1));
        assertEquals(estimate, process.averagedLoss(lag), 4 * se);
        assertTrue(se < 0.01 * estimate);
        assertTrue(process.averagedLoss(lag) < 0.9 * process.averagedLoss(0));
    }

    @Test
    void refusesWhatHasNoStationaryLaw() {
        assertThrows(IllegalArgumentException.class, () -> line(Kind.SGD, 1.0));
        assertThrows(
                IllegalArgumentException.class,
                () -> new QuadraticProcess(Kind.SDE1, new double[][] {{-1}}, new double[][] {{1}}, 0.1));
        assertThrows(IllegalArgumentException.class, () -> line(Kind.SGD, ETA).displacement(0.5));
    }

    private static void assertMatrix(double[][] expected, double[][] actual, double tolerance) {
        for (int i = 0; i < expected.length; i++) {
            assertArrayEquals(expected[i], actual[i], tolerance);
        }
    }
}
