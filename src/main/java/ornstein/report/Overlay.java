package ornstein.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import ornstein.spec.UserError;
import ornstein.stats.chart.Chart;
import ornstein.stats.chart.Clock;
import ornstein.stats.chart.Series;
import ornstein.stats.chart.Timing;

/// Charts of several runs laid over each other: charts with the same id and y-axis become one, on one clock.
public final class Overlay {
    private Overlay() {}

    /// The page of several runs, or of one on another clock.
    ///
    /// @param runs  pages by the name of their run, which marks its series
    /// @param clock the clock of all times; null: that of the first series that has one
    public static Page of(Map<String, Page> runs, @Nullable Clock clock) {
        Map<List<String>, Map<String, Chart>> groups = new LinkedHashMap<>();
        runs.forEach((name, page) -> {
            for (Chart chart : page.charts()) {
                groups.computeIfAbsent(List.of(chart.id(), chart.yLabel()), key -> new LinkedHashMap<>())
                        .put(name, chart);
            }
        });
        groups.values().removeIf(group -> group.size() < Math.min(2, runs.size()));
        if (groups.isEmpty()) {
            throw new UserError("these runs have no figure in common: " + String.join(", ", runs.keySet())
                    + "; overlay runs of the same kind");
        }
        var blocks = new ArrayList<Block>();
        groups.values().forEach(group -> blocks.add(new Block.Picture(merge(group, clock))));
        if (clock != null && groups.values().stream().noneMatch(group -> firstClock(group) != null)) {
            throw new UserError("no figure of these runs has an axis of time that --clock " + clock.id()
                    + " could convert: " + String.join(", ", runs.keySet()));
        }
        return new Page(String.join(", ", runs.keySet()), blocks);
    }

    private static Chart merge(Map<String, Chart> charts, @Nullable Clock asked) {
        Chart first = charts.values().iterator().next();
        Clock clock = asked != null ? asked : firstClock(charts);
        var all = new ArrayList<Series>();
        boolean converted = false;
        int places = 0;
        for (Map.Entry<String, Chart> run : charts.entrySet()) {
            int next = 0;
            int used = 0;
            for (Series series : run.getValue().series()) {
                Series shown = clock == null ? series : onClock(series, clock, run.getKey());
                converted |= shown.timing() != null && !Objects.equals(shown.timing(), series.timing());
                int place = series.colour() >= 0 ? series.colour() : Figure.neutral(series) ? -1 : next++;
                used = Math.max(used, place + 1);
                if (series.style() == Series.Style.HLINE && holds(all, series)) {
                    continue;
                }
                String name = series.name().isBlank() || charts.size() == 1
                        ? series.name()
                        : run.getKey() + ": " + series.name();
                all.add(shown.named(name).colour(place < 0 ? -1 : places + place));
            }
            places += used;
        }
        Chart merged = new Chart(
                first.id(),
                first.title(),
                first.xLabel(),
                first.yLabel(),
                first.logX(),
                first.logY(),
                false,
                all,
                first.caption());
        if (!converted || clock == null) {
            return merged;
        }
        for (Series series : all) {
            if (series.timing() == null && series.style() != Series.Style.HLINE) {
                throw new UserError("figure " + first.id() + " cannot be put on one clock: its series \""
                        + series.name() + "\" has none");
            }
        }
        return merged.withXLabel(clock.label());
    }

    /// Whether a level is among the series already, from another run.
    private static boolean holds(List<Series> all, Series level) {
        return all.stream()
                .anyMatch(one -> one.style() == Series.Style.HLINE
                        && one.y()[0] == level.y()[0]
                        && one.name().endsWith(level.name()));
    }

    private static @Nullable Clock firstClock(Map<String, Chart> charts) {
        for (Chart chart : charts.values()) {
            for (Series series : chart.series()) {
                Timing timing = series.timing();
                if (timing != null) {
                    return timing.clock();
                }
            }
        }
        return null;
    }

    private static Series onClock(Series series, Clock clock, String run) {
        Timing timing = series.timing();
        if (timing == null) {
            return series;
        }
        double factor = timing.factorTo(clock);
        if (Double.isNaN(factor)) {
            throw new UserError(
                    "run " + run + " has lambda = 0, so " + timing.clock().id() + " time does not convert to "
                            + clock.id() + " time; choose another --clock");
        }
        return series.onClock(clock, factor);
    }
}
