package ornstein.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ornstein.spec.UserError;
import ornstein.stats.chart.Chart;
import ornstein.stats.chart.Clock;
import ornstein.stats.chart.Series;
import ornstein.stats.chart.Timing;

class OverlayTest {
    private static final double[] Y = {1, 2, 3};

    private static Page page(String id, Timing timing, double... x) {
        return new Page(
                id,
                List.of(
                        new Block.Text("words"),
                        new Block.Picture(Chart.of(id, "Mean", timing.clock().label(), "mean of x")
                                .with(Series.line("x", x, Y).timing(timing))
                                .with(Series.dashed("exact", x, Y).timing(timing))
                                .with(Series.level("limit", 2)))));
    }

    private static Map<String, Page> runs(Page a, Page b) {
        var runs = new LinkedHashMap<String, Page>();
        runs.put("a", a);
        runs.put("b", b);
        return runs;
    }

    private final Page sde = page("mean", new Timing(Clock.GRADIENT, 0.1, 0.01), 0, 0.1, 0.2);
    private final Page sgd = page("mean", new Timing(Clock.STEPS, 0.05, 0.02), 0, 2, 4);

    @Test
    void putsRunsOnTheClockOfTheFirst() {
        Chart chart = Overlay.of(runs(sde, sgd), null).charts().getFirst();
        assertEquals(
                List.of("a: x", "a: exact", "a: limit", "b: x", "b: exact"),
                chart.series().stream().map(Series::name).toList());
        assertArrayEquals(new double[] {0, 0.1, 0.2}, chart.series().get(0).x(), 1e-15);
        assertArrayEquals(new double[] {0, 0.1, 0.2}, chart.series().get(3).x(), 1e-15);
        assertEquals(Clock.GRADIENT.label(), chart.xLabel());
        assertEquals(0, chart.series().get(0).colour());
        assertEquals(1, chart.series().get(3).colour());
    }

    @ParameterizedTest
    @CsvSource({"STEPS, 2, 4", "GRADIENT, 0.2, 0.2", "SLOW, 0.02, 0.01", "INTRINSIC, 0.002, 0.004"})
    void convertsToEveryClock(Clock clock, double lastOfSde, double lastOfSgd) {
        List<Series> series =
                Overlay.of(runs(sde, sgd), clock).charts().getFirst().series();
        assertEquals(lastOfSde, series.get(0).x()[2], 1e-15);
        assertEquals(lastOfSgd, series.get(3).x()[2], 1e-15);
        Chart alone = Overlay.of(Map.of("a", sde), clock).charts().getFirst();
        assertEquals(new Timing(clock, 0.1, 0.01), alone.series().getFirst().timing());
        assertEquals("x", alone.series().getFirst().name());
    }

    private static Page density(double step, String caption) {
        Chart chart = Chart.of("density", "Density of w at step k = " + step, "w", "density");
        Series path = Series.line("", Y, Y);
        return new Page(
                "run", List.of(new Block.Picture(chart.with(path).with(path).withCaption("Paths. " + caption))));
    }

    /// A run's paths have its colour and one place in the legend; what differs between captions is said by run.
    @Test
    void seriesWithoutANameAreThoseOfTheirRun() {
        Chart chart = Overlay.of(runs(density(60, "Seed 1."), density(120, "Seed 2.")), null)
                .charts()
                .getFirst();
        assertEquals(
                List.of("a", "", "b", ""),
                chart.series().stream().map(Series::name).toList());
        assertEquals(
                List.of(0, 0, 1, 1), chart.series().stream().map(Series::colour).toList());
        assertEquals("Density of w", chart.title());
        assertEquals("Paths. a: at step k = 60.0. Seed 1. b: at step k = 120.0. Seed 2.", chart.caption());
        Chart same = Overlay.of(runs(density(60, "Seed 1."), density(60, "Seed 1.")), null)
                .charts()
                .getFirst();
        assertEquals("Density of w at step k = 60.0", same.title());
        assertEquals("Paths. Seed 1.", same.caption());
    }

    @Test
    void refusesWhatDoesNotGoTogether() {
        Page other = page("other", new Timing(Clock.STEPS, 1, 1), 0, 1, 2);
        assertTrue(message(runs(sde, other), null).contains("no figure in common: a, b"));
        Page noDecay = page("mean", new Timing(Clock.STEPS, 0.1, 0), 0, 1, 2);
        assertTrue(message(runs(sde, noDecay), Clock.INTRINSIC).contains("run b has lambda = 0"));
        Page untimed = new Page(
                "u",
                List.of(new Block.Picture(
                        Chart.of("mean", "Mean", "x", "mean of x").with(Series.line("x", Y, Y)))));
        assertTrue(message(runs(sde, untimed), Clock.STEPS).contains("has none"));
        assertTrue(
                message(runs(untimed, untimed), Clock.STEPS).contains("no figure of these runs has an axis of time"));
    }

    private static String message(Map<String, Page> runs, @Nullable Clock clock) {
        return String.valueOf(
                assertThrows(UserError.class, () -> Overlay.of(runs, clock)).getMessage());
    }
}
