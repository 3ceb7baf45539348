package ornstein.claim.norm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import ornstein.stats.Estimate;
import ornstein.stats.NormEquilibrium;
import ornstein.stats.chart.Chart;
import ornstein.stats.chart.Clock;
import ornstein.stats.chart.Series;
import ornstein.stats.chart.Timing;

/// The figures of the experiments on norms.
final class NormCharts {
    private NormCharts() {}

    /// `|w|^4` along training, measured and predicted, summed over the groups and averaged over replicas.
    static Chart trace(NormTrace trace, NormSettings settings) {
        double lambdaE = settings.lambdaE();
        double[] times =
                trace.steps().stream().mapToDouble(step -> step * lambdaE).toArray();
        double[] measured = trace.meanFourthPower();
        double[] last = trace.equilibrium(settings.theory(false));
        return Chart.of("norm-trace", "Norm of scale-invariant weights", Clock.INTRINSIC.label(), "\u03a3|w|\u2074")
                .withLogY()
                .with(Series.line("measured", times, measured))
                .with(Series.dashed(
                        "predicted from Tr \u03a3 and |grad L|\u00b2",
                        times,
                        times(trace.predictedOverMeasured(settings.eta(), settings.weightDecay(), true), measured)))
                .with(Series.dashed(
                        "SDE: Tr \u03a3 alone",
                        times,
                        times(trace.predictedOverMeasured(settings.eta(), settings.weightDecay(), false), measured)))
                .with(Series.points("equilibrium at the noise of that time", times, last))
                .withTiming(timing(settings))
                .withCaption(
                        "Sum over the scale-invariant groups of |w|\u2074, mean over replicas. Predicted from the start and"
                                + " from the gradient noise on the unit sphere, estimated along the way from batches that training"
                                + " did not use.");
    }

    private static Timing timing(NormSettings settings) {
        return new Timing(Clock.INTRINSIC, settings.eta(), settings.weightDecay());
    }

    private static double[] times(NormTrace.Ratios ratios, double[] measured) {
        double[] product = new double[measured.length];
        Arrays.setAll(product, i -> ratios.at(i).value() * measured[i]);
        return product;
    }

    /// Predicted over measured `|w|^4`, with intervals.
    static Chart error(NormTrace trace, NormSettings settings) {
        double[] times = trace.steps().stream()
                .mapToDouble(step -> step * settings.lambdaE())
                .toArray();
        Chart chart = Chart.of(
                        "norm-error",
                        "Predicted over measured |w|\u2074",
                        Clock.INTRINSIC.label(),
                        "predicted / measured")
                .with(Series.level("equal", 1));
        for (boolean drift : List.of(true, false)) {
            List<Estimate> ratios = trace.predictedOverMeasured(settings.eta(), settings.weightDecay(), drift)
                    .all();
            chart = chart.with(
                    Series.estimates(drift ? "SGD: Tr \u03a3 + |grad L|\u00b2" : "SDE: Tr \u03a3", times, ratios));
        }
        return chart.withTiming(timing(settings))
                .withCaption(
                        "Sum over groups of |w|\u2074, predicted over measured; 90 % jackknife intervals over replicas.");
    }

    /// Every live group's ratios of a window, sorted.
    static Chart groups(String id, String title, NormWindow window, NormEquilibrium theory, double tolerance) {
        return Chart.of(id, title, "share of groups", "measured / predicted")
                .with(band(tolerance))
                .with(Series.level("predicted", 1))
                .with(sorted("rms |w|/|g|", window, row -> Math.sqrt(row.norm2() / row.gradient2()) / theory.ratio()))
                .with(sorted(
                        "rms rotation", window, row -> Math.sqrt(row.rotation2() / window.steps()) / theory.rotation()))
                .with(sorted(
                        "rms \u03b7|g|/|w|",
                        window,
                        row -> Math.sqrt(row.lars2() / window.steps()) / theory.larsRate()))
                .withCaption(
                        "Every scale-invariant group of every replica that had a gradient, sorted by its value; window of "
                                + window.steps() + " steps.");
    }

    private static Series band(double tolerance) {
        return Series.band("tolerance", new double[] {0, 1}, new double[] {1 - tolerance, 1 - tolerance}, new double[] {
            1 + tolerance, 1 + tolerance
        });
    }

    private static Series sorted(String name, NormWindow window, ToDoubleFunction<NormRow> quantity) {
        List<Double> values = new ArrayList<>();
        for (List<NormRow> rows : window.replicas()) {
            rows.stream().filter(row -> !row.dead()).forEach(row -> values.add(quantity.applyAsDouble(row)));
        }
        double[] y = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        double[] x = new double[y.length];
        Arrays.setAll(x, i -> (i + 0.5) / x.length);
        return Series.line(name, x, y);
    }
}
