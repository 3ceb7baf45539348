package ornstein.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.junit.jupiter.api.Test;

class MixingCurveTest {

    /// The min-max formula: fit_i = min over a <= i of max over b >= i of the mean of y_a .. y_b.
    @Test
    void isotonicRegressionIsTheMinMaxFormula() {
        SplittableRandom random = new SplittableRandom(1);
        for (int trial = 0; trial < 100; trial++) {
            double[] y = random.doubles(12).toArray();
            double[] exact = new double[y.length];
            for (int i = 0; i < y.length; i++) {
                double least = Double.POSITIVE_INFINITY;
                for (int a = 0; a <= i; a++) {
                    double greatest = Double.NEGATIVE_INFINITY;
                    for (int b = i; b < y.length; b++) {
                        double sum = 0;
                        for (int j = a; j <= b; j++) {
                            sum += y[j];
                        }
                        greatest = Math.max(greatest, sum / (b - a + 1));
                    }
                    least = Math.min(least, greatest);
                }
                exact[i] = least;
            }
            assertArrayEquals(exact, Isotonic.decreasing(y), 1e-12);
        }
    }

    @Test
    void anExponentialCrossesWhereItShould() {
        double[] clock = {0, .5, 1.5, 3, 6};
        double[] squared = new double[clock.length];
        for (int i = 0; i < clock.length; i++) {
            squared[i] = Math.pow(.8 * Math.exp(-clock[i]), 2);
        }
        MixingCurve.Row row = new MixingCurve.Row(clock, squared);
        for (double delta : new double[] {.7, .3, .1, .01}) {
            assertEquals(Math.log(.8 / delta), MixingCurve.crossing(row, delta), 1e-12);
        }
        assertTrue(Double.isNaN(MixingCurve.crossing(row, .9)), "starts below");
        assertTrue(Double.isNaN(MixingCurve.crossing(row, .0019)), "does not come down to it");
    }

    @Test
    void aNegativeSquaredDistanceStillHasACrossing() {
        MixingCurve.Row row = new MixingCurve.Row(new double[] {0, 1, 2}, new double[] {1, .04, -.001});
        // log R runs from log .2 to log .01 between s = 1 and 2
        assertEquals(1 + Math.log(2) / Math.log(20), MixingCurve.crossing(row, .1), 1e-12);
    }

    @Test
    void theSlopeIsThatOfLeastSquares() {
        double[] x = {1, 2, 4, 7};
        double[] y = {3, 1, 4, 1};
        SimpleRegression other = new SimpleRegression();
        for (int i = 0; i < x.length; i++) {
            other.addData(x[i], y[i]);
        }
        assertEquals(other.getSlope(), MixingExponent.slope(x, y), 1e-14);
    }

    /// Of a mean, the delete-one jackknife gives the textbook standard error.
    @Test
    void theJackknifeOfAMeanIsItsStandardError() {
        double[] values = new SplittableRandom(2).doubles(10).toArray();
        BlockMeans means = new BlockMeans(values, 10);
        Estimate e = Jackknife.estimate(1, 10, (stratum, block) -> means.mean(block));
        assertNotNull(e);
        var summary = new org.apache.commons.math3.stat.descriptive.SummaryStatistics();
        for (double v : values) {
            summary.addValue(v);
        }
        assertEquals(summary.getMean(), e.value(), 1e-15);
        assertEquals(summary.getStandardDeviation() / Math.sqrt(10), e.standardError(), 1e-15);
        assertEquals(9, e.freedom(), 1e-9);
        // Student's t, 9 degrees of freedom, one-sided 95 %: 1.8331
        assertEquals(e.value() + 1.8331 * e.standardError(), e.upper(), 1e-4 * e.standardError());
    }

    @Test
    void aStatisticThatDoesNotExistHasNoEstimate() {
        assertNull(Jackknife.estimate(1, 3, (stratum, block) -> block == 1 ? Double.NaN : 1));
    }

    @Test
    void fourTimesTheRunsHalveTheReach() {
        Estimate e = new Estimate(1, .1, 1e6);
        double limit = 1 + (e.upper() - 1) / 2;
        assertEquals(400.0, (double) e.runsToClear(limit, 100), 1.0);
    }
}
