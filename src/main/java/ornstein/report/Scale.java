package ornstein.report;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.TickType;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.axis.ValueTick;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.Range;

/// A range of one axis, linear or logarithmic.
record Scale(double lo, double hi, boolean log) {

    /// The smallest range with a margin about all values that can be drawn; [0, 1] (or [1, 10]) where there is none.
    static Scale about(double min, double max, boolean log) {
        if (!(min <= max)) {
            return log ? new Scale(1, 10, true) : new Scale(0, 1, false);
        }
        if (log) {
            double margin = Math.max(Math.exp(0.04 * (Math.log(max) - Math.log(min))), 1.05);
            return new Scale(Math.max(min / margin, Double.MIN_NORMAL), Math.min(max * margin, Double.MAX_VALUE), true);
        }
        double low = min > 0 && min < 0.3 * max ? 0 : min;
        double width = Math.max(max / 2 - low / 2, 1e-9 * Math.max(Math.abs(low), Math.abs(max)));
        double margin = width == 0 ? 1 : max == min ? Math.max(0.1 * Math.abs(max), width) : 0.08 * width;
        return new Scale(
                Math.max(low - margin, -Double.MAX_VALUE / 4), Math.min(max + margin, Double.MAX_VALUE / 4), false);
    }

    /// Where a value lies: 0 at the lower end, 1 at the upper.
    double place(double value) {
        return log ? (Math.log(value) - Math.log(lo)) / (Math.log(hi) - Math.log(lo)) : (value - lo) / (hi - lo);
    }

    /// The value at a place.
    double at(double place) {
        return log ? Math.exp(Math.log(lo) + place * (Math.log(hi) - Math.log(lo))) : lo + place * (hi - lo);
    }

    /// Whether a value can be drawn at all.
    boolean holds(double value) {
        return Double.isFinite(value) && (!log || value > 0);
    }

    /// The axis with ticks of [Ticks].
    ValueAxis axis(String label) {
        ValueAxis axis = log
                ? new LogAxis(label) {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public List<?> refreshTicks(Graphics2D g, AxisState s, Rectangle2D area, RectangleEdge edge) {
                        return ticks(area, edge);
                    }
                }
                : new NumberAxis(label) {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public List<?> refreshTicks(Graphics2D g, AxisState s, Rectangle2D area, RectangleEdge edge) {
                        return ticks(area, edge);
                    }
                };
        axis.setRange(new Range(lo, hi), true, false);
        axis.setLabelFont(Theme.font(14));
        axis.setTickLabelFont(Theme.font(12.5));
        axis.setLabelPaint(Theme.INK);
        axis.setTickLabelPaint(Theme.INK);
        axis.setAxisLinePaint(Theme.INK);
        axis.setTickMarkPaint(Theme.INK);
        axis.setTickMarkInsideLength(0);
        axis.setTickMarkOutsideLength(4);
        axis.setMinorTickMarkOutsideLength(2);
        axis.setMinorTickMarksVisible(true);
        return axis;
    }

    private List<ValueTick> ticks(Rectangle2D area, RectangleEdge edge) {
        boolean across = RectangleEdge.isTopOrBottom(edge);
        int most = (int) Math.max(2, across ? area.getWidth() / 65 : area.getHeight() / 38);
        var ticks = new ArrayList<ValueTick>();
        for (Ticks.Mark mark : log ? Ticks.log(lo, hi, most) : Ticks.linear(lo, hi, most)) {
            ticks.add(new NumberTick(
                    mark.label().isEmpty() ? TickType.MINOR : TickType.MAJOR,
                    mark.value(),
                    mark.label(),
                    across ? TextAnchor.TOP_CENTER : TextAnchor.CENTER_RIGHT,
                    TextAnchor.CENTER,
                    0));
        }
        return ticks;
    }
}
