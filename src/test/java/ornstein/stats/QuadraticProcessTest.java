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

    /// Section 1.4 of the theory: SGD's stationary variance lies eta^2 s2/4 above that of the equation of order 1,
    /// and eta^2 s2/2 above that of order 2, the worse of the two there; with x = eta h/2, up to factors 1/(1 - x)
    /// and 1/(1 - x^2).
    @ParameterizedTest
    @CsvSource({"SDE1, 4, 1", "SDE2, 2, 2"})
    void stationaryVariancesDifferByTheirLeadingErrors(Kind kind, double over, int power) {
        for (double eta : new double[] {0.1, 0.01, 0.005}) {
            double apart =
                    line(Kind.SGD, eta).stationary()[0][0] - line(kind, eta).stationary()[0][0];
            assertEquals(eta * eta / over / (1 - Math.pow(eta, power)), apart, 1e-14);
        }
    }

    /// E|x_0 - x_D|^2 from 1 at eta h = 1.6 oscillates in the lag: (1 - (-.6)^D)^2 from the start, and .01 sum
    /// .36^j of noise, j < D.
    @ParameterizedTest
    @CsvSource({"1, 2.57", "2, .42", "3, 1.49"})
    void displacementsOscillateAtLargeRates(int lag, double expected) {
        QuadraticProcess steep = new QuadraticProcess(Kind.SGD, new double[][] {{16}}, new double[][] {{1}}, ETA);
        double noise = 0;
        for (int j = 0; j < lag; j++) noise += ETA * ETA * Math.pow(0.36, j);
        double displacement = steep.displacement(new double[] {1}, 0, lag);
        assertEquals(Math.pow(1 - Math.pow(-0.6, lag), 2) + noise, displacement, 1e-14);
        assertEquals(expected, displacement, 5e-3);
    }

    /// It grows with the lag from any time for every equation, and for SGD if eta h <= 1 in every mode.
    @ParameterizedTest
    @CsvSource({"SGD, .45, true", "SGD, .8, false", "SDE1, .8, true", "SDE2, .8, true"})
    void displacementsGrowWhereNoModeOscillates(Kind kind, double eta, boolean grows) {
        QuadraticProcess process = new QuadraticProcess(kind, H, SIGMA, eta);
        boolean always = true;
        for (int from : new int[] {0, 1, 5, 1000}) {
            for (int lag = 0; lag < 12; lag++) {
                always &= process.displacement(START, from, lag) < process.displacement(START, from, lag + 1);
            }
        }
        assertEquals(grows, always);
    }

    /// The mean over a window of time S >> 1/h has the loss of one point times 2/(hS); of SGD's points, which lie
    /// farther out, times (2 - eta h)/(hS): the same.
    @ParameterizedTest
    @CsvSource({"SDE1, 20", "SGD, 1"})
    void theMeanOverAWindowHasItsLoss(Kind kind, int substeps) {
        QuadraticProcess process = line(kind, ETA);
        int steps = 2000;
        int n = steps * substeps;
        double late = 1000;
        double variance = process.autocovariance(late, 0)[0][0] / n;
        for (int d = 1; d < n; d++) {
            variance += 2 * (1 - (double) d / n) / n * process.autocovariance(late, (double) d / substeps)[0][0];
        }
        double hs = 2 * ETA * steps;
        double factor = (kind == Kind.SGD ? 2 - 2 * ETA : 2) / hs;
        assertEquals(process.averagedLoss(0) * factor, variance, 1.1 / hs * variance);
        assertEquals(line(Kind.SDE1, ETA).averagedLoss(0) * 2 / hs, variance, 1.1 / hs * variance);
    }

    /// The second method: windows of simulated SGD.
    @Test
    void theMeanOverAWindowAgreesWithSimulatedSgd() {
        Random random = new Random(6);
        int windows = 2000;
        int steps = 500;
        double x = 0;
        double sum = 0;
        double squares = 0;
        for (int w = 0; w < windows; w++) {
            double mean = 0;
            for (int k = 0; k < steps; k++) {
                x -= ETA * (2 * x + random.nextGaussian());
                mean += x / steps;
            }
            sum += mean * mean / windows;
            squares += Math.pow(mean, 4) / windows;
        }
        double se = Math.sqrt((squares - sum * sum) / windows);
        double hs = 2 * ETA * steps;
        assertEquals(line(Kind.SDE1, ETA).averagedLoss(0) * 2 / hs, sum, 4 * se + 1.1 / hs * sum);
        assertTrue(se < 0.04 * sum);
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
