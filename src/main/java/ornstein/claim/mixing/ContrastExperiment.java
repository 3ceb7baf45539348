package ornstein.claim.mixing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ornstein.claim.Claim;
import ornstein.claim.ClaimResult;
import ornstein.claim.Context;
import ornstein.claim.Experiment;
import ornstein.claim.Prediction;
import ornstein.claim.Results;
import ornstein.claim.Unit;
import ornstein.claim.Verdict;
import ornstein.claim.Written;
import ornstein.stats.Estimate;
import ornstein.stats.Jackknife;
import ornstein.stats.MixingCurve;
import ornstein.stats.MixingExponent;
import ornstein.stats.chart.Chart;

/// C14: few examples or a narrow network leave slow modes or local equilibria, the more the smaller lambda_e.
public final class ContrastExperiment implements Experiment {
    private final Claim claim;
    private final Limits limits;
    private final List<Arm> arms = new ArrayList<>();

    /// @param lateFrom,lateTo the window of lambda_e t over which the late squared distance is averaged
    /// @param none the largest late squared distance Q that counts as none
    record Limits(double lateFrom, double lateTo, double none) {}

    /// @param arms by name
    record Settings(Map<String, ArmSettings> arms) {
        Settings {
            arms = new LinkedHashMap<>(arms);
        }
    }

    public ContrastExperiment(Claim claim, Context context) {
        this.claim = claim;
        limits = claim.limits(Limits.class);
        Settings settings = claim.settings(context.data(), context.scale(), Settings.class);
        settings.arms().forEach((name, arm) -> arms.add(new Arm(name, arm, context)));
    }

    @Override
    public List<Unit> plan(Results done) {
        List<Unit> units = new ArrayList<>();
        arms.forEach(arm -> units.addAll(arm.plan(done)));
        return units;
    }

    @Override
    public ClaimResult analyse(Results done) {
        List<Prediction> left = new ArrayList<>();
        List<Prediction> growing = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        List<Chart> charts = new ArrayList<>();
        for (Arm arm : arms) {
            List<Runs> runs = arm.settings().rates().stream()
                    .map(rate -> arm.runs(rate, done))
                    .toList();
            List<MixingCurve> curves =
                    runs.stream().map(r -> r.curve(arm.settings().blocks())).toList();
            List<Late> late = curves.stream()
                    .map(curve -> Late.of(curve, limits.lateFrom(), limits.lateTo()))
                    .toList();
            left.add(left(arm.name(), late.getLast()));
            growing.add(growing(arm.name(), curves));
            late.forEach(l -> notes.add(arm.name() + ": " + Notes.late(l)));
            for (Runs r : runs) {
                notes.add(arm.name() + ": " + Notes.state(r, arm.equilibriumNorm(r.lambdaE(), done)));
                notes.addAll(Notes.divergence(r));
            }
            charts.add(MixingCharts.contrast(arm.name(), curves, arm.settings().weightDecay()));
        }
        List<Prediction> all = new ArrayList<>(left);
        all.addAll(growing);
        Verdict verdict = Verdict.of(left, growing);
        return new ClaimResult(claim, verdict, all, verdict.runsNeeded(all), notes, charts);
    }

    @Override
    public void writeRaw(Results done, Path folder) {
        RawLabels.write(folder, "labels-" + claim.name(), arms, done);
    }

    /// Whether a distance is left late at the smallest rate.
    private Prediction left(String arm, Late late) {
        Estimate q = late.squared();
        Boolean holds = q.lower() > 0 ? Boolean.TRUE : q.upper() <= limits.none() ? Boolean.FALSE : null;
        return new Prediction(
                "late Q, " + arm,
                "lower bound of the mean Q over lambda_e t in [" + Written.of(limits.lateFrom()) + ", "
                        + Written.of(limits.lateTo())
                        + "] above 0 at lambda_e = " + late.lambdaE() + "; refuted by an upper bound of at most "
                        + limits.none(),
                0.0,
                q.value(),
                q.interval(),
                holds,
                holds == null ? q.runsToClear(0, late.runs()) : 0);
    }

    /// Whether the late distance grows as lambda_e falls: minus the slope of late Q on log lambda_e.
    private Prediction growing(String arm, List<MixingCurve> curves) {
        int strata = curves.getFirst().strata();
        double[] logRate =
                curves.stream().mapToDouble(c -> Math.log(c.lambdaE())).toArray();
        double[] late = curves.stream().mapToDouble(c -> late(c, -1, -1)).toArray();
        Estimate slope =
                Jackknife.estimate(strata * curves.size(), curves.getFirst().blocks(), (stratum, block) -> {
                    double[] y = late.clone();
                    if (stratum >= 0) {
                        int at = stratum / strata;
                        y[at] = late(curves.get(at), stratum % strata, block);
                    }
                    return -MixingExponent.slope(logRate, y);
                });
        if (slope == null) {
            throw new IllegalStateException("no late times in arm " + arm);
        }
        Boolean holds = slope.lower() > 0 ? Boolean.TRUE : slope.upper() < 0 ? Boolean.FALSE : null;
        return new Prediction(
                "growth, " + arm,
                "late Q grows as lambda_e falls: lower bound of -dQ/d log lambda_e above 0",
                0.0,
                slope.value(),
                slope.interval(),
                holds,
                holds == null ? slope.runsToClear(0, curves.getLast().runs()) : 0);
    }

    private double late(MixingCurve curve, int stratum, int block) {
        return curve.late(curve.row(stratum, block), limits.lateFrom(), limits.lateTo());
    }
}
