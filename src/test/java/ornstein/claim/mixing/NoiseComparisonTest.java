package ornstein.claim.mixing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import ornstein.claim.Prediction;
import ornstein.stats.Estimate;

/// Two Brownian motions on the circle, in the place of SGD and of another noise.
class NoiseComparisonTest {
    private static final double RATE = .004;
    private static final NoiseComparison.Limits LIMITS =
            new NoiseComparison.Limits(.2, List.of(.85, 1.15), 1, .05 * .05);

    private static NoiseComparison comparison(Circle sgd, Circle other) {
        return new NoiseComparison("other", sgd.runs(RATE), other.runs(RATE), Circle.BLOCKS, LIMITS);
    }

    private static double measured(Prediction prediction) {
        return Objects.requireNonNull(prediction.measured());
    }

    @Test
    void oneLawIsOneLaw() {
        NoiseComparison same = comparison(new Circle(2000, 1, 0, 1), new Circle(2000, 1, 0, 2));
        for (Prediction p : List.of(same.time(), same.accuracy(), same.law())) {
            assertEquals(true, p.holds(), p.toString());
        }
        assertEquals(1, measured(same.time()), .1);
        for (Estimate q : same.laws()) {
            assertEquals(0, q.value(), 5 * q.standardError());
            assertTrue(q.standardError() < .01, q.toString());
        }
    }

    /// With the time scale lambda_e^-1.5 the angle runs at (.004/.008)^.5 of SGD's pace, and mixing takes the inverse.
    @Test
    void aSlowerNoiseHasItsRatioOfTimesAndIsRefused() {
        NoiseComparison slower = comparison(new Circle(8000, 1, 0, 3), new Circle(8000, 1.5, 0, 4));
        Prediction time = slower.time();
        double reach = Objects.requireNonNull(time.ci()).hi() - measured(time);
        assertTrue(reach < .1, time.toString());
        assertEquals(Math.sqrt(2), measured(time), 2.5 * reach);
        assertEquals(false, time.holds(), time.toString());
    }

    /// A share f of stuck runs moves the label frequencies of a run that has mixed from 1/2 by f/2: Q = f^2/2.
    @Test
    void stuckRunsHaveAnotherLaw() {
        double stuck = .2;
        NoiseComparison other = comparison(new Circle(2000, 1, 0, 5), new Circle(2000, 1, stuck, 6));
        Estimate late = other.laws().getLast();
        assertEquals(stuck * stuck / 2, late.value(), 4 * late.standardError());
        assertTrue(late.standardError() < stuck * stuck / 8, late.toString());
        assertEquals(false, other.law().holds(), other.law().toString());
    }

    /// The accuracy of a run started at the right angle is 1 - |phi|/pi: with every run stuck there it stays 1, while
    /// SGD's comes down to 1/2 with the standard deviation 1/sqrt(12) of a uniform angle.
    @Test
    void accuraciesApartAreRefused() {
        double[] right = {0, 0};
        NoiseComparison apart = comparison(new Circle(right, 2000, 1, 0, 7), new Circle(right, 2000, 1, 1, 8));
        assertEquals(.5, apart.gaps().getLast().value(), .02);
        assertEquals(1 / Math.sqrt(12), apart.seeds(apart.times() - 1), .02);
        assertEquals(false, apart.accuracy().holds(), apart.accuracy().toString());
    }

    @Test
    void fewRunsDecideNothing() {
        NoiseComparison few = comparison(new Circle(30, 1, 0, 9), new Circle(30, 1, 0, 10));
        assertEquals(null, few.time().holds(), few.time().toString());
        assertTrue(few.time().runsNeeded() > 30);
    }
}
