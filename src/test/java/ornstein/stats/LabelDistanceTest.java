package ornstein.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LabelDistanceTest {

    /// All 2^4 outcomes of four runs a group on one input, weighted by their probabilities: the mean of Q is exact.
    @Test
    void theSquaredDistanceIsUnbiased() {
        for (double[] law : new double[][] {{.5, .55}, {.3, .3}, {.9, .2}, {0, 1}}) {
            double mean = 0;
            for (int p = 0; p < 16; p++) {
                for (int q = 0; q < 16; q++) {
                    double weight = probability(p, law[0]) * probability(q, law[1]);
                    mean += weight * LabelDistance.squared(counts(p), -1, counts(q), -1);
                }
            }
            double difference = law[0] - law[1];
            assertEquals(2 * difference * difference, mean, 1e-14);
        }
    }

    private static LabelCounts counts(int bits) {
        byte[][] labels = new byte[4][1];
        for (int run = 0; run < 4; run++) {
            labels[run][0] = (byte) (bits >> run & 1);
        }
        return LabelCounts.of(labels, 2, 2);
    }

    private static double probability(int bits, double p) {
        int ones = Integer.bitCount(bits);
        return Math.pow(p, ones) * Math.pow(1 - p, 4 - ones);
    }

    @Test
    void leavingOutABlockIsCountingTheOthers() {
        SplittableRandom random = new SplittableRandom(1);
        byte[][] a = draw(random, 30, 5, .4);
        byte[][] b = draw(random, 30, 5, .6);
        int block = 2;
        byte[][] less = new byte[20][];
        int kept = 0;
        for (int run = 0; run < 30; run++) {
            if (run % 3 != block) {
                less[kept++] = a[run];
            }
        }
        LabelCounts q = LabelCounts.of(b, 2, 3);
        assertEquals(
                LabelDistance.squared(LabelCounts.of(less, 2, 2), -1, q, -1),
                LabelDistance.squared(LabelCounts.of(a, 2, 3), block, q, -1),
                1e-15);
    }

    /// The disagreement across groups exceeds that within them by half the squared distance, identically.
    @Test
    void disagreementAcrossGroupsExceedsThatWithinByHalfTheSquaredDistance() {
        SplittableRandom random = new SplittableRandom(2);
        LabelCounts p = LabelCounts.of(draw(random, 40, 7, .4), 2, 4);
        LabelCounts q = LabelCounts.of(draw(random, 30, 7, .7), 2, 3);
        double within = (Disagreement.within(p, -1) + Disagreement.within(q, -1)) / 2;
        double across = Disagreement.between(p, -1, q, -1);
        assertEquals(LabelDistance.squared(p, -1, q, -1) / 2, across - within, 1e-14);
    }

    @Test
    void independentErrorsDisagreeAsTheFormulaSays() {
        assertEquals(2 * .05 * .95, Disagreement.independent(.05, .05, 2), 1e-15);
        assertEquals(.0972, Disagreement.independent(.05, .05, 10), 5e-5);
        // by enumeration: three classes, the right one 0, wrong ones equally likely
        double[] first = {.8, .1, .1};
        double[] second = {.7, .15, .15};
        double same = 0;
        for (int k = 0; k < 3; k++) {
            same += first[k] * second[k];
        }
        assertEquals(1 - same, Disagreement.independent(.2, .3, 3), 1e-15);
    }

    @Test
    void theCouplingBoundIsNeverBelowTheTotalVariation() {
        SplittableRandom random = new SplittableRandom(3);
        for (int trial = 0; trial < 200; trial++) {
            double[] p = law(random);
            double[] q = law(random);
            double l1 = 0;
            double squared = 0;
            for (int k = 0; k < p.length; k++) {
                l1 += Math.abs(p[k] - q[k]);
                squared += (p[k] - q[k]) * (p[k] - q[k]);
            }
            assertTrue(l1 / 2 <= Disagreement.couplingBound(squared, p.length) + 1e-15);
        }
        assertEquals(.5, Disagreement.couplingBound(.5, 2), 1e-15, "attained for two labels");
    }

    /// The values of the literature for 500 trials and ten labels, and 2,000 pairs of groups of equal law.
    @Test
    void theFloorOfL1IsWhatEqualLawsGive() {
        byte[][] uniform = new byte[500][1];
        for (int run = 0; run < 500; run++) {
            uniform[run][0] = (byte) (run % 10);
        }
        assertEquals(.1514, LabelDistance.floor(LabelCounts.of(uniform, 10, 2)), 5e-5);

        SplittableRandom random = new SplittableRandom(4);
        double l1 = 0;
        double floor = 0;
        int pairs = 2000;
        for (int pair = 0; pair < pairs; pair++) {
            LabelCounts p = LabelCounts.of(draw(random, 200, 1, .3), 2, 2);
            l1 += LabelDistance.l1(p, LabelCounts.of(draw(random, 200, 1, .3), 2, 2)) / pairs;
            floor += LabelDistance.floor(p) / pairs;
        }
        assertEquals(l1, floor, .03 * floor);
    }

    /// Runs whose labels on different inputs depend on each other: the 90 % interval of Q covers the truth at least
    /// about that often, more where the laws are equal.
    @Test
    void theJackknifeIntervalOfTheSquaredDistanceCovers() {
        assertEquals(.96, coverage(0, 5), .04, "equal laws");
        assertEquals(.90, coverage(.1, 6), .04, "laws that differ");
    }

    private static double coverage(double shift, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int covered = 0;
        int trials = 400;
        for (int trial = 0; trial < trials; trial++) {
            LabelCounts p = LabelCounts.of(correlated(random, .45), 2, 15);
            LabelCounts q = LabelCounts.of(correlated(random, .45 + shift), 2, 15);
            Estimate e = Jackknife.estimate(
                    2,
                    15,
                    (group, block) -> LabelDistance.squared(p, group == 0 ? block : -1, q, group == 1 ? block : -1));
            if (e == null) throw new AssertionError("no estimate");
            double truth = 2 * shift * shift;
            covered += e.lower() <= truth && truth <= e.upper() ? 1 : 0;
        }
        return (double) covered / trials;
    }

    /// 150 runs on 40 inputs; a run draws one uniform number for four of the inputs and fresh ones for the others.
    private static byte[][] correlated(SplittableRandom random, double p) {
        byte[][] labels = draw(random, 150, 40, p);
        for (byte[] run : labels) {
            java.util.Arrays.fill(run, 0, 4, run[0]);
        }
        return labels;
    }

    private static byte[][] draw(SplittableRandom random, int runs, int inputs, double p) {
        byte[][] labels = new byte[runs][inputs];
        for (byte[] run : labels) {
            for (int x = 0; x < inputs; x++) {
                run[x] = (byte) (random.nextDouble() < p ? 1 : 0);
            }
        }
        return labels;
    }

    private static double[] law(SplittableRandom random) {
        double[] p = new double[4];
        double sum = 0;
        for (int k = 0; k < p.length; k++) {
            p[k] = random.nextDouble();
            sum += p[k];
        }
        for (int k = 0; k < p.length; k++) {
            p[k] /= sum;
        }
        return p;
    }

    @Test
    void tooFewRunsForTheBlocksAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> LabelCounts.of(new byte[5][3], 2, 3));
        assertThrows(IllegalArgumentException.class, () -> LabelCounts.of(new byte[][] {{0}, {2}, {0}, {1}}, 2, 2));
    }
}
