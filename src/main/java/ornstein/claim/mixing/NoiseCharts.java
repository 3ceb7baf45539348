package ornstein.claim.mixing;

import static ornstein.claim.mixing.MixingCharts.DISTANCE;
import static ornstein.claim.mixing.MixingCharts.TIME;
import static ornstein.claim.mixing.MixingCharts.chart;
import static ornstein.claim.mixing.MixingCharts.distance;
import static ornstein.claim.mixing.MixingCharts.rate;
import static ornstein.claim.mixing.MixingCharts.roots;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import ornstein.stats.MixingCurve;
import ornstein.stats.chart.Chart;
import ornstein.stats.chart.Series;

/// Another noise beside SGD: how outputs of different initialisations come together, the distance between the laws
/// of both, and the difference of accuracies.
final class NoiseCharts {
    private NoiseCharts() {}

    static List<Chart> of(
            String name, List<Runs> sgd, List<Runs> other, List<NoiseComparison> comparisons, int blocks) {
        List<Series> mixing = new ArrayList<>();
        List<Series> laws = new ArrayList<>();
        List<Series> gaps = new ArrayList<>();
        for (int i = 0; i < sgd.size(); i++) {
            NoiseComparison comparison = comparisons.get(i);
            String rate = rate(sgd.get(i).lambdaE());
            double[] time = comparison.clock();
            MixingCurve a = sgd.get(i).timeCurve(blocks);
            MixingCurve b = other.get(i).timeCurve(blocks);
            Series ofOther = distance(rate + ", " + name, time, b);
            mixing.add(distance(rate + ", SGD", time, a).colour(i));
            mixing.add(Series.dashed(ofOther.name(), ofOther.x(), ofOther.y()).colour(i));
            laws.add(roots(rate, time, comparison.laws()).colour(i));
            double[] seeds = new double[time.length];
            for (int t = 1; t <= seeds.length; t++) {
                seeds[t - 1] = comparison.seeds(t);
            }
            double[] below = Arrays.stream(seeds).map(s -> -s).toArray();
            gaps.add(Series.estimates(rate, time, comparison.gaps()).colour(i));
            gaps.add(Series.dashed(rate + ", seeds", time, seeds).colour(i));
            gaps.add(Series.dashed("", time, below).colour(i));
        }
        return List.of(
                chart("mixing-" + name, "Output laws from different initialisations", TIME, DISTANCE, mixing)
                        .withCaption("R between initialisations, of SGD with 90 % jackknife intervals and of " + name
                                + " (dashed)."),
                chart("law-" + name, "Output laws of SGD and " + name, TIME, "distance R from SGD", laws)
                        .withCaption("R between the output laws of SGD and " + name
                                + " from the same weights at the same time, 90 % jackknife intervals."),
                new Chart(
                        "accuracy-" + name,
                        "Held-out accuracy of " + name + " minus that of SGD",
                        TIME,
                        "difference of mean accuracies",
                        true,
                        false,
                        false,
                        gaps,
                        "90 % jackknife intervals; dashed: the standard deviation between seeds of SGD."));
    }
}
