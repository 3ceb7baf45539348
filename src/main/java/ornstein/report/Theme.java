package ornstein.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import ornstein.spec.UserError;

/// Colours, strokes, markers and the font of all figures.
final class Theme {
    static final Color INK = new Color(0x22, 0x22, 0x22);
    static final Color NEUTRAL = new Color(0x4d, 0x4d, 0x4d);
    static final Color GRID = new Color(0xe4, 0xe4, 0xe4);

    /// Okabe and Ito's colours, which the colour-blind tell apart, without the yellow that white paper swallows.
    private static final List<Color> CATEGORIES = List.of(
            new Color(0x00, 0x72, 0xb2),
            new Color(0xd5, 0x5e, 0x00),
            new Color(0x00, 0x9e, 0x73),
            new Color(0xcc, 0x79, 0xa7),
            new Color(0xe6, 0x9f, 0x00),
            new Color(0x56, 0xb4, 0xe9),
            new Color(0x99, 0x4f, 0x00));

    /// Viridis at equal distances from dark violet to green; its yellow end, too light on paper, is left out.
    private static final int[] SEQUENCE = {0x440154, 0x46327e, 0x365c8d, 0x277f8e, 0x1fa187, 0x4ac16d};

    private static final float[][] DASHES = {{6, 4}, {1.5f, 3.5f}, {9, 3, 1.5f, 3}};

    private static final @Nullable Font FONT = load();

    private Theme() {}

    /// The colour at a place of the palette: of `count` in order when `ordered`, else by category.
    static Color colour(int place, int count, boolean ordered) {
        if (!ordered) {
            return CATEGORIES.get(place % CATEGORIES.size());
        }
        double at = count < 2 ? 0 : Math.min(1, place / (count - 1.0)) * (SEQUENCE.length - 1);
        int left = Math.min((int) at, SEQUENCE.length - 2);
        return mix(new Color(SEQUENCE[left]), new Color(SEQUENCE[left + 1]), at - left);
    }

    private static Color mix(Color a, Color b, double part) {
        return new Color(
                (int) Math.round(a.getRed() + part * (b.getRed() - a.getRed())),
                (int) Math.round(a.getGreen() + part * (b.getGreen() - a.getGreen())),
                (int) Math.round(a.getBlue() + part * (b.getBlue() - a.getBlue())));
    }

    /// A solid line, thinner where it has many points; dotted the second time the categories go round, so that more
    /// than seven can be told apart.
    static BasicStroke line(int place, boolean ordered, int points) {
        return ordered || place < CATEGORIES.size() ? solid(points > 1000 ? 1.2f : 1.8f) : dashed(1);
    }

    static BasicStroke solid(float width) {
        return new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    }

    /// Dashes of the n-th kind.
    static BasicStroke dashed(int kind) {
        return new BasicStroke(1.6f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, DASHES[kind % DASHES.length], 0);
    }

    /// The marker that goes with a place of the palette, about 6 points wide.
    static Shape marker(int place) {
        return switch (place % 5) {
            case 0 -> new Ellipse2D.Double(-3, -3, 6, 6);
            case 1 -> new Rectangle2D.Double(-2.7, -2.7, 5.4, 5.4);
            case 2 -> triangle();
            case 3 ->
                AffineTransform.getRotateInstance(Math.PI / 4)
                        .createTransformedShape(new Rectangle2D.Double(-2.7, -2.7, 5.4, 5.4));
            default -> AffineTransform.getRotateInstance(Math.PI).createTransformedShape(triangle());
        };
    }

    private static Shape triangle() {
        var path = new Path2D.Double();
        path.moveTo(0, -3.4);
        path.lineTo(3.4, 2.8);
        path.lineTo(-3.4, 2.8);
        path.closePath();
        return path;
    }

    /// Why this machine cannot draw text, with the remedy; null where it can.
    static @Nullable String problem() {
        return FONT != null
                ? null
                : "no figures: Java found no libfontconfig to draw text with; install fontconfig"
                        + " (Debian, Ubuntu: apt install fontconfig), then: ornstein report RUN";
    }

    static Font font(double size) {
        if (FONT == null) {
            throw new UserError(String.valueOf(problem()));
        }
        return FONT.deriveFont((float) size);
    }

    /// The font's file, for embedding.
    static byte[] fontFile() {
        try (InputStream in = Theme.class.getResourceAsStream("Roboto-Regular.ttf")) {
            if (in == null) {
                throw new IllegalStateException("Roboto-Regular.ttf is not on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable Font load() {
        try {
            return Font.createFont(Font.TRUETYPE_FONT, new ByteArrayInputStream(fontFile()));
        } catch (IOException | FontFormatException e) {
            return null; // a Java without libfontconfig reads no font
        }
    }
}
