package ornstein.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;
import org.jspecify.annotations.Nullable;
import ornstein.stats.chart.Series;

/// What is drawn of a series at once: its runs of points without a gap, thinned, as a data set and its renderer.
record Trace(XYIntervalSeriesCollection data, XYLineAndShapeRenderer renderer) {
    private static final int COLUMNS = 600;
    private static final int ROWS = 400;
    private static final int MOST_MARKERS = 40;

    /// How a series looks.
    record Look(Color colour, BasicStroke stroke, Shape marker) {}

    /// The layers of a series, the lowest first: band, then line or markers.
    static List<Trace> of(Series series, Look look, Scale x, Scale y) {
        var layers = new ArrayList<Trace>();
        Series drawn = series.style() == Series.Style.STEP ? stairs(series) : series;
        boolean whiskers = series.style() == Series.Style.POINTS;
        if (drawn.lo() != null && !whiskers) {
            layers.add(band(drawn, look, x, y));
        }
        switch (series.style()) {
            case LINE, DASHED, STEP -> layers.add(line(drawn, look, x, y));
            case POINTS -> layers.add(points(drawn, look, x, y));
            case BAND, HLINE, VLINE -> {} // a band has no line, a level is a marker of the plot
        }
        return layers;
    }

    private static Trace band(Series series, Look look, Scale x, Scale y) {
        double[] lo = ends(series.lo(), series, y);
        double[] hi = ends(series.hi(), series, y);
        var data = new XYIntervalSeriesCollection();
        for (int[] run : runs(series.x(), x, i -> !Double.isNaN(lo[i]) && !Double.isNaN(hi[i]))) {
            int[] kept = Thinning.thin(run, i -> x.place(series.x()[i]) * COLUMNS, i -> lo[i], i -> hi[i]);
            var points = new XYIntervalSeries(data.getSeriesCount(), false, true);
            // a lone interval is drawn as a bar
            for (double side : kept.length == 1 ? new double[] {-0.004, 0.004} : new double[] {0}) {
                for (int i : kept) {
                    double at = side == 0 ? series.x()[i] : x.at(x.place(series.x()[i]) + side);
                    points.add(at, at, at, hi[i], lo[i], hi[i]);
                }
            }
            data.addSeries(points);
        }
        var renderer = new DeviationRenderer(false, false);
        renderer.setAlpha(0.2f);
        for (int i = 0; i < data.getSeriesCount(); i++) {
            renderer.setSeriesFillPaint(i, look.colour);
        }
        return new Trace(data, renderer);
    }

    private static Trace line(Series series, Look look, Scale x, Scale y) {
        var data = new XYIntervalSeriesCollection();
        var renderer = new XYLineAndShapeRenderer(true, false);
        renderer.setDrawSeriesLineAsPath(true);
        boolean markers = marked(series);
        double[] ys = series.y();
        for (int[] run : runs(series.x(), x, i -> y.holds(ys[i]))) {
            int[] kept = Thinning.thin(run, i -> x.place(series.x()[i]) * COLUMNS, i -> ys[i], i -> ys[i]);
            int at = data.getSeriesCount();
            renderer.setSeriesShapesVisible(at, markers || kept.length == 1);
            renderer.setSeriesShape(at, markers ? look.marker : new Ellipse2D.Double(-1.5, -1.5, 3, 3));
            renderer.setSeriesPaint(at, look.colour);
            renderer.setSeriesStroke(at, look.stroke);
            data.addSeries(points(at, series, kept, y));
        }
        return new Trace(data, renderer);
    }

    /// Whether a line also shows its points: where they are few.
    static boolean marked(Series series) {
        return series.style() == Series.Style.LINE && series.x().length <= MOST_MARKERS;
    }

    private static Trace points(Series series, Look look, Scale x, Scale y) {
        var data = new XYIntervalSeriesCollection();
        var renderer = new XYErrorRenderer();
        renderer.setDrawXError(false);
        renderer.setDrawYError(series.lo() != null);
        renderer.setErrorStroke(Theme.solid(1.1f));
        renderer.setCapLength(5);
        renderer.setSeriesPaint(0, look.colour);
        renderer.setSeriesShape(0, look.marker);
        int[] all = runs(series.x(), x, i -> y.holds(series.y()[i])).stream()
                .flatMapToInt(Arrays::stream)
                .toArray();
        var seen = new HashSet<Long>();
        int[] kept = series.lo() != null
                ? all
                : Arrays.stream(all)
                        .filter(i -> seen.add(cell(x.place(series.x()[i]), y.place(series.y()[i]))))
                        .toArray();
        data.addSeries(points(0, series, kept, y));
        return new Trace(data, renderer);
    }

    /// The number of the square of a point, about a pixel wide.
    private static long cell(double across, double up) {
        return Math.round(across * COLUMNS) * ROWS + Math.round(up * (ROWS - 1));
    }

    private static XYIntervalSeries points(int key, Series series, int[] kept, Scale y) {
        double[] lo = ends(series.lo(), series, y);
        double[] hi = ends(series.hi(), series, y);
        var points = new XYIntervalSeries(key, false, true);
        for (int i : kept) {
            double at = series.x()[i];
            double value = series.y()[i];
            points.add(at, at, at, value, Double.isNaN(lo[i]) ? value : lo[i], Double.isNaN(hi[i]) ? value : hi[i]);
        }
        return points;
    }

    /// The ends of the intervals, within the axis; the values themselves where there are no intervals.
    private static double[] ends(double @Nullable [] ends, Series series, Scale y) {
        var within = new double[series.x().length];
        for (int i = 0; i < within.length; i++) {
            double end = ends == null ? series.y()[i] : ends[i];
            within[i] = Double.isNaN(end) ? end : Math.clamp(end, y.lo(), y.hi());
        }
        return within;
    }

    /// The runs of consecutive points that can be drawn.
    private static List<int[]> runs(double[] xs, Scale x, IntPredicate drawn) {
        var runs = new ArrayList<int[]>();
        int start = 0;
        for (int i = 0; i <= xs.length; i++) {
            if (i == xs.length || !x.holds(xs[i]) || !drawn.test(i)) {
                if (i > start) {
                    runs.add(IntStream.range(start, i).toArray());
                }
                start = i + 1;
            }
        }
        return runs;
    }

    private static Series stairs(Series series) {
        int n = series.x().length;
        var x = new double[Math.max(0, 2 * n - 1)];
        for (int i = 0; i < x.length; i++) {
            x[i] = series.x()[(i + 1) / 2];
        }
        return new Series(
                series.name(),
                series.style(),
                x,
                twice(series.y()),
                series.lo() == null ? null : twice(series.lo()),
                series.hi() == null ? null : twice(series.hi()),
                series.colour(),
                series.timing());
    }

    private static double[] twice(double[] values) {
        var all = new double[Math.max(0, 2 * values.length - 1)];
        for (int i = 0; i < all.length; i++) {
            all[i] = values[i / 2];
        }
        return all;
    }
}
