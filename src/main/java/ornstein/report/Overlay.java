package ornstein.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import ornstein.spec.UserError;
import ornstein.stats.chart.Chart;
import ornstein.stats.chart.Clock;
import ornstein.stats.chart.Series;
import ornstein.stats.chart.Timing;

/// Charts of several runs laid over each other: charts with the same id and y-axis become one, on one clock.
/// Series without a name take the colour of their run, which the legend names once.
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
        boolean several = charts.size() > 1;
        for (Map.Entry<String, Chart> run : charts.entrySet()) {
            int next = 0;
            int used = 0;
            boolean said = false;
            for (Series series : run.getValue().series()) {
                Series shown = clock == null ? series : onClock(series, clock, run.getKey());
                converted |= shown.timing() != null && !Objects.equals(shown.timing(), series.timing());
                boolean unnamed = several && series.name().isBlank();
                int place = unnamed ? 0 : series.colour() >= 0 ? series.colour() : Figure.neutral(series) ? -1 : next++;
                used = Math.max(used, place + 1);
                if (series.style() == Series.Style.HLINE && holds(all, series)) {
                    continue;
                }
                String name = !several
                        ? series.name()
                        : !unnamed ? run.getKey() + ": " + series.name() : said ? "" : run.getKey();
                said |= unnamed;
                all.add(shown.named(name).colour(place < 0 ? -1 : places + place));
            }
            places += used;
        }
        String title = sharedTitle(charts.values());
        Chart merged = new Chart(
                first.id(),
                title,
                first.xLabel(),
                first.yLabel(),
                first.logX(),
                first.logY(),
                false,
                all,
                captions(charts, title));
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

    /// The words with which all titles begin, up to the time that each names; the first title if there are none.
    private static String sharedTitle(Collection<Chart> charts) {
        String first = charts.iterator().next().title();
        List<String> words = new ArrayList<>(List.of(first.split(" ")));
        for (Chart chart : charts) {
            List<String> others = List.of(chart.title().split(" "));
            int same = 0;
            while (same < Math.min(words.size(), others.size())
                    && words.get(same).equals(others.get(same))) same++;
            words = words.subList(0, same);
        }
        String shared = String.join(" ", words);
        if (shared.isEmpty() || shared.equals(first)) return first;
        int place = (shared + " ").lastIndexOf(" at ");
        return place > 0 ? shared.substring(0, place) : shared;
    }

    /// What all captions say, then what each run's own adds.
    private static String captions(Map<String, Chart> charts, String title) {
        Set<String> shared = null;
        for (Chart chart : charts.values()) {
            if (shared == null) shared = new LinkedHashSet<>(sentences(chart));
            else shared.retainAll(sentences(chart));
        }
        Set<String> all = Objects.requireNonNull(shared, "no charts");
        StringBuilder text = new StringBuilder(String.join(" ", all));
        charts.forEach((run, chart) -> {
            List<String> own = new ArrayList<>(sentences(chart));
            own.removeAll(all);
            own.removeIf(String::isBlank);
            boolean longer = chart.title().startsWith(title) && chart.title().length() > title.length();
            if (longer) own.addFirst(chart.title().substring(title.length()).strip() + ".");
            if (!own.isEmpty()) text.append(' ').append(run).append(": ").append(String.join(" ", own));
        });
        return text.toString().strip();
    }

    private static List<String> sentences(Chart chart) {
        return List.of(chart.caption().split("(?<=\\.) "));
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
