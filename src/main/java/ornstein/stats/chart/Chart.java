package ornstein.stats.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A figure as data. Texts are plain Unicode: Greek letters and superscripts as themselves.
///
/// @param id       file name of the figure and key by which runs are laid over each other: `[a-z0-9][a-z0-9-]*`
/// @param ordered  the series follow a parameter in order (colours from a sequential palette, not a categorical one)
/// @param caption  what the figure shows and how it was made, in whole sentences
public record Chart(
        String id,
        String title,
        String xLabel,
        String yLabel,
        boolean logX,
        boolean logY,
        boolean ordered,
        List<Series> series,
        String caption) {
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

    public Chart {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("the id of a chart is [a-z0-9][a-z0-9-]{0,63}, not " + id);
        }
        series = List.copyOf(series);
    }

    /// An empty chart on linear axes.
    public static Chart of(String id, String title, String xLabel, String yLabel) {
        return new Chart(id, title, xLabel, yLabel, false, false, false, List.of(), "");
    }

    public Chart withLogX() {
        return new Chart(id, title, xLabel, yLabel, true, logY, ordered, series, caption);
    }

    public Chart withLogY() {
        return new Chart(id, title, xLabel, yLabel, logX, true, ordered, series, caption);
    }

    public Chart withOrdered() {
        return new Chart(id, title, xLabel, yLabel, logX, logY, true, series, caption);
    }

    public Chart withCaption(String newCaption) {
        return new Chart(id, title, xLabel, yLabel, logX, logY, ordered, series, newCaption);
    }

    public Chart withId(String newId) {
        return new Chart(newId, title, xLabel, yLabel, logX, logY, ordered, series, caption);
    }

    public Chart withXLabel(String newLabel) {
        return new Chart(id, title, newLabel, yLabel, logX, logY, ordered, series, caption);
    }

    public Chart withSeries(List<Series> newSeries) {
        return new Chart(id, title, xLabel, yLabel, logX, logY, ordered, newSeries, caption);
    }

    /// This chart with every x (of the series so far, save horizontal lines) counted by one clock.
    public Chart withTiming(Timing timing) {
        return withSeries(series.stream()
                .map(one -> one.style() == Series.Style.HLINE ? one : one.timing(timing))
                .toList());
    }

    /// This chart with one more series on top.
    public Chart with(Series added) {
        var all = new ArrayList<>(series);
        all.add(added);
        return withSeries(all);
    }
}
