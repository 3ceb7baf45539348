package ornstein.claim.mixing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import ornstein.claim.Claim;
import ornstein.claim.ClaimResult;
import ornstein.claim.Context;
import ornstein.claim.Experiment;
import ornstein.claim.Results;
import ornstein.claim.Unit;
import ornstein.stats.MixingCurve;
import ornstein.stats.chart.Chart;

/// C13: the outputs mix within O(1/lambda_e) steps from every initialisation.
public final class FastEquilibriumExperiment implements Experiment {
    private final Claim claim;
    private final Thresholds limits;
    private final Arm arm;
    private final Rescaling rescaling;
    private final @Nullable Switch schedules;

    /// @param arm the network that should mix
    /// @param exactness the identity of rescaled runs (H4)
    /// @param schedules the three-schedule figure, if it is to be drawn
    record Settings(ArmSettings arm, Rescaling.Settings exactness, Switch.@Nullable Settings schedules) {}

    public FastEquilibriumExperiment(Claim claim, Context context) {
        this.claim = claim;
        limits = claim.limits(Thresholds.class);
        Settings settings = claim.settings(context.data(), context.scale(), Settings.class);
        arm = new Arm("wide", settings.arm(), context);
        rescaling = new Rescaling(arm, settings.exactness());
        schedules = settings.schedules() == null ? null : new Switch(arm, settings.schedules());
    }

    @Override
    public List<Unit> plan(Results done) {
        List<Unit> units = new ArrayList<>(rescaling.plan());
        units.addAll(arm.plan(done));
        if (schedules != null) {
            units.addAll(schedules.plan(done));
        }
        return units;
    }

    @Override
    public ClaimResult analyse(Results done) {
        int blocks = arm.settings().blocks();
        List<Runs> runs = arm.settings().rates().stream()
                .map(rate -> arm.runs(rate, done))
                .toList();
        List<MixingCurve> curves = runs.stream().map(r -> r.curve(blocks)).toList();
        FastEquilibrium judged = FastEquilibrium.judge(curves, limits, rescaling.prediction(done));

        List<String> notes = new ArrayList<>();
        notes.add(
                "Intervals are over the randomness of SGD, given these initialisations and these data; another seed draws"
                        + " others.");
        notes.add(Notes.exponents(
                "On the clock of rotations, which takes large steps for what they turn (s counts the tangent)",
                runs.stream().map(r -> r.rotationCurve(blocks)).toList(),
                limits.deltas()));
        for (Late late : judged.late()) {
            notes.add(Notes.late(late));
        }
        for (Runs r : runs) {
            notes.add(Notes.state(r, arm.equilibriumNorm(r.lambdaE(), done)));
            notes.addAll(Notes.runaway(r));
            notes.addAll(Notes.divergence(r));
        }
        List<Chart> charts = new ArrayList<>(
                MixingCharts.distances(runs, curves, arm.settings().weightDecay()));
        charts.addAll(MixingCharts.mixingTimes(curves, limits.deltas()));
        if (schedules != null) {
            Runs after = schedules.runs(done);
            charts.add(MixingCharts.afterSwitch(after, schedules.settings(), blocks));
            notes.addAll(Notes.divergence(after));
        }
        return new ClaimResult(claim, judged.verdict(), judged.predictions(), judged.runsNeeded(), notes, charts);
    }

    @Override
    public void writeRaw(Results done, Path folder) {
        RawLabels.write(folder, "labels-" + claim.name(), List.of(arm), done);
    }
}
