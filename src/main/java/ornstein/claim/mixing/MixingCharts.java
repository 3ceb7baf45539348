package ornstein.claim.mixing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import ornstein.stats.Estimate;
import ornstein.stats.Jackknife;
import ornstein.stats.LabelCounts;
import ornstein.stats.LabelDistance;
import ornstein.stats.MixingCurve;
import ornstein.stats.MixingExponent;
import ornstein.stats.chart.Chart;
import ornstein.stats.chart.Clock;
import ornstein.stats.chart.Series;
import ornstein.stats.chart.Timing;

/// The figures of mixing. Step 0 is left out: its time has no logarithm.
final class MixingCharts {
    static final String TIME = "intrinsic time \u03bb\u2091t";
    private static final String CLOCK = "measured clock s";
    static final String DISTANCE = "distance R of the output laws";

    private MixingCharts() {}

    /// Distances against both clocks, R with intervals and l1 with its floor.
    static List<Chart> distances(List<Runs> runs, List<MixingCurve> curves, double weightDecay) {
        List<Series> byTime = new ArrayList<>();
        List<Series> byClock = new ArrayList<>();
        List<Series> l1ByTime = new ArrayList<>();
        List<Series> l1ByClock = new ArrayList<>();
        for (int i = 0; i < curves.size(); i++) {
            MixingCurve curve = curves.get(i);
            String name = rate(curve.lambdaE());
            Timing timing = timing(curve.lambdaE(), weightDecay);
            byTime.add(distance(name, times(curve), curve).colour(i).timing(timing));
            byClock.add(distance(name, clock(curve), curve).colour(i));
            LabelCounts[][] counts = runs.get(i).counts(curve.blocks());
            double[] l1 = l1(counts);
            double[] floor = floor(counts);
            l1ByTime.add(Series.line(name, times(curve), l1).colour(i).timing(timing));
            l1ByTime.add(Series.dashed(name + ", floor", times(curve), floor)
                    .colour(i)
                    .timing(timing));
            l1ByClock.add(Series.line(name, clock(curve), l1).colour(i));
            l1ByClock.add(Series.dashed(name + ", floor", clock(curve), floor).colour(i));
        }
        String what = "R = \u221amax(Q, 0), the mean over all pairs of initialisations, 90 % jackknife intervals. ";
        String l1What =
                "Mean \u2113\u2081 distance of the label frequencies between initialisations; dashed: its expectation"
                        + " between two groups of equal law and the same size. ";
        return List.of(
                chart("distance-time", "Output laws from different initialisations", TIME, DISTANCE, byTime)
                        .withCaption(what + "One curve per intrinsic learning rate: they collapse where mixing takes"
                                + " O(1/\u03bb\u2091) steps."),
                chart("distance-clock", "The same on the measured clock", CLOCK, DISTANCE, byClock)
                        .withCaption(what + "The clock s = \u00bd\u03a3\u03b7\u00b2|g|\u00b2/|w|\u00b2 takes out the"
                                + " transient of the norm."),
                chart("l1-time", "\u2113\u2081 distance and its floor", TIME, "\u2113\u2081 distance", l1ByTime)
                        .withCaption(l1What),
                chart("l1-clock", "\u2113\u2081 distance and its floor", CLOCK, "\u2113\u2081 distance", l1ByClock)
                        .withCaption(l1What + "On the measured clock."));
    }

    /// Mixing times against lambda_e on log axes, with the fitted power laws.
    static List<Chart> mixingTimes(List<MixingCurve> curves, List<Double> deltas) {
        List<Series> series = new ArrayList<>();
        double[] rates = curves.stream().mapToDouble(MixingCurve::lambdaE).toArray();
        double[] logRates = Arrays.stream(rates).map(Math::log).toArray();
        for (int i = 0; i < deltas.size(); i++) {
            double delta = deltas.get(i);
            Estimate p = MixingExponent.of(curves, delta);
            if (p == null) {
                continue;
            }
            double[] time = new double[rates.length];
            double[] lo = new double[rates.length];
            double[] hi = new double[rates.length];
            for (int j = 0; j < rates.length; j++) {
                MixingCurve curve = curves.get(j);
                Estimate steps = Jackknife.estimate(
                        curve.strata(),
                        curve.blocks(),
                        (stratum, block) -> MixingCurve.crossing(curve.row(stratum, block), delta) / curve.lambdaE());
                time[j] = steps == null ? Double.NaN : steps.value();
                lo[j] = steps == null ? Double.NaN : Math.max(steps.lower(), 1e-3 * steps.value());
                hi[j] = steps == null ? Double.NaN : steps.upper();
            }
            double middle = Arrays.stream(time).map(Math::log).average().orElseThrow();
            double centre = Arrays.stream(logRates).average().orElseThrow();
            double[] fit = Arrays.stream(logRates)
                    .map(x -> Math.exp(middle - p.value() * (x - centre)))
                    .toArray();
            series.add(Series.points("\u03b4 = " + delta, rates, time)
                    .interval(lo, hi)
                    .colour(i));
            series.add(Series.dashed(
                            String.format(Locale.ROOT, "p = %.3f [%.3f, %.3f]", p.value(), p.lower(), p.upper()),
                            rates,
                            fit)
                    .colour(i));
        }
        if (series.isEmpty()) {
            return List.of();
        }
        return List.of(new Chart(
                "mixing-time",
                "Mixing time against the intrinsic learning rate",
                "intrinsic learning rate \u03bb\u2091",
                "mixing time s(T)/\u03bb\u2091, steps",
                true,
                true,
                true,
                series,
                "First time at which R comes down to \u03b4, in the measured clock; dashed: T \u221d \u03bb\u2091^\u2212p."
                        + " p = 1 is the time scale 1/\u03bb\u2091."));
    }

    /// Distances of schedules after their lambda_e became equal.
    static Chart afterSwitch(Runs runs, Switch.Settings settings, int blocks) {
        LabelCounts[][] counts = runs.counts(blocks);
        List<Series> series = new ArrayList<>();
        double[] time = Arrays.stream(runs.steps())
                .skip(1)
                .mapToDouble(step -> step * runs.lambdaE())
                .toArray();
        for (int a = 0; a < counts.length; a++) {
            for (int b = a + 1; b < counts.length; b++) {
                int first = a;
                int second = b;
                List<Estimate> q = new ArrayList<>();
                for (int t = 1; t < runs.steps().length; t++) {
                    int at = t;
                    q.add(estimate(
                            2,
                            blocks,
                            (stratum, block) -> LabelDistance.squared(
                                    counts[first][at],
                                    stratum == 0 ? block : -1,
                                    counts[second][at],
                                    stratum == 1 ? block : -1)));
                }
                String name = settings.schedules().get(a).name() + " / "
                        + settings.schedules().get(b).name();
                series.add(roots(name, time, q).colour(series.size()));
            }
        }
        return new Chart(
                "three-schedules",
                "Schedules whose \u03bb\u2091 has become equal",
                "\u03bb\u2091 \u00d7 steps since the switch",
                DISTANCE,
                true,
                false,
                false,
                series,
                "R between each pair of schedules after their learning rates and weight decays were switched to the same"
                        + " product " + runs.lambdaE() + ", 90 % jackknife intervals.");
    }

    /// Distances in an arm that should not mix, with the doubled horizon.
    static Chart contrast(String arm, List<MixingCurve> curves, double weightDecay) {
        List<Series> series = new ArrayList<>();
        for (MixingCurve curve : curves) {
            series.add(distance(rate(curve.lambdaE()), times(curve), curve)
                    .colour(series.size())
                    .timing(timing(curve.lambdaE(), weightDecay)));
        }
        return chart("contrast-" + arm, "Output laws, " + arm, TIME, DISTANCE, series)
                .withCaption("R between initialisations, 90 % jackknife intervals.");
    }

    static Chart chart(String id, String title, String x, String y, List<Series> series) {
        return new Chart(id, title, x, y, true, false, true, series, "");
    }

    static Series distance(String name, double[] x, MixingCurve curve) {
        List<Estimate> q = new ArrayList<>();
        for (int t = 1; t < curve.steps().length; t++) {
            int at = t;
            q.add(estimate(
                    curve.strata(),
                    curve.blocks(),
                    (stratum, block) -> curve.row(stratum, block).squared()[at]));
        }
        return roots(name, x, q);
    }

    private static Estimate estimate(int strata, int blocks, Jackknife.Statistic statistic) {
        Estimate e = Jackknife.estimate(strata, blocks, statistic);
        if (e == null) {
            throw new IllegalStateException("a squared distance that is not finite");
        }
        return e;
    }

    static Series roots(String name, double[] x, List<Estimate> q) {
        return Series.line(name, x, root(q.stream().mapToDouble(Estimate::value)))
                .interval(
                        root(q.stream().mapToDouble(Estimate::lower)),
                        root(q.stream().mapToDouble(Estimate::upper)));
    }

    private static double[] root(java.util.stream.DoubleStream q) {
        return q.map(v -> Math.sqrt(Math.max(v, 0))).toArray();
    }

    private static double[] times(MixingCurve curve) {
        return Arrays.stream(curve.steps())
                .skip(1)
                .mapToDouble(step -> step * curve.lambdaE())
                .toArray();
    }

    private static double[] clock(MixingCurve curve) {
        return Arrays.stream(curve.row(-1, -1).clock()).skip(1).toArray();
    }

    private static double[] l1(LabelCounts[][] counts) {
        double[] l1 = new double[counts[0].length - 1];
        int pairs = counts.length * (counts.length - 1) / 2;
        for (int t = 1; t < counts[0].length; t++) {
            for (int a = 0; a < counts.length; a++) {
                for (int b = a + 1; b < counts.length; b++) {
                    l1[t - 1] += LabelDistance.l1(counts[a][t], counts[b][t]) / pairs;
                }
            }
        }
        return l1;
    }

    private static double[] floor(LabelCounts[][] counts) {
        double[] floor = new double[counts[0].length - 1];
        for (int t = 1; t < counts[0].length; t++) {
            for (LabelCounts[] group : counts) {
                floor[t - 1] += LabelDistance.floor(group[t]) / counts.length;
            }
        }
        return floor;
    }

    private static Timing timing(double lambdaE, double weightDecay) {
        return new Timing(Clock.INTRINSIC, lambdaE / weightDecay, weightDecay);
    }

    static String rate(double lambdaE) {
        return "\u03bb\u2091 = " + lambdaE;
    }
}
