package ornstein.report;

import ornstein.spec.Counted;
import ornstein.stats.chart.Chart;
import ornstein.stats.chart.Series;
import ornstein.stats.chart.Series.Style;

/// What a chart covers: the axes that show all of it, and how many points they cannot show.
record Extent(Scale x, Scale y, long belowX, long belowY) {

    /// The smallest and largest of the values seen.
    private static final class Range {
        private double min = Double.POSITIVE_INFINITY;
        private double max = Double.NEGATIVE_INFINITY;

        void see(double value) {
            min = Math.min(min, value);
            max = Math.max(max, value);
        }
    }

    static Extent of(Chart chart) {
        var x = new Range();
        var y = new Range();
        long belowX = 0;
        long belowY = 0;
        for (Series series : chart.series()) {
            for (int i = 0; i < series.x().length; i++) {
                boolean hasX = series.style() != Style.HLINE && Double.isFinite(series.x()[i]);
                boolean hasY = series.style() != Style.VLINE && Double.isFinite(series.y()[i]);
                if (!hasX && series.style() != Style.HLINE || !hasY && series.style() != Style.VLINE) {
                    continue;
                }
                boolean lowX = hasX && chart.logX() && series.x()[i] <= 0;
                boolean lowY = hasY && chart.logY() && series.y()[i] <= 0;
                belowX += lowX ? 1 : 0;
                belowY += lowY && !lowX ? 1 : 0;
                if (lowX || lowY) {
                    continue;
                }
                if (hasX) {
                    x.see(series.x()[i]);
                }
                if (hasY) {
                    y.see(series.y()[i]);
                }
            }
        }
        seeIntervals(chart, y);
        return new Extent(
                Scale.about(x.min, x.max, chart.logX()), Scale.about(y.min, y.max, chart.logY()), belowX, belowY);
    }

    /// Intervals widen a linear axis wholly; a logarithmic one by at most a factor of ten on either side, and by three
    /// where they reach zero.
    private static void seeIntervals(Chart chart, Range y) {
        double least = chart.logY() ? y.min / 10 : Double.NEGATIVE_INFINITY;
        double most = chart.logY() ? y.max * 10 : Double.POSITIVE_INFINITY;
        double atZero = y.min / 3;
        for (Series series : chart.series()) {
            double[] lo = series.lo();
            double[] hi = series.hi();
            for (int i = 0; lo != null && hi != null && i < lo.length; i++) {
                if (Double.isFinite(hi[i]) && (!chart.logY() || hi[i] > 0)) {
                    y.see(Math.min(hi[i], most));
                }
                if (Double.isFinite(lo[i])) {
                    y.see(chart.logY() && lo[i] <= 0 ? atZero : Math.max(lo[i], least));
                }
            }
        }
    }

    /// What is not shown, in words; empty where all is.
    String note() {
        var note = new StringBuilder();
        if (belowX > 0) {
            note.append(points(belowX)).append(" with x \u2264 0");
        }
        if (belowY > 0) {
            note.append(note.isEmpty() ? "" : " and ").append(points(belowY)).append(" with y \u2264 0");
        }
        return note.isEmpty()
                ? ""
                : note.append(" not shown on a logarithmic axis").toString();
    }

    private static String points(long count) {
        return Counted.of(count, "point");
    }
}
