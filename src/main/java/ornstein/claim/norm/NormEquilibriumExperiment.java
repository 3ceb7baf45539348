package ornstein.claim.norm;

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
import ornstein.claim.Written;
import ornstein.spec.Counted;
import ornstein.stats.Estimate;
import ornstein.stats.NormEquilibrium;

/// Experiment `norm-equilibrium`: norm and rotation of plain SGD at equilibrium, and the way there.
public final class NormEquilibriumExperiment implements Experiment {
    private final Claim claim;
    private final Limits limits;
    private final NormRuns runs;

    /// @param tolerance of the ratios
    /// @param traced of `|w|^4` along training
    record Limits(double tolerance, double traced) {}

    public NormEquilibriumExperiment(Claim claim, Context context) {
        this.claim = claim;
        limits = claim.limits(Limits.class);
        runs = new NormRuns(claim, context);
    }

    @Override
    public List<Unit> plan(Results done) {
        return List.of(runs.sgd());
    }

    @Override
    public ClaimResult analyse(Results done) {
        NormUnit.Result result = NormUnit.read(done.folder(runs.sgd()));
        NormSettings settings = runs.settings();
        NormEquilibrium theory = settings.theory(false);
        NormWindow window = result.window();
        int replicas = window.replicas().size();
        NormTrace.Ratios ratios = result.trace().predictedOverMeasured(settings.eta(), settings.weightDecay(), true);
        long relaxed = settings.steps(settings.traced() / 4);
        List<Prediction> predictions = List.of(
                NormPredictions.equal("N1", "rms |w|/|g|", window.ratio(theory), limits.tolerance(), replicas),
                NormPredictions.equal("N2", "rms rotation", window.rotation(theory), limits.tolerance(), replicas),
                NormPredictions.equal(
                        "N3",
                        "|w|^4 while it relaxes",
                        ratios.between(settings.evenFrom(), relaxed),
                        limits.traced(),
                        replicas),
                NormPredictions.equal(
                        "N4",
                        "|w|^4 after that",
                        ratios.between(relaxed + 1, settings.steps(settings.traced())),
                        limits.traced(),
                        replicas));
        Verdict verdict = NormPredictions.verdict(predictions);
        List<String> notes = new ArrayList<>(notes(window, settings));
        NormTrace.Ratios sde = result.trace().predictedOverMeasured(settings.eta(), settings.weightDecay(), false);
        notes.add(String.format(
                Locale.ROOT,
                "|w|^4, predicted over measured, is averaged until and after %.3g/lambda_e; at the worst of %d times it is %s."
                        + " The SDE, which leaves the mean gradient out, has %s and %s.",
                relaxed * settings.lambdaE(),
                result.trace().steps().size(),
                text(ratios.worst()),
                text(sde.between(settings.evenFrom(), relaxed)),
                text(sde.between(relaxed + 1, settings.steps(settings.traced())))));
        if (result.diverged() > 0) {
            notes.add(Counted.of(result.diverged(), "run") + " diverged and " + Counted.are(result.diverged())
                    + " left out.");
        }
        return new ClaimResult(
                claim,
                verdict,
                predictions,
                verdict.runsNeeded(predictions),
                notes,
                List.of(
                        NormCharts.trace(result.trace(), settings),
                        NormCharts.error(result.trace(), settings),
                        NormCharts.groups(
                                "norm-groups",
                                "Norm and rotation of every group",
                                window,
                                theory,
                                limits.tolerance())));
    }

    private static String text(Estimate e) {
        return String.format(Locale.ROOT, "%.4g [%.4g, %.4g]", e.value(), e.lower(), e.upper());
    }

    /// What a reader needs to judge a window of plain SGD.
    static List<String> notes(NormWindow window, NormSettings settings) {
        double lambdaE = settings.lambdaE();
        Estimate remainder = window.remainder(lambdaE);
        double largest = window.replicas().stream()
                .flatMap(List::stream)
                .filter(row -> !row.dead())
                .mapToDouble(row -> Math.abs(row.remainder(lambdaE)))
                .max()
                .orElseThrow();
        return List.of(
                String.format(
                        Locale.ROOT,
                        "Window of %d steps, %s/lambda_e, after %d steps; lambda_e = %s; %d replicas.",
                        window.steps(),
                        Written.of(window.steps() * lambdaE),
                        settings.steps(settings.equilibrate()),
                        Written.of(lambdaE),
                        window.replicas().size()),
                String.format(
                        Locale.ROOT,
                        "Telescoping remainder of |w|^2 over the window: mean %.3g [%.3g, %.3g], largest of any group %.3g.",
                        remainder.value(),
                        remainder.lower(),
                        remainder.upper(),
                        largest),
                String.format(
                        Locale.ROOT,
                        "%d of %d groups are left out: no gradient in more than %.0f %% of the steps before or in the window"
                                + " (dead ReLU units).",
                        window.dead(),
                        window.groups(),
                        100 * NormRow.DEAD));
    }
}
