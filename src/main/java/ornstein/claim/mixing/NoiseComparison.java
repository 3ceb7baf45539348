package ornstein.claim.mixing;

import static ornstein.spec.Require.require;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import ornstein.claim.Prediction;
import ornstein.claim.Written;
import ornstein.stats.BlockMeans;
import ornstein.stats.Estimate;
import ornstein.stats.Interval;
import ornstein.stats.Jackknife;
import ornstein.stats.LabelCounts;
import ornstein.stats.LabelDistance;
import ornstein.stats.MixingCurve;

/// Runs of SGD beside runs with another noise, at one learning rate, from the same weights and at the same times
/// `lambda_e t`: whether they mix at one rate, train alike, and give their outputs one law.
final class NoiseComparison {
    private final String name;
    private final Runs sgd;
    private final Runs other;
    private final int blocks;
    private final Limits limits;
    private final LabelCounts[][] sgdCounts;
    private final LabelCounts[][] otherCounts;

    /// @param delta distance R at which mixing times are taken
    /// @param timeRange where the ratio of mixing times must lie
    /// @param seeds largest difference of mean accuracies, in standard deviations between the seeds of SGD
    /// @param law largest squared distance Q between the laws of outputs that counts as none
    record Limits(double delta, List<Double> timeRange, double seeds, double law) {
        Limits {
            require(
                    timeRange.size() == 2 && timeRange.get(0) < timeRange.get(1),
                    "timeRange is [low, high], not " + timeRange);
        }
    }

    NoiseComparison(String name, Runs sgd, Runs other, int blocks, Limits limits) {
        this.name = name;
        this.sgd = sgd;
        this.other = other;
        this.blocks = blocks;
        this.limits = limits;
        sgdCounts = sgd.counts(blocks);
        otherCounts = other.counts(blocks);
    }

    private String at(String what) {
        return what + " " + name + " lambda_e=" + sgd.lambdaE();
    }

    private int groups() {
        return sgd.groups().size();
    }

    private int runs() {
        return Math.min(
                sgd.groups().stream().mapToInt(Runs.Group::runs).min().orElseThrow(),
                other.groups().stream().mapToInt(Runs.Group::runs).min().orElseThrow());
    }

    /// The mixing time of the other noise over that of SGD, in `lambda_e t`.
    Prediction time() {
        MixingCurve a = sgd.timeCurve(blocks);
        MixingCurve b = other.timeCurve(blocks);
        Interval range =
                new Interval(limits.timeRange().get(0), limits.timeRange().get(1));
        String statement = "time until R = " + limits.delta() + " over that of SGD: interval within [" + range.lo()
                + ", " + range.hi() + "]";
        Estimate ratio = estimate((ofSgd, ofOther, block) -> MixingCurve.crossing(b.row(ofOther, block), limits.delta())
                / MixingCurve.crossing(a.row(ofSgd, block), limits.delta()));
        return ratio == null
                ? new Prediction(
                        at("time"), statement + "; not every curve crosses this distance", 1.0, null, null, null, 0)
                : Prediction.within(at("time"), statement, 1, range, ratio, runs());
    }

    /// The mean squared distance between the laws of SGD and the other noise from equal weights, over all times after
    /// the start.
    Prediction law() {
        Estimate q = all((ofSgd, ofOther, block) -> {
            double sum = 0;
            for (int t = 1; t < times(); t++) {
                sum += squared(t, ofSgd, ofOther, block);
            }
            return sum / (times() - 1);
        });
        return Prediction.decided(
                at("law"),
                "squared distance Q between the label laws of " + name
                        + " and SGD from equal weights, mean over all times:" + " upper bound at most "
                        + Written.of(limits.law()),
                limits.law(),
                q,
                q.upper() <= limits.law(),
                q.lower() > limits.law(),
                q.runsToClear(limits.law(), runs()));
    }

    /// The largest difference of mean accuracies over the times after the start, in standard deviations of SGD's
    /// seeds.
    Prediction accuracy() {
        Estimate worst = null;
        for (int t = 1; t < times(); t++) {
            double seeds = seeds(t);
            Estimate e = seeds == 0 ? null : gap(t, seeds);
            if (e != null && (worst == null || Math.abs(e.value()) > Math.abs(worst.value()))) {
                worst = e;
            }
        }
        if (worst == null) {
            throw new IllegalStateException("the seeds of SGD never differ in accuracy");
        }
        return Prediction.within(
                at("accuracy"),
                "held-out accuracy minus that of SGD at the time where they differ most, in standard deviations between"
                        + " seeds of SGD: interval within " + Written.of(limits.seeds()) + " of 0",
                0,
                Interval.around(0, limits.seeds()),
                worst,
                runs());
    }

    int times() {
        return sgd.steps().length;
    }

    /// `lambda_e t` of each time after the start.
    double[] clock() {
        double[] clock = new double[times() - 1];
        for (int t = 1; t < times(); t++) {
            clock[t - 1] = sgd.lambdaE() * sgd.steps()[t];
        }
        return clock;
    }

    /// Q between the laws at each time after the start.
    List<Estimate> laws() {
        List<Estimate> q = new ArrayList<>();
        for (int t = 1; t < times(); t++) {
            int time = t;
            q.add(all((ofSgd, ofOther, block) -> squared(time, ofSgd, ofOther, block)));
        }
        return q;
    }

    /// Difference of mean accuracies at each time after the start.
    List<Estimate> gaps() {
        List<Estimate> gaps = new ArrayList<>();
        for (int t = 1; t < times(); t++) {
            gaps.add(gap(t, 1));
        }
        return gaps;
    }

    /// The standard deviation of SGD's accuracy between seeds, from one initialisation.
    double seeds(int time) {
        double sum = 0;
        for (Runs.Group group : sgd.groups()) {
            double[] x = group.accuracy()[time];
            double mean = Notes.mean(x);
            double squares = 0;
            for (double v : x) {
                squares += (v - mean) * (v - mean);
            }
            sum += squares / (x.length - 1) / groups();
        }
        return Math.sqrt(sum);
    }

    private Estimate gap(int time, double unit) {
        List<BlockMeans> a = accuracies(sgd, time);
        List<BlockMeans> b = accuracies(other, time);
        return all((ofSgd, ofOther, block) -> {
            double sum = 0;
            for (int i = 0; i < groups(); i++) {
                sum += b.get(i).mean(ofOther == i ? block : -1) - a.get(i).mean(ofSgd == i ? block : -1);
            }
            return sum / groups() / unit;
        });
    }

    private List<BlockMeans> accuracies(Runs runs, int time) {
        return runs.groups().stream()
                .map(group -> new BlockMeans(group.accuracy()[time], blocks))
                .toList();
    }

    private double squared(int time, int ofSgd, int ofOther, int block) {
        double sum = 0;
        for (int i = 0; i < groups(); i++) {
            sum += LabelDistance.squared(
                    sgdCounts[i][time], ofSgd == i ? block : -1, otherCounts[i][time], ofOther == i ? block : -1);
        }
        return sum / groups();
    }

    /// A statistic without a block of one initialisation of SGD, or of the other noise; -1 for all runs.
    @FunctionalInterface
    private interface Statistic {
        double without(int ofSgd, int ofOther, int block);
    }

    private @Nullable Estimate estimate(Statistic statistic) {
        int groups = groups();
        return Jackknife.estimate(
                2 * groups,
                blocks,
                (stratum, block) -> stratum < groups
                        ? statistic.without(stratum, -1, block)
                        : statistic.without(-1, stratum - groups, block));
    }

    private Estimate all(Statistic statistic) {
        Estimate e = estimate(statistic);
        if (e == null) {
            throw new IllegalStateException("a comparison with SGD that is not finite");
        }
        return e;
    }
}
