package ornstein.claim.mixing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import ornstein.claim.Prediction;
import ornstein.claim.Verdict;
import ornstein.stats.Estimate;
import ornstein.stats.MixingCurve;
import ornstein.stats.MixingExponent;

/// The verdict from labels to word, on cases with a known answer.
class CalibrationTest {
    private static final double[] RATES = {.032, .016, .008, .004, .002};
    private static final Thresholds LIMITS =
            new Thresholds(List.of(.3, .2, .15, .1), 1.15, .2, List.of(.85, 1.15), 4, 6, .0025);
    private static final Prediction EXACT = FastEquilibrium.exactness(0, 1000);

    private static FastEquilibrium judge(Circle circle) {
        return FastEquilibrium.judge(circle.curves(RATES), LIMITS, EXACT);
    }

    private static Prediction prediction(FastEquilibrium judged, String name) {
        return judged.predictions().stream()
                .filter(p -> p.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theCircleMixesOnTheTimeScaleOneOverLambdaE() {
        List<MixingCurve> curves = new Circle(12_000, 1, 0, 1).curves(RATES);
        FastEquilibrium judged = FastEquilibrium.judge(curves, LIMITS, EXACT);
        assertEquals(Verdict.REPRODUCED, judged.verdict(), judged.predictions().toString());
        for (double delta : LIMITS.deltas()) {
            Estimate p = MixingExponent.of(curves, delta);
            assertNotNull(p);
            assertEquals(1, p.value(), .03, "p at " + delta);
            assertTrue(p.standardError() < .015, "error of p at " + delta + ": " + p);
        }
    }

    /// R = sqrt(Q) = (4/pi) exp(-s) to leading harmonic, so s(T) = ln(4/(pi delta)).
    @Test
    void theCircleCrossesWhereItsLeadingHarmonicDoes() {
        List<MixingCurve> curves = new Circle(4000, 1, 0, 2).curves(RATES);
        for (double delta : LIMITS.deltas()) {
            Estimate constant = MixingExponent.constant(curves, delta);
            assertNotNull(constant);
            double leading = Math.log(4 / (Math.PI * delta));
            assertEquals(leading, Circle.exactCrossing(delta), 1e-3 * leading, "series against its first term");
            assertEquals(leading, constant.value(), .05 * leading, "constant at " + delta);
        }
    }

    @Test
    void theSquaredDistanceOfTheCircleIsItsSeries() {
        Circle circle = new Circle(new double[] {0, 2 * Math.PI / 3, 4 * Math.PI / 3}, 2000, 1, 0, 3);
        MixingCurve curve = circle.curve(.002);
        MixingCurve.Row row = curve.row(-1, -1);
        for (int t = 0; t < row.clock().length; t++) {
            int at = t;
            Estimate q = ornstein.stats.Jackknife.estimate(
                    curve.strata(),
                    curve.blocks(),
                    (stratum, block) -> curve.row(stratum, block).squared()[at]);
            assertNotNull(q);
            double exact = Circle.exactSquared(row.clock()[t], 2 * Math.PI / 3);
            // 48 inputs stand for the circle: at tau = 0 a label boundary is off by up to half an input's share
            double grid = t == 0 ? .02 : 0;
            assertEquals(exact, q.value(), 4 * q.standardError() + grid + 1e-3, "time " + row.clock()[t]);
        }
    }

    @Test
    void runsThatStayStuckAreAPlateau() {
        FastEquilibrium judged = judge(new Circle(2000, 1, .15, 4));
        assertEquals(Verdict.NOT_REPRODUCED, judged.verdict());
        for (Late late : judged.late()) {
            // a share f of stuck runs leaves Q = 2 f^2 between opposite starts
            assertEquals(
                    2 * .15 * .15, late.squared().value(), 4 * late.squared().standardError() + 1e-3);
            assertEquals(Late.Fate.PLATEAU, late.fate());
            assertEquals(
                    false, prediction(judged, "H3 lambda_e=" + late.lambdaE()).holds());
        }
    }

    @Test
    void aTimeScaleOfOneOverTheRootIsNotOneOverLambdaE() {
        FastEquilibrium judged = judge(new Circle(400, .5, 0, 5));
        assertEquals(false, prediction(judged, "H2").holds());
        assertTrue(judged.verdict() != Verdict.REPRODUCED, "p = 1/2 must not be taken for p = 1");
        assertEquals(.5, Objects.requireNonNull(prediction(judged, "H2").measured()), .05);
    }

    @Test
    void aSlowerTimeScaleRefutesTheBound() {
        FastEquilibrium judged = judge(new Circle(400, 1.5, 0, 6));
        assertEquals(
                Verdict.NOT_REPRODUCED, judged.verdict(), judged.predictions().toString());
    }

    @Test
    void tooFewRunsAreUndecidedAndSayHowManyItTakes() {
        FastEquilibrium judged = judge(new Circle(30, 1, 0, 7));
        assertEquals(Verdict.UNDECIDED, judged.verdict());
        assertTrue(judged.runsNeeded() > 30, "runs needed: " + judged.runsNeeded());
    }

    @Test
    void aTrainerThatIsNotScaleInvariantGetsNoVerdict() {
        FastEquilibrium judged = FastEquilibrium.judge(
                new Circle(400, 1, 0, 8).curves(RATES), LIMITS, FastEquilibrium.exactness(1, 1000));
        assertEquals(Verdict.UNDECIDED, judged.verdict());
        assertEquals(false, prediction(judged, "H4").holds());
    }

    @Test
    void theSameLabelsGiveTheSameVerdictToTheDigit() {
        assertEquals(judge(new Circle(60, 1, 0, 9)), judge(new Circle(60, 1, 0, 9)));
    }
}
