package ornstein.claim;

import java.util.List;

/// One curve or set of points of a [Chart].
///
/// @param name its entry in the legend
/// @param points in the order they are joined
public record Series(String name, Style style, List<Point> points) {

    /// How a series is drawn. Intervals are error bars on `POINTS`, a shaded band on the others.
    public enum Style {
        LINE,
        POINTS,
        LINE_AND_POINTS,
        /// A reference: a prediction, a threshold, a noise floor.
        DASHED,
        /// Only the area between `lo` and `hi`.
        BAND
    }

    /// A point with its interval `[lo, hi]`; a `y` of NaN is a gap, a `lo` and `hi` of NaN no interval.
    public record Point(double x, double y, double lo, double hi) {

        public Point(double x, double y) {
            this(x, y, Double.NaN, Double.NaN);
        }
    }

    public Series {
        points = List.copyOf(points);
    }
}
