package ornstein.claim.ou;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import ornstein.claim.Written;
import ornstein.stats.Estimate;
import ornstein.stats.OuBand;
import ornstein.stats.chart.Chart;
import ornstein.stats.chart.Clock;
import ornstein.stats.chart.Series;
import ornstein.stats.chart.Timing;

/// The figures of the experiment on distances between weights. Times on the axes are `lambda_e D`.
final class OuCharts {
    private final OuSettings settings;
    private final List<ForkResult> forks;
    private final Saturation saturation;
    private final AcrossResult across;
    private final double[] lags;

    OuCharts(OuSettings settings, List<ForkResult> forks, Saturation saturation, AcrossResult across) {
        this.settings = settings;
        this.forks = forks;
        this.saturation = saturation;
        this.across = across;
        lags = settings.lagSteps().stream()
                .mapToDouble(steps -> steps * settings.lambdaE())
                .toArray();
    }

    List<Chart> all() {
        return List.of(distances(), ratios(), modes());
    }

    private Chart distances() {
        double[] lower = new double[lags.length];
        double[] upper = new double[lags.length];
        long age = settings.startSteps().getFirst();
        for (int d = 0; d < lags.length; d++) {
            long steps = settings.lagSteps().get(d);
            for (ForkResult fork : forks) {
                OuBand band = fork.band(settings.eta(), settings.weightDecay());
                lower[d] += band.lower(age, steps) / forks.size();
                upper[d] += band.upper(age, steps) / forks.size();
            }
        }
        Chart chart = Chart.of(
                        "distances", "Squared distance between weights", "\u03bb\u2091 D", "E|W \u2212 W\u2032|\u00b2")
                .withLogX()
                .withLogY()
                .with(Series.band("OU band", lags, lower, upper));
        for (int t = 0; t < settings.starts().size(); t++) {
            int start = t;
            chart = chart.with(measured(
                    "E2(T, D), \u03bb\u2091T = " + Written.of(settings.starts().get(t)),
                    d -> saturation.mean(one -> one.displacement().get(start).get(d))));
        }
        chart = chart.with(measured(
                "siblings, D after the fork",
                d -> saturation.mean(one -> one.siblings().getFirst().get(d))));
        double apart = across.distances().get(1).stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
        return chart.with(Series.level("across initialisations", apart))
                .withTiming(timing())
                .withCaption(String.format(
                        Locale.ROOT,
                        "Mean squared displacement of SGD's weights between T and T+D, and distance of siblings D after their"
                                + " fork; %d checkpoints, 90 %% jackknife intervals. The band is what stationary"
                                + " Ornstein-Uhlenbeck processes with the measured top %d Hessian modes and gradient noise"
                                + " allow.",
                        forks.size(),
                        settings.modes()));
    }

    private Chart ratios() {
        int from = saturation.earlyLag();
        double[] times = Arrays.copyOfRange(lags, from, lags.length);
        double[] largest = Arrays.stream(times)
                .map(d -> d > times[0] ? OuBand.largestRatio(times[0], d) : 1)
                .toArray();
        Chart chart = Chart.of(
                        "saturation",
                        "Does the displacement saturate?",
                        "\u03bb\u2091 D",
                        "E2(D)/E2(" + Written.of(times[0]) + "/\u03bb\u2091)")
                .with(Series.dashed("largest of any OU", times, largest));
        for (int t = 0; t < settings.starts().size(); t++) {
            int start = t;
            chart = chart.with(points(
                    "\u03bb\u2091T = " + Written.of(settings.starts().get(t)),
                    times,
                    d -> saturation.growth(start, from, from + d)));
        }
        return chart.withTiming(timing())
                .withCaption(
                        "Growth of the displacement beyond a lag at which every mode of an Ornstein-Uhlenbeck"
                                + " process with weight decay is nearly relaxed. Above the dashed line no such process can lie.");
    }

    private Chart modes() {
        long age = settings.startSteps().getFirst();
        Chart chart = Chart.of(
                        "modes",
                        "Displacement along the Hessian's top modes",
                        "\u03bb\u2091 D",
                        "measured / OU prediction")
                .withLogX()
                .withLogY()
                .withOrdered()
                .with(Series.level("OU", 1));
        for (int i = 0; i < settings.modes(); i++) {
            double[] ratio = new double[lags.length];
            for (int d = 0; d < lags.length; d++) {
                double above = 0;
                double below = 0;
                for (ForkResult fork : forks) {
                    OuBand band = fork.band(settings.eta(), settings.weightDecay());
                    OuBand.Mode mode = fork.modes().get(i);
                    if (band.relaxed(mode, age)) {
                        above += fork.distances().modes().getFirst().get(d).get(i);
                        below += band.displacement(mode, settings.lagSteps().get(d));
                    }
                }
                ratio[d] = below > 0 ? above / below : Double.NaN;
            }
            chart = chart.with(Series.line("mode " + (i + 1), lags, ratio));
        }
        return chart.withTiming(timing())
                .withCaption("Squared displacement along eigenvectors of the Hessian at the checkpoint, over"
                        + " 2 C (1 \u2212 a^D) of a stationary Ornstein-Uhlenbeck process with the curvature and gradient noise measured"
                        + " there; modes that had time to relax.");
    }

    private Timing timing() {
        return new Timing(Clock.INTRINSIC, settings.eta(), settings.weightDecay());
    }

    private Series measured(String name, IntFunction<Estimate> at) {
        return points(name, lags, at);
    }

    static Series points(String name, double[] x, IntFunction<Estimate> at) {
        List<Estimate> estimates = new ArrayList<>();
        for (int i = 0; i < x.length; i++) {
            estimates.add(at.apply(i));
        }
        return Series.estimates(name, x, estimates);
    }
}
