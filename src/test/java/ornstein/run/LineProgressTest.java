package ornstein.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LineProgressTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private long nanos = 5;

    private LineProgress progress(long total, long before) {
        return new LineProgress(
                "train", "steps", total, before, new PrintStream(out, true, StandardCharsets.UTF_8), () -> nanos);
    }

    private String told() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aLineComesAtMostEveryTenSecondsWithAnEstimate() {
        try (LineProgress progress = progress(1000, 0)) {
            for (int second = 1; second <= 25; second++) {
                nanos += 1_000_000_000L;
                progress.step(10);
            }
        }
        assertEquals("""
                train: 10 % of 1000 steps, 10 s, about 1 min 30 s left
                train: 20 % of 1000 steps, 20 s, about 1 min 20 s left
                train: 25 % of 1000 steps, 25 s, about 1 min 15 s left
                """, told());
    }

    @Test
    void workOfAnEarlierAttemptDoesNotCountForTheEstimate() {
        LineProgress progress = progress(1000, 900);
        nanos += 20_000_000_000L;
        progress.step(20);
        assertEquals("train: 92 % of 1000 steps, 20 s, about 1 min 20 s left\n", told());
    }

    @Test
    void shortWorkSaysNothingButItsNotes() {
        try (LineProgress progress = progress(10, 0)) {
            progress.step(10);
            progress.note("replica 3 diverged");
        }
        assertEquals("replica 3 diverged\n", told());
    }

    @Test
    void durationsReadWell() {
        assertEquals("59 s", LineProgress.duration(59.4));
        assertEquals("1 min 0 s", LineProgress.duration(59.6));
        assertEquals("2 h 3 min", LineProgress.duration(7399));
    }
}
