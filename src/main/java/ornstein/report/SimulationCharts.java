package ornstein.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import ornstein.ensemble.Distribution.Histogram;
import ornstein.ensemble.EnsembleResult;
import ornstein.ensemble.EnsembleSpec;
import ornstein.ensemble.ExactLaw;
import ornstein.ensemble.Simulation;
import ornstein.ensemble.StationaryDensity;
import ornstein.method.Sampling;
import ornstein.model.SdeModel;
import ornstein.spec.Counted;
import ornstein.stats.chart.Chart;
import ornstein.stats.chart.Series;

/// The figures of a simulation: sample paths, means, observables, two-time distances, and densities at the end against
/// the exact or the stationary one.
final class SimulationCharts {
    /// Coordinates, and observables, that are drawn.
    static final int MOST = 4;

    private final Simulation simulation;
    private final EnsembleResult result;
    private final EnsembleSpec spec;
    private final double[] times;
    private final @Nullable ExactLaw law;
    private final List<ExactLaw.At> exact;

    SimulationCharts(Simulation simulation, EnsembleResult result) {
        this.simulation = simulation;
        this.result = result;
        spec = result.spec();
        times = simulation.times();
        law = ExactLaw.of(simulation).orElse(null);
        exact = law == null ? List.of() : spec.saved().stream().map(law::at).toList();
    }

    /// Bins of a histogram of this many paths.
    static int bins(EnsembleResult result) {
        return Math.clamp(Math.round(2 * Math.cbrt((double) result.count())), 8, 100);
    }

    List<Chart> all() {
        List<Chart> charts = new ArrayList<>();
        int drawn = Math.min(MOST, simulation.model().dimension());
        for (int c = 0; c < drawn; c++) charts.add(paths(c));
        if (result.count() == 0) return charts;
        for (int c = 0; c < drawn; c++) charts.add(mean(c));
        for (int k = 0; k < Math.min(MOST, spec.names().size()); k++) charts.add(observable(k));
        if (!spec.lags().isEmpty()) charts.add(distances());
        for (int c = 0; c < drawn && c < spec.sketched(); c++) {
            if (result.count() > 1 && result.deviation(spec.saved().size() - 1, c) > 0) charts.add(density(c));
        }
        return charts;
    }

    private String name(int coordinate) {
        return simulation.model().state().get(coordinate).name();
    }

    private double[] overTime(IntToDoubleFunction value) {
        return IntStream.range(0, times.length).mapToDouble(value).toArray();
    }

    private Chart paths(int c) {
        Chart chart = Chart.of("paths-" + (c + 1), "Sample paths of " + name(c), simulation.timeLabel(), name(c));
        for (int p = 0; p < result.samples(); p++) {
            int path = p;
            chart = chart.with(Series.line("", times, overTime(t -> result.sample(path, t, c))));
        }
        return chart.withTiming(simulation.timing())
                .withCaption((result.samples() == 1 ? "The path" : "The first " + result.samples() + " paths")
                        + " at the saved times. " + made());
    }

    private String made() {
        Sampling sampling = simulation.settings().sampling();
        return simulation.model().name() + " by " + simulation.method().name()
                + (sampling == Sampling.IID
                        ? ""
                        : " with sampling " + sampling.name().toLowerCase(Locale.ROOT))
                + ", step size "
                + Numbers.text(simulation.stepSize()) + ", seed " + spec.seed() + ".";
    }

    private Chart mean(int c) {
        double[] mean = overTime(t -> result.mean(t, c));
        Series measured = Series.line("mean", times, mean);
        double worst =
                Arrays.stream(overTime(t -> result.standardError(t, c))).max().orElse(Double.NaN);
        String caption = "Mean of " + name(c) + " over " + Counted.of(result.count(), "path");
        if (result.count() > 1) {
            measured = measured.interval(
                    overTime(t -> result.mean(t, c) - result.deviation(t, c)),
                    overTime(t -> result.mean(t, c) + result.deviation(t, c)));
            caption += "; the band is one standard deviation of a path to either side";
            if (Double.isFinite(worst)) caption += ", the standard error of the mean at most " + Numbers.text(worst);
        }
        Chart chart = Chart.of("mean-" + (c + 1), "Mean of " + name(c), simulation.timeLabel(), name(c))
                .with(measured);
        if (law != null) {
            chart = chart.with(exactly(c));
            caption += "; dashed: the same of the equation, exactly";
        }
        return chart.withTiming(simulation.timing()).withCaption(caption + ". " + made());
    }

    /// Three lines with gaps between: the mean, and one standard deviation to either side.
    private Series exactly(int c) {
        int n = times.length + 1;
        double[] x = new double[3 * n];
        double[] y = new double[3 * n];
        for (int line = 0; line < 3; line++) {
            for (int t = 0; t < times.length; t++) {
                x[line * n + t] = times[t];
                y[line * n + t] =
                        exact.get(t).mean()[c] + (line - 1) * exact.get(t).deviation(c);
            }
            x[line * n + n - 1] = times[times.length - 1];
            y[line * n + n - 1] = Double.NaN;
        }
        return Series.dashed("exact mean and standard deviation", x, y);
    }

    private Chart observable(int k) {
        String name = spec.names().get(k);
        Series measured = Series.line("mean", times, overTime(t -> result.observable(t, k)));
        if (result.count() > 1) {
            measured = measured.interval(
                    overTime(t -> result.observable(t, k) - 1.96 * result.observableError(t, k)),
                    overTime(t -> result.observable(t, k) + 1.96 * result.observableError(t, k)));
        }
        return Chart.of("observable-" + (k + 1), "Mean of the observable " + name, simulation.timeLabel(), name)
                .with(measured)
                .withTiming(simulation.timing())
                .withCaption(name + " = "
                        + ornstein.expr.Text.of(spec.observables().sequencedValues().stream()
                                .skip(k)
                                .findFirst()
                                .orElseThrow())
                        + ", mean over " + Counted.of(result.count(), "path")
                        + "; the band is 1.96 standard errors to either side. "
                        + made());
    }

    private Chart distances() {
        int n = spec.lags().size();
        Integer[] order = IntStream.range(0, n).boxed().toArray(Integer[]::new);
        Arrays.sort(
                order, (a, b) -> Long.compare(spec.lags().get(a), spec.lags().get(b)));
        double[] lags = new double[n];
        double[] value = new double[n];
        double[] lo = new double[n];
        double[] hi = new double[n];
        for (int i = 0; i < n; i++) {
            int l = order[i];
            lags[i] = simulation.time(spec.lags().get(l));
            value[i] = result.distance(l);
            lo[i] = value[i] - 1.96 * result.distanceError(l);
            hi[i] = value[i] + 1.96 * result.distanceError(l);
        }
        Series measured = Series.points("mean over paths", lags, value);
        Chart chart = Chart.of(
                        "distances",
                        "Two-time distance",
                        "lag L, in " + simulation.timeLabel(),
                        "E|X(T) \u2212 X(T + L)|\u00b2")
                .with(result.count() > 1 ? measured.interval(lo, hi) : measured);
        if (law != null) chart = chart.with(exactDistances(law, spec.steps() - spec.origin()));
        return chart.withTiming(simulation.timing())
                .withCaption("Mean square distance between two times of one path, from T = "
                        + Numbers.text(simulation.time(spec.origin())) + "; whiskers are 1.96 standard errors. "
                        + made());
    }

    private Series exactDistances(ExactLaw of, long most) {
        long[] lags = LongStream.rangeClosed(0, 100)
                .map(i -> i * most / 100)
                .distinct()
                .toArray();
        return Series.dashed(
                "exact",
                Arrays.stream(lags).mapToDouble(simulation::time).toArray(),
                Arrays.stream(lags)
                        .mapToDouble(l -> of.distance(spec.origin(), l))
                        .toArray());
    }

    private Chart density(int c) {
        int bins = bins(result);
        Histogram h = result.distribution(c).histogram(bins);
        double[] height = Arrays.copyOf(h.density(), bins + 1);
        height[bins] = 0;
        double at = simulation.time(spec.steps());
        Chart chart = Chart.of(
                        "density-" + (c + 1),
                        String.format(
                                Locale.ROOT,
                                "Density of %s at %s = %s",
                                name(c),
                                simulation.timeLabel(),
                                Numbers.text(at)),
                        name(c),
                        "density")
                .with(Series.step("paths", h.edges(), height));
        String caption = "Histogram of " + Counted.of(result.count(), "path") + " at the end";
        double[] grid = grid(h.edges()[0], h.edges()[bins]);
        if (law != null && law.isNormal() && last().deviation(c) > 0) {
            chart = chart.with(Series.dashed("exact", grid, normal(grid, last().mean()[c], last().deviation(c))));
            caption += "; dashed: the exact normal law of the equation at that time";
        } else {
            Optional<StationaryDensity> stationary = simulation.model() instanceof SdeModel sde
                    ? StationaryDensity.of(sde, h.edges()[0], h.edges()[bins])
                    : Optional.empty();
            if (stationary.isPresent()) {
                String name = stationary.get().isGibbs() ? "Gibbs" : "stationary";
                double[] p = Arrays.stream(grid).map(stationary.get()::at).toArray();
                chart = chart.with(Series.dashed(name, grid, p));
                caption += "; dashed: the " + name + " density of the equation, its limit for long times";
            }
        }
        return chart.withCaption(caption + ". " + made());
    }

    private ExactLaw.At last() {
        return exact.getLast();
    }

    private static double[] grid(double from, double to) {
        return IntStream.rangeClosed(0, 400)
                .mapToDouble(i -> from + (to - from) * i / 400)
                .toArray();
    }

    private static double[] normal(double[] x, double mean, double sd) {
        return Arrays.stream(x)
                .map(v -> Math.exp(-(v - mean) * (v - mean) / (2 * sd * sd)) / (sd * Math.sqrt(2 * Math.PI)))
                .toArray();
    }
}
