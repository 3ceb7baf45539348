package ornstein.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import ornstein.stats.Interval;

class VerdictTest {
    private static List<Prediction> that(@Nullable Boolean holds) {
        return List.of(Prediction.of("p", "", 0, 0, new Interval(-1, 1), holds));
    }

    @Test
    void theMainPredictionDecides() {
        assertEquals(Verdict.REPRODUCED, Verdict.of(that(true), that(true)));
        assertEquals(Verdict.PARTIAL, Verdict.of(that(true), that(false)));
        assertEquals(Verdict.UNDECIDED, Verdict.of(that(true), that(null)));
        assertEquals(Verdict.UNDECIDED, Verdict.of(that(null), that(false)));
        assertEquals(Verdict.NOT_REPRODUCED, Verdict.of(that(false), that(null)));
    }

    @Test
    void aDecidedPredictionNeedsNoRuns() {
        assertThrows(IllegalArgumentException.class, () -> new Prediction("p", "", 0.0, 0.0, null, true, 5));
        assertThrows(IllegalArgumentException.class, () -> new Prediction("p", "", Double.NaN, 0.0, null, true, 0));
    }
}
