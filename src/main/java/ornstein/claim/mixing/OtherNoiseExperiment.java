package ornstein.claim.mixing;

import static ornstein.spec.Require.require;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import ornstein.claim.Claim;
import ornstein.claim.ClaimResult;
import ornstein.claim.Context;
import ornstein.claim.Experiment;
import ornstein.claim.Prediction;
import ornstein.claim.Results;
import ornstein.claim.Unit;
import ornstein.claim.Verdict;
import ornstein.spec.Default;
import ornstein.spec.UserError;
import ornstein.stats.chart.Chart;
import ornstein.train.Optimiser;

/// C26 and C40: whether training with the noise of SGD's SDE mixes at SGD's rate. Beside runs of SGD there are runs
/// with another noise, from the same weights: normal noise of equal covariance (Euler-Maruyama of the SDE with SGD's
/// step), or SVAG, which tends to the SDE.
public final class OtherNoiseExperiment implements Experiment {
    private final Claim claim;
    private final NoiseComparison.Limits limits;
    private final Arm sgd;
    private final List<Arm> others = new ArrayList<>();

    /// @param arm the runs of SGD; the others differ in their noise alone
    /// @param others by name
    record Settings(ArmSettings arm, Map<String, Noise> others) {
        Settings {
            others = new LinkedHashMap<>(others);
        }
    }

    /// @param method an algorithm that trains networks, such as `ngd` or `svag`
    /// @param options its options by name
    /// @param groupSize runs that train side by side
    /// @param micros expected CPU microseconds of one step of one run
    record Noise(String method, @Default("{}") Map<String, Double> options, int groupSize, double micros) {
        Noise {
            require(groupSize >= 1, "group-size must be positive");
            try {
                optimiser(method, options);
            } catch (UserError e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
        }

        Arm.Mover mover(int number) {
            return new Arm.Mover(optimiser(method, options), number, groupSize, micros);
        }

        private static Optimiser optimiser(String method, Map<String, Double> options) {
            return new Optimiser(method, options, Optional.empty());
        }
    }

    public OtherNoiseExperiment(Claim claim, Context context) {
        this.claim = claim;
        limits = claim.limits(NoiseComparison.Limits.class);
        Settings settings = claim.settings(context.data(), context.scale(), Settings.class);
        sgd = new Arm("sgd", settings.arm(), context);
        settings.others().forEach((name, noise) -> others.add(sgd.with(name, noise.mover(others.size() + 1))));
    }

    private List<Arm> arms() {
        return Stream.concat(Stream.of(sgd), others.stream()).toList();
    }

    @Override
    public List<Unit> plan(Results done) {
        List<Unit> units = new ArrayList<>();
        arms().forEach(arm -> units.addAll(arm.plan(done)));
        return units;
    }

    @Override
    public ClaimResult analyse(Results done) {
        int blocks = sgd.settings().blocks();
        List<Prediction> main = new ArrayList<>();
        List<Prediction> laws = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        List<Chart> charts = new ArrayList<>();
        for (Arm arm : others) {
            List<NoiseComparison> comparisons = new ArrayList<>();
            List<Runs> ofOther = new ArrayList<>();
            List<Runs> ofSgd = new ArrayList<>();
            for (double rate : sgd.settings().rates()) {
                Runs a = sgd.runs(rate, done);
                Runs b = arm.runs(rate, done);
                NoiseComparison comparison = new NoiseComparison(arm.name(), a, b, blocks, limits);
                comparisons.add(comparison);
                ofSgd.add(a);
                ofOther.add(b);
                main.add(comparison.time());
                main.add(comparison.accuracy());
                laws.add(comparison.law());
                notes.add(arm.name() + ": " + Notes.state(b, sgd.equilibriumNorm(rate, done)));
                notes.addAll(Notes.divergence(b));
            }
            charts.addAll(NoiseCharts.of(arm.name(), ofSgd, ofOther, comparisons, blocks));
        }
        for (double rate : sgd.settings().rates()) {
            Runs a = sgd.runs(rate, done);
            notes.add("SGD: " + Notes.state(a, sgd.equilibriumNorm(rate, done)));
            notes.addAll(Notes.divergence(a));
        }
        Verdict verdict = Verdict.of(main, laws);
        List<Prediction> all = new ArrayList<>(main);
        all.addAll(laws);
        return new ClaimResult(claim, verdict, all, verdict.runsNeeded(all), notes, charts);
    }

    @Override
    public void writeRaw(Results done, Path folder) {
        RawLabels.write(folder, "labels-" + claim.name(), arms(), done);
    }
}
