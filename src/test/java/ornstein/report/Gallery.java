package ornstein.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import ornstein.stats.chart.Chart;
import ornstein.stats.chart.Series;

/// The kinds of charts that pages show, with made-up data; `main` draws them into a folder, to be looked at.
final class Gallery {
    private Gallery() {}

    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        for (Chart chart : charts()) {
            for (FigureFormat format : FigureFormat.values()) {
                Files.write(folder.resolve(format.fileOf(chart)), format.draw(chart));
            }
        }
    }

    static List<Chart> charts() {
        return List.of(distance(), mixingTime(), curves(), norms(), density(), hard());
    }

    private static double[] grid(double lo, double hi, int n) {
        var x = new double[n];
        Arrays.setAll(x, i -> lo + (hi - lo) * i / (n - 1));
        return x;
    }

    private static double[] geometric(double lo, double hi, int n) {
        var x = new double[n];
        Arrays.setAll(x, i -> lo * Math.pow(hi / lo, i / (n - 1.0)));
        return x;
    }

    private static double[] map(double[] x, java.util.function.DoubleUnaryOperator f) {
        return Arrays.stream(x).map(f).toArray();
    }

    static Chart distance() {
        Chart chart = Chart.of(
                        "distance",
                        "Distance from equilibrium in function space",
                        "intrinsic time \u03bb\u2091t = \u03b7\u03bbk",
                        "distance \u221aQ between initialisations")
                .withLogX()
                .withLogY()
                .withOrdered();
        var random = new Random(1);
        for (double rate : new double[] {0.032, 0.016, 0.008, 0.004, 0.002}) {
            double[] x = geometric(0.03, 6, 17);
            double[] y = map(x, t -> 0.9 * Math.exp(-1.3 * t) + 0.01 + 0.004 * random.nextGaussian());
            chart = chart.with(Series.line("\u03bb\u2091 = " + rate, x, y)
                    .interval(map(y, v -> v - 0.008), map(y, v -> v + 0.008)));
        }
        return chart.with(Series.level("floor of n = 300", 0.012)).withCaption("Three initialisations.");
    }

    static Chart mixingTime() {
        double[] x = {0.002, 0.004, 0.008, 0.016, 0.032};
        double[] y = map(x, r -> 1.6 * Math.pow(r, -0.98));
        double[] line = {0.002, 0.032};
        return Chart.of("mixing-time", "Mixing time", "\u03bb\u2091 = \u03b7\u03bb", "T_mix(\u03b4 = 0.2), steps")
                .withLogX()
                .withLogY()
                .with(Series.points("measured, 90 % interval", x, y)
                        .interval(map(y, v -> v * 0.9), map(y, v -> v * 1.12)))
                .with(Series.dashed("fit, slope \u22120.98 \u00b1 0.02", line, map(line, r -> 1.6 * Math.pow(r, -0.98)))
                        .colour(0))
                .with(Series.dashed("slope \u22121", line, map(line, r -> 1.4 / r)))
                .withCaption("T_mix against the product.");
    }

    static Chart curves() {
        double[] x = geometric(0.05, 10, 9);
        double[] y = map(x, t -> 1 - Math.exp(-2 * t));
        double[] fine = geometric(0.05, 10, 200);
        return Chart.of(
                        "ou-distance",
                        "Distance in weight space",
                        "\u03bb\u2091D",
                        "E|W\u209c \u2212 W\u209c\u208a\u2080|\u00b2 / |w|\u00b2")
                .withLogX()
                .with(Series.band(
                        "OU, between the modes and the trace",
                        fine,
                        map(fine, t -> 0.8 - 0.8 * Math.exp(-2.2 * t)),
                        map(fine, t -> 1.15 - 1.15 * Math.exp(-1.8 * t))))
                .with(Series.points("T = T\u2080", x, y).interval(map(y, v -> v - 0.04), map(y, v -> v + 0.04)))
                .with(Series.points("T = 2T\u2080", x, map(y, v -> v * 0.98)))
                .with(Series.points("T = 4T\u2080", x, map(y, v -> v * 1.02)))
                .with(Series.level("siblings", 1.01));
    }

    static Chart norms() {
        double[] x = grid(0, 10, 200_000);
        var random = new Random(2);
        Chart chart = Chart.of("norm-equilibrium", "Norms", "\u03bb\u2091t", "|w|\u2074 of the first layer");
        int k = 0;
        for (double start : new double[] {0.5, 1, 3}) {
            double w = Math.pow(start, 4);
            chart = chart.with(Series.line(
                                    "start at " + start + " of the equilibrium",
                                    x,
                                    map(x, t -> 1 + (w - 1) * Math.exp(-4 * t) + 0.05 * random.nextGaussian()))
                            .colour(k))
                    .with(Series.dashed("", x, map(x, t -> 1 + (w - 1) * Math.exp(-4 * t)))
                            .colour(k++));
        }
        return chart.with(Series.level("predicted equilibrium", 1)).withLogY();
    }

    static Chart density() {
        double[] x = grid(-2, 2, 61);
        double[] fine = grid(-2, 2, 400);
        var random = new Random(3);
        return Chart.of("density", "Density at the end", "x", "density")
                .with(Series.step(
                        "1 000 000 paths",
                        x,
                        map(x, v -> 0.8 * Math.exp(-4 * Math.pow(v * v - 1, 2)) + 0.01 * random.nextDouble())))
                .with(Series.dashed("Gibbs density", fine, map(fine, v -> 0.8 * Math.exp(-4 * Math.pow(v * v - 1, 2)))))
                .with(Series.moment("start", 1));
    }

    static Chart hard() {
        double nan = Double.NaN;
        double[] x = {0, 1, 2, 3, 4, 5, 6, 7};
        Chart chart = Chart.of("hard", "<b>Gaps</b> & zeros", "x <i>", "y & z")
                .withLogY()
                .with(Series.line("gaps", x, new double[] {1, 2, nan, 4, nan, 0, 3, 1e5})
                        .interval(
                                new double[] {0.5, 1, nan, 0, nan, 0, nan, 1e4},
                                new double[] {2, 4, nan, 10, nan, 1, nan, 1e6}))
                .with(Series.points("</svg><script>alert(1)</script>", new double[] {2}, new double[] {30}));
        for (int i = 0; i < 9; i++) {
            double height = Math.pow(3, i);
            chart = chart.with(Series.line("series " + i, x, map(x, v -> height * (1 + v))));
        }
        return chart;
    }
}
