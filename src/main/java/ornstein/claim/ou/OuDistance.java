package ornstein.claim.ou;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import ornstein.claim.Claim;
import ornstein.claim.ClaimResult;
import ornstein.claim.Context;
import ornstein.claim.Experiment;
import ornstein.claim.Prediction;
import ornstein.claim.Results;
import ornstein.claim.Unit;
import ornstein.claim.Verdict;
import ornstein.stats.Estimate;
import ornstein.stats.OuBand;

/// Experiment `ou-distance`: whether displacement in weight space refutes an Ornstein-Uhlenbeck process.
public final class OuDistance implements Experiment {
    /// Share of one group in the displacement above which it decides alone.
    private static final double DOMINANT = 0.3;

    private final Claim claim;
    private final Saturation.Limits limits;
    private final OuRuns runs;

    public OuDistance(Claim claim, Context context) {
        this.claim = claim;
        limits = claim.limits(Saturation.Limits.class);
        runs = new OuRuns(claim, context);
    }

    @Override
    public List<Unit> plan(Results done) {
        return runs.plan(done);
    }

    @Override
    public ClaimResult analyse(Results done) {
        List<ForkResult> forks = runs.results(done);
        OuSettings settings = runs.settings();
        Saturation saturation =
                new Saturation(forks.stream().map(ForkResult::distances).toList(), settings.lambdaE(), limits);
        List<Prediction> predictions = saturation.predictions();
        Verdict verdict = Saturation.verdict(predictions);
        return new ClaimResult(
                claim,
                verdict,
                predictions,
                verdict.runsNeeded(predictions),
                notes(forks, saturation, done),
                new OuCharts(settings, forks, saturation, runs.acrossResult(done)).all());
    }

    private List<String> notes(List<ForkResult> forks, Saturation saturation, Results done) {
        OuSettings settings = runs.settings();
        List<String> notes = new ArrayList<>();
        notes.add(String.format(
                Locale.ROOT,
                "%d checkpoints with %d siblings each, lambda_e = %.4g; mean held-out accuracy of the checkpoints %.3f.",
                forks.size(),
                settings.siblings(),
                settings.lambdaE(),
                runs.accuracy(done)));
        for (Prediction rule : saturation.rules()) {
            if (!rule.name().startsWith("S1")) {
                notes.add(rule(rule));
            }
        }
        long last = settings.lagSteps().getLast();
        long age = settings.startSteps().getFirst();
        int lag = settings.lags().size() - 1;
        Estimate total = saturation.mean(one -> one.displacement().getFirst().get(lag));
        notes.add(String.format(
                Locale.ROOT,
                "E2 at the longest lag is %.4g +- %.2g; the OU band there goes from %.4g (the measured modes) to %.4g (no"
                        + " curvature elsewhere).",
                total.value(),
                total.standardError(),
                mean(forks, band -> band.lower(age, last)),
                mean(forks, band -> band.upper(age, last))));
        notes.add(modes(forks, lag, last, age));
        notes.add(String.format(
                Locale.ROOT,
                "Largest residual of a Hessian eigenpair %.1g of the largest eigenvalue; noise to drift, Tr Sigma/|grad L|^2,"
                        + " %.3g.",
                forks.stream().mapToDouble(ForkResult::residual).max().orElseThrow(),
                forks.stream().mapToDouble(ForkResult::trace).sum()
                        / forks.stream().mapToDouble(ForkResult::gradient2).sum()));
        double share =
                forks.stream().mapToDouble(ForkResult::largestShare).max().orElseThrow();
        notes.add(String.format(
                Locale.ROOT,
                "Largest share of one scale-invariant group in E2 at the longest lag: %.2g.%s",
                share,
                share > DOMINANT
                        ? " E2 is dominated by units that died, shrank under weight decay and then jumped by eta |g|, which grows"
                                + " as 1/|w|: it says nothing of the others. Use a network whose units cannot die."
                        : ""));
        int diverged = forks.stream().mapToInt(ForkResult::diverged).sum();
        int lost = settings.checkpoints() - forks.size();
        if (diverged + lost > 0) {
            notes.add(String.format(
                    Locale.ROOT, "Left out because they diverged: %d checkpoints, %d siblings.", lost, diverged));
        }
        return notes;
    }

    private static String rule(Prediction rule) {
        Boolean refutes = rule.holds();
        return String.format(
                Locale.ROOT,
                "Rule %s, %s: measured %.4g [%.4g, %.4g]; %s.",
                rule.name(),
                rule.statement(),
                rule.measured(),
                Objects.requireNonNull(rule.ci()).lo(),
                Objects.requireNonNull(rule.ci()).hi(),
                refutes == null ? "undecided" : refutes ? "refutes OU" : "does not refute OU");
    }

    /// Displacement along each mode at the longest lag, over OU's.
    private String modes(List<ForkResult> forks, int lag, long steps, long age) {
        OuSettings settings = runs.settings();
        StringBuilder text = new StringBuilder(
                "Displacement along the Hessian's top modes at the longest lag over OU's prediction:");
        for (int i = 0; i < settings.modes(); i++) {
            double measured = 0;
            double predicted = 0;
            double curvature = 0;
            int relaxed = 0;
            for (ForkResult fork : forks) {
                OuBand.Mode mode = fork.modes().get(i);
                OuBand band = fork.band(settings.eta(), settings.weightDecay());
                curvature += mode.curvature() / forks.size();
                if (band.relaxed(mode, age)) {
                    relaxed++;
                    measured += fork.distances().modes().getFirst().get(lag).get(i);
                    predicted += band.displacement(mode, steps);
                }
            }
            String ratio = relaxed == 0
                    ? "not relaxed"
                    : String.format(Locale.ROOT, "%.3g in %d checkpoints", measured / predicted, relaxed);
            text.append(String.format(Locale.ROOT, " mode %d (h = %.3g): %s;", i + 1, curvature, ratio));
        }
        return text.substring(0, text.length() - 1) + ".";
    }

    private double mean(List<ForkResult> forks, java.util.function.ToDoubleFunction<OuBand> quantity) {
        OuSettings settings = runs.settings();
        return forks.stream()
                .mapToDouble(fork -> quantity.applyAsDouble(fork.band(settings.eta(), settings.weightDecay())))
                .average()
                .orElseThrow();
    }
}
