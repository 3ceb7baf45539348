package ornstein.claim.mixing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import ornstein.claim.Claim;
import ornstein.claim.ClaimResult;
import ornstein.claim.Context;
import ornstein.claim.Experiment;
import ornstein.claim.Prediction;
import ornstein.claim.Results;
import ornstein.claim.Unit;
import ornstein.claim.Verdict;
import ornstein.stats.Disagreement;
import ornstein.stats.Estimate;
import ornstein.stats.Jackknife;
import ornstein.stats.LabelCounts;
import ornstein.stats.LabelDistance;

/// C16: how often two runs disagree, in the four readings of the word: two independent runs of different
/// initialisations, two of the same, classifiers that err independently, and the best coupling (the total
/// variation). It reads the runs of C13 at the end of the common horizon.
public final class DisagreementExperiment implements Experiment {
    private final Claim claim;
    private final Limits limits;
    private final Arm arm;

    /// @param far how far from 1 the interval of the disagreement over its independent baseline must lie
    /// @param variation the largest upper bound of the total variation between initialisations that counts as equal
    ///     laws
    record Limits(double far, double variation) {}

    public DisagreementExperiment(Claim claim, Context context) {
        this.claim = claim;
        limits = claim.limits(Limits.class);
        var settings = claim.settings(context.data(), context.scale(), FastEquilibriumExperiment.Settings.class);
        arm = new Arm("wide", settings.arm(), context);
    }

    @Override
    public List<Unit> plan(Results done) {
        return List.copyOf(arm.plan(done));
    }

    @Override
    public ClaimResult analyse(Results done) {
        List<Prediction> baseline = new ArrayList<>();
        List<Prediction> equal = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (double rate : arm.settings().rates()) {
            Reading reading = new Reading(arm.runs(rate, done));
            baseline.add(reading.againstIndependence());
            equal.add(reading.lawsEqual());
            notes.add(reading.note());
        }
        List<Prediction> all = new ArrayList<>(baseline);
        all.addAll(equal);
        Verdict verdict = Verdict.of(baseline, equal);
        return new ClaimResult(claim, verdict, all, verdict.runsNeeded(all), notes, List.of());
    }

    /// The readings at one learning rate.
    private final class Reading {
        private final double rate;
        private final LabelCounts[] groups;
        private final int classes;
        private final int runs;
        private final byte[] truth = arm.data().heldOut().labels();

        Reading(Runs all) {
            rate = all.lambdaE();
            classes = all.classes();
            int time = lastCommon(all);
            groups = all.groups().stream()
                    .map(group -> group.counts(time, classes, arm.settings().blocks()))
                    .toArray(LabelCounts[]::new);
            runs = all.groups().stream().mapToInt(Runs.Group::runs).min().orElseThrow();
        }

        /// The last time of the horizon that all rates have.
        private int lastCommon(Runs all) {
            int time = 0;
            while (time + 1 < all.steps().length
                    && rate * all.steps()[time + 1] <= arm.settings().to() + rate) {
                time++;
            }
            return time;
        }

        Prediction againstIndependence() {
            Estimate ratio = estimate((stratum, block) -> across(stratum, block) / independent(stratum, block));
            double below = 1 - limits.far();
            double above = 1 + limits.far();
            Boolean holds = ratio.upper() < below ? Boolean.TRUE : ratio.lower() > below ? Boolean.FALSE : null;
            return new Prediction(
                    "against independence lambda_e=" + rate,
                    "disagreement of two runs of different initialisations over that of independent classifiers of their"
                            + " errors: upper bound below " + below + (ratio.lower() > above ? "; it lies above" : ""),
                    below,
                    ratio.value(),
                    ratio.interval(),
                    holds,
                    holds == null ? ratio.runsToClear(below, runs) : 0);
        }

        Prediction lawsEqual() {
            Estimate q = estimate(this::squared);
            double limit = limits.variation();
            double limitSquared = 4 * limit * limit / classes;
            double upper = Disagreement.couplingBound(q.upper(), classes);
            Boolean holds = upper <= limit ? Boolean.TRUE : q.lower() > limitSquared ? Boolean.FALSE : null;
            return new Prediction(
                    "law equality lambda_e=" + rate,
                    "total variation between initialisations, the disagreement of the best coupling: upper bound"
                            + " sqrt(K Q)/2 at most " + limit,
                    limit,
                    Disagreement.couplingBound(q.value(), classes),
                    new ornstein.stats.Interval(Disagreement.couplingBound(q.lower(), classes), upper),
                    holds,
                    holds == null ? q.runsToClear(limitSquared, runs) : 0);
        }

        String note() {
            Estimate across = estimate(this::across);
            Estimate within = estimate(this::within);
            Estimate baseline = estimate(this::independent);
            double l1 = pairs((a, b) -> LabelDistance.l1(groups[a], groups[b]));
            double floor = 0;
            for (LabelCounts group : groups) {
                floor += LabelDistance.floor(group) / groups.length;
            }
            return String.format(
                    Locale.ROOT,
                    "lambda_e = %s: two runs of different initialisations disagree on %s of the inputs, of the same"
                            + " initialisation on %s; classifiers erring independently would on %s; the best coupling on"
                            + " l1/2 = %.4f (%.4f is the floor at this n).",
                    rate,
                    text(across),
                    text(within),
                    text(baseline),
                    l1 / 2,
                    floor / 2);
        }

        private String text(Estimate e) {
            return String.format(Locale.ROOT, "%.4f [%.4f, %.4f]", e.value(), e.lower(), e.upper());
        }

        private double across(int stratum, int block) {
            return pairs((a, b) ->
                    Disagreement.between(groups[a], without(a, stratum, block), groups[b], without(b, stratum, block)));
        }

        private double squared(int stratum, int block) {
            return pairs((a, b) -> LabelDistance.squared(
                    groups[a], without(a, stratum, block), groups[b], without(b, stratum, block)));
        }

        private double independent(int stratum, int block) {
            return pairs((a, b) -> Disagreement.independent(
                    groups[a].error(truth, without(a, stratum, block)),
                    groups[b].error(truth, without(b, stratum, block)),
                    classes));
        }

        private double within(int stratum, int block) {
            double sum = 0;
            for (int a = 0; a < groups.length; a++) {
                sum += Disagreement.within(groups[a], without(a, stratum, block));
            }
            return sum / groups.length;
        }

        private static int without(int group, int stratum, int block) {
            return group == stratum ? block : -1;
        }

        private interface Pair {
            double of(int a, int b);
        }

        private double pairs(Pair value) {
            double sum = 0;
            for (int a = 0; a < groups.length; a++) {
                for (int b = a + 1; b < groups.length; b++) {
                    sum += value.of(a, b);
                }
            }
            return sum / (groups.length * (groups.length - 1) / 2.0);
        }

        private Estimate estimate(Jackknife.Statistic statistic) {
            Estimate e = Jackknife.estimate(groups.length, groups[0].blocks(), statistic);
            if (e == null) {
                throw new IllegalStateException("a reading of the disagreement that is not finite");
            }
            return e;
        }
    }
}
