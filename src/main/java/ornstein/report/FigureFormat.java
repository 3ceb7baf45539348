package ornstein.report;

import com.pngencoder.PngEncoder;
import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2D;
import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2DFontTextDrawer;
import java.awt.Dimension;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.batik.dom.GenericDOMImplementation;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGIDGenerator;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import ornstein.stats.chart.Chart;

/// The files a chart is drawn to.
public enum FigureFormat {
    /// Two pixels a point.
    PNG {
        @Override
        public byte[] draw(Chart chart) {
            var figure = new Figure(chart);
            var image = new BufferedImage(2 * Figure.WIDTH, 2 * figure.height(), BufferedImage.TYPE_INT_RGB);
            var g = image.createGraphics();
            g.scale(2, 2);
            figure.draw(g);
            g.dispose();
            return new PngEncoder()
                    .withBufferedImage(image)
                    .withCompressionLevel(6)
                    .withMultiThreadedCompressionEnabled(false)
                    .toBytes();
        }
    },
    /// With its texts as text in Roboto, or what the viewer has instead.
    SVG {
        @Override
        public byte[] draw(Chart chart) {
            return svg(chart).getBytes(StandardCharsets.UTF_8);
        }
    },
    /// With the font embedded.
    PDF {
        @Override
        public byte[] draw(Chart chart) {
            try (var document = new PDDocument()) {
                return pdf(chart, document);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    };

    private static final String SVG_FONTS = "font-family:Roboto,Helvetica,Arial,sans-serif";
    private static final String SVG_NAMESPACE = "http://www.w3.org/2000/svg";

    /// The bytes of the file.
    public abstract byte[] draw(Chart chart);

    /// The name of a chart's file.
    public String fileOf(Chart chart) {
        return chart.id() + "." + name().toLowerCase(Locale.ROOT);
    }

    private static String svg(Chart chart) {
        var figure = new Figure(chart);
        var document = GenericDOMImplementation.getDOMImplementation().createDocument(SVG_NAMESPACE, "svg", null);
        var context = SVGGeneratorContext.createDefault(document);
        context.setComment(null);
        context.setPrecision(2);
        var defaults = new SVGGeneratorContext.GraphicContextDefaults();
        defaults.setFont(Theme.font(12));
        context.setGraphicContextDefaults(defaults);
        context.setIDGenerator(new SVGIDGenerator() {
            @Override
            public String generateID(String prefix) {
                return chart.id() + "-" + super.generateID(prefix); // unique among the figures of a page
            }
        });
        var g = new SVGGraphics2D(context, false);
        g.setSVGCanvasSize(new Dimension(Figure.WIDTH, figure.height()));
        figure.draw(g);
        var root = g.getRoot();
        root.setAttributeNS(null, "viewBox", "0 0 " + Figure.WIDTH + " " + figure.height());
        root.setAttributeNS(null, "role", "img");
        root.setAttributeNS(null, "aria-label", figure.title());
        var out = new StringWriter();
        try {
            g.stream(root, out, true, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString().replace("font-family:'Dialog'", SVG_FONTS).replace("font-family:'Roboto'", SVG_FONTS);
    }

    private static byte[] pdf(Chart chart, PDDocument document) throws IOException {
        var figure = new Figure(chart);
        var page = new PDPage(new PDRectangle(Figure.WIDTH, figure.height()));
        document.addPage(page);
        document.setDocumentId(1L); // else drawn from the clock
        var g = new PdfBoxGraphics2D(document, Figure.WIDTH, figure.height());
        try (var fonts = new PdfBoxGraphics2DFontTextDrawer()) {
            var file = new RandomAccessReadBuffer(Theme.fontFile());
            fonts.registerFont("Roboto", PDType0Font.load(document, file, true, false));
            g.setFontTextDrawer(fonts);
            figure.draw(g);
            g.dispose();
            try (var content = new PDPageContentStream(document, page)) {
                content.drawForm(g.getXFormObject());
            }
            var out = new ByteArrayOutputStream();
            document.save(out);
            return out.toByteArray();
        }
    }
}
