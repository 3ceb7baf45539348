package ornstein.stats.chart;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import ornstein.stats.Estimate;

/// One set of points of a [Chart]. A NaN in y (or in lo, hi) is a gap.
///
/// @param x, y    abscissas and values, one length
/// @param lo, hi  ends of an interval about each y: a band with LINE, DASHED, STEP and BAND, whiskers with POINTS
/// @param colour  place in the palette, so that a theory line can share its measurement's colour; -1: grey for what
///                stands for theory (DASHED, BAND, HLINE, VLINE), else the next free one
/// @param timing  the clock that x counts, where x is a time
@SuppressWarnings("ArrayRecordComponent") // never compared; millions of points
public record Series(
        String name,
        Style style,
        double[] x,
        double[] y,
        double @Nullable [] lo,
        double @Nullable [] hi,
        int colour,
        @Nullable Timing timing) {

    /// How a series is drawn.
    public enum Style {
        /// joined points
        LINE,
        /// joined points, dashed: a prediction, a fit
        DASHED,
        /// markers
        POINTS,
        /// horizontal to the next x, then up: histograms, counts
        STEP,
        /// the area between lo and hi, without a line
        BAND,
        /// a level across the whole chart, at `y[0]`
        HLINE,
        /// a moment, at `x[0]`
        VLINE
    }

    public Series {
        if (x.length != y.length || (lo == null) != (hi == null)) {
            throw new IllegalArgumentException(
                    "series " + name + ": " + x.length + " x and " + y.length + " y, or one end of an interval only");
        }
        if (lo != null && hi != null && (lo.length != x.length || hi.length != x.length)) {
            throw new IllegalArgumentException("series " + name + ": " + lo.length + " and " + hi.length
                    + " ends of intervals for " + x.length + " points");
        }
        if (style == Style.BAND && lo == null) {
            throw new IllegalArgumentException("series " + name + ": a band needs lo and hi");
        }
        if ((style == Style.HLINE || style == Style.VLINE) && x.length != 1) {
            throw new IllegalArgumentException("series " + name + ": a level is one point, not " + x.length);
        }
    }

    private static Series of(String name, Style style, double[] x, double[] y) {
        return new Series(name, style, x, y, null, null, -1, null);
    }

    public static Series line(String name, double[] x, double[] y) {
        return of(name, Style.LINE, x, y);
    }

    /// Estimates joined, with their intervals.
    public static Series estimates(String name, double[] x, List<Estimate> y) {
        return line(name, x, y.stream().mapToDouble(Estimate::value).toArray())
                .interval(
                        y.stream().mapToDouble(Estimate::lower).toArray(),
                        y.stream().mapToDouble(Estimate::upper).toArray());
    }

    public static Series dashed(String name, double[] x, double[] y) {
        return of(name, Style.DASHED, x, y);
    }

    public static Series points(String name, double[] x, double[] y) {
        return of(name, Style.POINTS, x, y);
    }

    public static Series step(String name, double[] x, double[] y) {
        return of(name, Style.STEP, x, y);
    }

    public static Series band(String name, double[] x, double[] lo, double[] hi) {
        return new Series(name, Style.BAND, x, hi, lo, hi, -1, null);
    }

    /// A horizontal line.
    public static Series level(String name, double y) {
        return of(name, Style.HLINE, new double[] {0}, new double[] {y});
    }

    /// A vertical line.
    public static Series moment(String name, double x) {
        return of(name, Style.VLINE, new double[] {x}, new double[] {0});
    }

    public Series interval(double[] low, double[] high) {
        return new Series(name, style, x, y, low, high, colour, timing);
    }

    public Series colour(int place) {
        return new Series(name, style, x, y, lo, hi, place, timing);
    }

    public Series timing(Timing newTiming) {
        return new Series(name, style, x, y, lo, hi, colour, newTiming);
    }

    public Series named(String newName) {
        return new Series(newName, style, x, y, lo, hi, colour, timing);
    }

    /// The same points with each x multiplied by `factor`, which turns the series' clock into another.
    public Series onClock(Clock clock, double factor) {
        if (timing == null) {
            throw new IllegalStateException("series " + name + " has no clock");
        }
        return stretched(factor).timing(new Timing(clock, timing.eta(), timing.lambda()));
    }

    /// The same points with each x multiplied by `factor`.
    public Series stretched(double factor) {
        double[] scaled = Arrays.stream(x).map(value -> value * factor).toArray();
        return new Series(name, style, scaled, y, lo, hi, colour, timing);
    }
}
