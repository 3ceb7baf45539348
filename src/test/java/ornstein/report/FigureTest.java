package ornstein.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import ornstein.stats.chart.Chart;
import ornstein.stats.chart.Series;

class FigureTest {
    private static final double NAN = Double.NaN;

    private static Chart chart() {
        return Chart.of("c", "Title", "x", "y");
    }

    private static Document svg(Chart chart) {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            return factory.newDocumentBuilder().parse(new ByteArrayInputStream(FigureFormat.SVG.draw(chart)));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static String text(Document svg) {
        return svg.getDocumentElement().getTextContent();
    }

    /// Pixels of the PNG that are nearly the given colour.
    private static long pixels(Chart chart, int rgb) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(FigureFormat.PNG.draw(chart)));
        long count = 0;
        for (int x = 0; x < image.getWidth(); x++) {
            for (int y = 0; y < image.getHeight(); y++) {
                count += (image.getRGB(x, y) & 0xffffff) == rgb ? 1 : 0;
            }
        }
        return count;
    }

    @Test
    void everyFormatGivesTheSameBytesTwice() {
        for (Chart chart : Gallery.charts()) {
            for (FigureFormat format : FigureFormat.values()) {
                assertArrayEquals(format.draw(chart), format.draw(chart), chart.id() + " as " + format);
            }
        }
    }

    @Test
    void drawsEmptyConstantAndSinglePointCharts() throws IOException {
        double[] none = {};
        assertTrue(text(svg(chart())).contains("no data"));
        assertTrue(text(svg(chart().withLogX().withLogY())).contains("no data"));
        for (Chart base : List.of(chart(), chart().withLogX().withLogY())) {
            svg(base.with(Series.line("empty", none, none)));
            Chart single = base.with(Series.line("one", new double[] {3}, new double[] {7}));
            assertTrue(pixels(single, 0x0072b2) > 50, "a lone point is drawn");
            Chart band = base.with(Series.band("one", new double[] {3}, new double[] {6}, new double[] {8}));
            assertTrue(pixels(band, 0xdbdbdb) > 50, "a lone interval is drawn");
            Chart constant = base.with(Series.line("flat", new double[] {1, 2, 3}, new double[] {7, 7, 7}));
            assertTrue(pixels(constant, 0x0072b2) > 500);
            svg(base.with(Series.line("gone", new double[] {1, 2}, new double[] {NAN, NAN})));
        }
        svg(chart().with(Series.line("zero", new double[] {0, 0}, new double[] {0, 0})));
        svg(chart().with(Series.line("huge", new double[] {-1e308, 1e308}, new double[] {1e-310, 1e308}))
                .withLogY());
        svg(chart().with(Series.line("narrow", new double[] {1, 1 + 1e-15}, new double[] {5e9, 5e9 + 1})));
    }

    @Test
    void breaksLinesAtGaps() throws IOException {
        double[] x = {0, 1, 2, 3, 4, 5};
        double[] whole = {0, 1, 2, 3, 4, 5};
        double[] gap = {0, 1, NAN, NAN, 4, 5};
        long full = pixels(chart().with(Series.dashed("", x, whole).colour(1)), 0xd55e00);
        long broken = pixels(chart().with(Series.dashed("", x, gap).colour(1)), 0xd55e00);
        assertEquals(0.4, (double) broken / full, 0.05, "two of five segments");
    }

    @Test
    void saysHowManyPointsALogarithmicAxisLeavesOut() {
        Chart chart = chart().withLogX()
                .withLogY()
                .with(Series.points("p", new double[] {0, 1, 2, 3}, new double[] {1, 0, -2, 4}));
        assertTrue(text(svg(chart))
                .contains("1 point with x \u2264 0 and 2 points with y \u2264 0 not shown on a logarithmic axis"));
        assertFalse(text(svg(chart().with(chart.series().getFirst()))).contains("not shown"));
    }

    @Test
    void hostileNamesStayText() {
        String hostile = "</text></svg><script>alert(1)</script>&amp;\"'\u0000\u001b[31m";
        Chart chart = Chart.of("c", hostile, hostile, hostile)
                .with(Series.line(hostile, new double[] {1, 2}, new double[] {1, 2}))
                .with(Series.points(hostile, new double[] {1, 2}, new double[] {1, 2}));
        Document svg = svg(chart);
        assertEquals(0, svg.getElementsByTagName("script").getLength());
        assertTrue(text(svg).contains("</svg><script>alert(1)</script>&amp;"));
        String source = new String(FigureFormat.SVG.draw(chart), StandardCharsets.UTF_8);
        assertFalse(source.contains("<script"));
    }

    @Test
    void everyIdOfASvgBelongsToItsChart() {
        String source = new String(FigureFormat.SVG.draw(Gallery.norms()), StandardCharsets.UTF_8);
        var ids = java.util.regex.Pattern.compile(" id=\"([^\"]*)\"").matcher(source);
        int count = 0;
        while (ids.find()) {
            assertTrue(
                    ids.group(1).startsWith("norm-equilibrium-") || ids.group(1).equals("genericDefs"), ids.group(1));
            count++;
        }
        assertTrue(count > 0);
    }

    @Test
    void manyPointsStaySmall() {
        assertTrue(FigureFormat.SVG.draw(Gallery.norms()).length < 250_000, "600 000 points, thinned to the pixels");
    }
}
