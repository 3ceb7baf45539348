package ornstein.claim.norm;

import java.util.ArrayList;
import java.util.List;
import ornstein.claim.Claim;
import ornstein.claim.ClaimResult;
import ornstein.claim.Context;
import ornstein.claim.Experiment;
import ornstein.claim.Prediction;
import ornstein.claim.Results;
import ornstein.claim.Unit;
import ornstein.claim.Verdict;
import ornstein.spec.Counted;
import ornstein.stats.NormEquilibrium;

/// Experiment `lars-rotation`: the LARS rate of plain SGD, and norm and rotation with momentum.
public final class LarsExperiment implements Experiment {
    private final Claim claim;
    private final Limits limits;
    private final NormRuns runs;

    /// @param tolerance without momentum
    /// @param withMomentum with momentum, where gradients of different batches must be uncorrelated
    record Limits(double tolerance, double withMomentum) {}

    public LarsExperiment(Claim claim, Context context) {
        this.claim = claim;
        limits = claim.limits(Limits.class);
        runs = new NormRuns(claim, context);
    }

    @Override
    public List<Unit> plan(Results done) {
        return List.of(runs.sgd(), runs.momentum());
    }

    @Override
    public ClaimResult analyse(Results done) {
        NormSettings settings = runs.settings();
        NormUnit.Result plain = NormUnit.read(done.folder(runs.sgd()));
        NormUnit.Result heavy = NormUnit.read(done.folder(runs.momentum()));
        NormEquilibrium theory = settings.theory(true);
        int replicas = plain.window().replicas().size();
        int heavyReplicas = heavy.window().replicas().size();
        List<Prediction> predictions = List.of(
                NormPredictions.equal(
                        "L1",
                        "SGD's rms eta |g|/|w|",
                        plain.window().lars(settings.theory(false)),
                        limits.tolerance(),
                        replicas),
                NormPredictions.equal(
                        "L2",
                        "with momentum, rms |w|/|g|",
                        heavy.window().ratio(theory),
                        limits.withMomentum(),
                        heavyReplicas),
                NormPredictions.equal(
                        "L3",
                        "with momentum, rms rotation",
                        heavy.window().rotation(theory),
                        limits.withMomentum(),
                        heavyReplicas));
        List<String> notes = new ArrayList<>();
        notes.add("Momentum " + settings.momentum()
                + " at learning rate eta (1 - momentum), so that lambda_e is that of SGD.");
        notes.addAll(NormEquilibriumExperiment.notes(plain.window(), settings));
        notes.add("With momentum " + heavy.window().dead() + " of "
                + heavy.window().groups() + " groups are left out as dead.");
        notes.add("AdamW's rotations are not measured here.");
        int diverged = plain.diverged() + heavy.diverged();
        if (diverged > 0) {
            notes.add(Counted.of(diverged, "run") + " diverged and " + Counted.are(diverged) + " left out.");
        }
        Verdict verdict = NormPredictions.verdict(predictions);
        return new ClaimResult(
                claim,
                verdict,
                predictions,
                verdict.runsNeeded(predictions),
                notes,
                List.of(
                        NormCharts.groups(
                                "lars-groups",
                                "Every group of plain SGD",
                                plain.window(),
                                settings.theory(false),
                                limits.tolerance()),
                        NormCharts.groups(
                                "momentum-groups",
                                "Every group with momentum",
                                heavy.window(),
                                theory,
                                limits.withMomentum())));
    }
}
