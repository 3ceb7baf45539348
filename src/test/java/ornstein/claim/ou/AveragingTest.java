package ornstein.claim.ou;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import ornstein.claim.Prediction;
import ornstein.claim.Verdict;
import ornstein.stats.Estimate;
import ornstein.stats.QuadraticProcess;

class AveragingTest {
    private static final double ETA = 0.2;
    private static final int LAG = 30;

    private static final int DIMENSION = 8;

    /// One bowl a checkpoint; the bowls lie apart along the first axis, with a ridge between.
    private static double loss(double[] x, double centreOfA, double centreOfB) {
        double a = (x[0] - centreOfA) * (x[0] - centreOfA);
        double b = (x[0] - centreOfB) * (x[0] - centreOfB);
        double rest = 0;
        for (int i = 1; i < DIMENSION; i++) {
            rest += x[i] * x[i];
        }
        return Math.min(a, b) + rest;
    }

    private static double[] middle(double[] x, double[] y) {
        double[] m = new double[DIMENSION];
        Arrays.setAll(m, i -> (x[i] + y[i]) / 2);
        return m;
    }

    private record Pairs(List<PairLoss> within, List<PairLoss> across) {}

    private static Pairs simulate(double apart) {
        Random random = new Random(4);
        int checkpoints = 10;
        double[][][] last = new double[checkpoints][6][];
        List<PairLoss> within = new ArrayList<>();
        for (int c = 0; c < checkpoints; c++) {
            double centre = apart * c;
            for (int s = 0; s < 6; s++) {
                double[] x = new double[DIMENSION];
                x[0] = centre;
                double[] early = x;
                for (int k = 0; k < 200; k++) {
                    if (k == 200 - LAG) {
                        early = x.clone();
                    }
                    for (int i = 0; i < DIMENSION; i++) {
                        x[i] -= ETA * (2 * (x[i] - (i == 0 ? centre : 0)) + random.nextGaussian());
                    }
                }
                within.add(new PairLoss(
                        c,
                        c,
                        loss(early, centre, centre),
                        loss(x, centre, centre),
                        loss(middle(x, early), centre, centre)));
                last[c][s] = x;
            }
        }
        List<PairLoss> across = new ArrayList<>();
        for (int c = 0; c < checkpoints; c++) {
            for (int d = 0; d < c; d++) {
                double[] x = last[c][0];
                double[] y = last[d][0];
                double a = apart * c;
                double b = apart * d;
                across.add(new PairLoss(d, c, loss(y, a, b), loss(x, a, b), loss(middle(x, y), a, b)));
            }
        }
        return new Pairs(within, across);
    }

    private static Verdict verdict(Pairs pairs) {
        return Averaging.verdict(
                Averaging.within(pairs.within()),
                Averaging.across(pairs.across()),
                Averaging.worseThanBoth(pairs.across()));
    }

    @Test
    void bowlsApartReproduceTheClaim() {
        assertEquals(Verdict.REPRODUCED, verdict(simulate(10)));
    }

    @Test
    void oneBowlForAllRefutesIt() {
        Pairs pairs = simulate(0);
        assertEquals(true, Averaging.within(pairs.within()).holds());
        assertEquals(false, Averaging.across(pairs.across()).holds());
        assertEquals(false, Averaging.worseThanBoth(pairs.across()).holds());
        assertEquals(Verdict.NOT_REPRODUCED, verdict(pairs));
    }

    /// In one bowl the loss of the average is that of the closed form.
    @Test
    void theAverageWithinABowlHasTheLossOfTheClosedForm() {
        double[][] hessian = new double[DIMENSION][DIMENSION];
        double[][] noise = new double[DIMENSION][DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            hessian[i][i] = 2;
            noise[i][i] = 1;
        }
        QuadraticProcess process = new QuadraticProcess(QuadraticProcess.Kind.SGD, hessian, noise, ETA);
        Estimate average = Averaging.mean(simulate(0).within(), PairLoss::average);
        Estimate single = Averaging.mean(simulate(0).within(), PairLoss::b);
        assertEquals(process.averagedLoss(LAG), average.value(), 4 * average.standardError());
        assertEquals(process.averagedLoss(0), single.value(), 4 * single.standardError());
        assertTrue(average.standardError() < 0.2 * average.value());
    }

    @Test
    void fewPairsDecideNothing() {
        List<PairLoss> few = simulate(10).within().subList(0, 18);
        Prediction within = Averaging.within(few);
        assertEquals(null, within.holds());
        assertTrue(within.runsNeeded() >= Averaging.FEWEST_PAIRS);
    }
}
