package ornstein.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import ornstein.stats.chart.Chart;
import ornstein.stats.chart.Series;
import ornstein.stats.chart.Series.Style;

/// A [Chart], drawn: white paper, light grid, intervals as bands or whiskers, the legend beside the data, and
/// no title, as papers print it. What a logarithmic axis cannot show is left out, and a line below the figure
/// says how much.
final class Figure {
    static final int WIDTH = 640;
    private static final int PLOT_HEIGHT = 400;
    private static final int MOST_LINES_ABOVE = 3;

    private final Chart chart;
    private final Extent extent;
    private final Scale x;
    private final Scale y;
    private final boolean legendAbove;
    private final int height;

    Figure(Chart chart) {
        this.chart = printable(chart);
        extent = Extent.of(chart);
        x = extent.x();
        y = extent.y();
        List<String> names = this.chart.series().stream()
                .map(Series::name)
                .filter(n -> !n.isBlank())
                .toList();
        double widest = names.stream().mapToDouble(Figure::width).max().orElse(0);
        double all = names.stream().mapToDouble(name -> width(name) + 42).sum();
        int lines = (int) Math.ceil(all / (WIDTH - 60.0));
        legendAbove = lines <= MOST_LINES_ABOVE || widest > WIDTH / 4.0;
        height = PLOT_HEIGHT + (legendAbove ? 20 * lines : 0);
    }

    private static Chart printable(Chart chart) {
        return new Chart(
                chart.id(),
                Texts.line(chart.title()),
                Texts.line(chart.xLabel()),
                Texts.line(chart.yLabel()),
                chart.logX(),
                chart.logY(),
                chart.ordered(),
                chart.series().stream()
                        .map(series -> series.named(Texts.line(series.name())))
                        .toList(),
                chart.caption());
    }

    String title() {
        return chart.title();
    }

    int height() {
        return height;
    }

    /// Draws the figure into `WIDTH` x [#height()].
    void draw(Graphics2D g) {
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        drawing().draw(g, new Rectangle2D.Double(0, 0, WIDTH, height));
    }

    private static double width(String text) {
        return Theme.font(13)
                .getStringBounds(text, new FontRenderContext(null, true, true))
                .getWidth();
    }

    private JFreeChart drawing() {
        var plot = new XYPlot(null, x.axis(chart.xLabel()), y.axis(chart.yLabel()), null);
        plot.setBackgroundPaint(Color.WHITE);
        plot.setOutlinePaint(Theme.INK);
        plot.setDomainGridlinePaint(Theme.GRID);
        plot.setRangeGridlinePaint(Theme.GRID);
        plot.setDomainGridlineStroke(Theme.solid(0.8f));
        plot.setRangeGridlineStroke(Theme.solid(0.8f));
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
        plot.setNoDataMessage("no data");
        plot.setNoDataMessageFont(Theme.font(14));
        plot.setNoDataMessagePaint(Theme.NEUTRAL);
        LegendItemCollection legend = addSeries(plot);
        plot.setFixedLegendItems(legend);

        var drawing = new JFreeChart(null, Theme.font(14), plot, false);
        drawing.setBackgroundPaint(Color.WHITE);
        drawing.setPadding(new RectangleInsets(6, 4, 6, 14));
        if (legend.getItemCount() > 1
                || (legend.getItemCount() == 1 && chart.yLabel().isBlank())) {
            drawing.addLegend(legend(plot));
        }
        String note = extent.note();
        if (!note.isEmpty()) {
            var line = new TextTitle(note, Theme.font(11));
            line.setPaint(Theme.NEUTRAL);
            line.setPosition(RectangleEdge.BOTTOM);
            line.setHorizontalAlignment(HorizontalAlignment.RIGHT);
            drawing.addSubtitle(line);
        }
        return drawing;
    }

    private LegendTitle legend(XYPlot plot) {
        var legend = new LegendTitle(plot);
        legend.setPosition(legendAbove ? RectangleEdge.TOP : RectangleEdge.RIGHT);
        legend.setItemFont(Theme.font(13));
        legend.setItemPaint(Theme.INK);
        legend.setFrame(BlockBorder.NONE);
        legend.setItemLabelPadding(new RectangleInsets(2, 4, 2, 10));
        return legend;
    }

    /// Adds all series, bands lowest and predictions on top, and returns the legend in the order of the chart.
    private LegendItemCollection addSeries(XYPlot plot) {
        var legend = new LegendItemCollection();
        var bands = new ArrayList<Trace>();
        var lines = new ArrayList<Trace>();
        var predictions = new ArrayList<Trace>();
        int places = places();
        int next = 0;
        int dashes = 0;
        for (Series series : chart.series()) {
            int place = series.colour() >= 0 ? series.colour() : neutral(series) ? -1 : next++;
            BasicStroke stroke = level(series) || series.style() == Style.DASHED
                    ? Theme.dashed(place >= 0 ? 0 : dashes++)
                    : Theme.line(place, chart.ordered(), series.x().length);
            var look = new Trace.Look(
                    place < 0 ? Theme.NEUTRAL : Theme.colour(place, places, chart.ordered()),
                    stroke,
                    Theme.marker(Math.max(0, place)));
            if (level(series)) {
                addLevel(plot, series, look);
            }
            List<Trace> traces = Trace.of(series, look, x, y);
            for (int i = 0; i < traces.size(); i++) {
                boolean band = i == 0 && series.lo() != null && series.style() != Style.POINTS;
                (band ? bands : series.style() == Style.DASHED ? predictions : lines).add(traces.get(i));
            }
            if (!series.name().isBlank()) {
                legend.add(legendItem(series, look));
            }
        }
        bands.addAll(lines);
        bands.addAll(predictions);
        for (int i = 0; i < bands.size(); i++) {
            plot.setDataset(i, bands.get(i).data());
            plot.setRenderer(i, bands.get(i).renderer());
        }
        return legend;
    }

    /// How many places of the palette are in use.
    private int places() {
        int free = (int) chart.series().stream()
                .filter(series -> series.colour() < 0 && !neutral(series))
                .count();
        int chosen = chart.series().stream().mapToInt(Series::colour).max().orElse(-1) + 1;
        return Math.max(free, chosen);
    }

    private static boolean level(Series series) {
        return series.style() == Style.HLINE || series.style() == Style.VLINE;
    }

    static boolean neutral(Series series) {
        return series.colour() < 0 && (level(series) || series.style() == Style.DASHED || series.style() == Style.BAND);
    }

    private void addLevel(XYPlot plot, Series series, Trace.Look look) {
        boolean across = series.style() == Style.HLINE;
        double value = across ? series.y()[0] : series.x()[0];
        if ((across ? y : x).holds(value)) {
            var marker = new ValueMarker(value, look.colour(), look.stroke());
            marker.setAlpha(1);
            if (across) {
                plot.addRangeMarker(marker);
            } else {
                plot.addDomainMarker(marker);
            }
        }
    }

    private LegendItem legendItem(Series series, Trace.Look look) {
        boolean band = series.style() == Style.BAND;
        boolean marker = band || series.style() == Style.POINTS || Trace.marked(series);
        Color fill = band
                ? new Color(
                        look.colour().getRed(),
                        look.colour().getGreen(),
                        look.colour().getBlue(),
                        60)
                : look.colour();
        Shape shape = band ? new Rectangle2D.Double(-11, -5, 22, 10) : look.marker();
        return new LegendItem(
                series.name(),
                null,
                null,
                null,
                marker,
                shape,
                true,
                fill,
                false,
                fill,
                Theme.solid(1),
                !band && series.style() != Style.POINTS,
                new Line2D.Double(-11, 0, 11, 0),
                look.stroke(),
                look.colour());
    }
}
