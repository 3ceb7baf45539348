package ornstein.claim.ou;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import ornstein.claim.Claim;
import ornstein.claim.Context;
import ornstein.claim.Results;
import ornstein.claim.TrainUnit;
import ornstein.claim.Unit;
import ornstein.spec.UserError;
import ornstein.train.Init;
import ornstein.train.NetworkSpec;
import ornstein.train.Outcome;
import ornstein.train.ProbePlan;
import ornstein.train.Scale;
import ornstein.train.Schedule;
import ornstein.train.TrainSpec;
import ornstein.train.data.DataSpec;
import ornstein.train.data.Dataset;

/// The units behind the claims on distances between weights: one trains the checkpoints, one for each checkpoint
/// its siblings, and one compares checkpoints.
final class OuRuns {
    private final OuSettings settings;
    private final NetworkSpec network;
    private final DataSpec dataSpec;
    private final Context context;

    OuRuns(Claim claim, Context context) {
        this.context = context;
        settings = claim.settings(context.data(), context.scale(), OuSettings.class);
        network = NetworkSpec.read(Path.of(settings.network()));
        dataSpec = context.uses(new DataSpec(context.data(), settings.train(), settings.heldOut(), context.seed()));
    }

    OuSettings settings() {
        return settings;
    }

    List<Unit> plan(Results done) {
        TrainUnit start = start();
        List<Unit> units = new ArrayList<>(List.of(start));
        if (done.has(start)) {
            List<ForkUnit> forks = forks(done);
            units.addAll(forks);
            if (forks.stream().allMatch(done::has)) {
                units.add(across(forks, done));
            }
        }
        return units;
    }

    /// Replica `c` is the checkpoint `c`.
    private TrainUnit start() {
        long steps = settings.startSteps().getFirst();
        ProbePlan probes = new ProbePlan(List.of(steps), true, false, false, false, false, List.of(steps));
        TrainSpec spec = spec(new Init.PerReplica(0, Scale.NATURAL), 0, settings.checkpoints(), steps, probes);
        return new TrainUnit("start", spec, data(), cost(spec));
    }

    private List<ForkUnit> forks(Results done) {
        Outcome outcome = start().outcome(done);
        List<ForkUnit> forks = IntStream.range(0, settings.checkpoints())
                .filter(outcome::finite)
                .mapToObj(checkpoint -> fork(checkpoint, outcome))
                .toList();
        if (forks.size() < 2) {
            throw new UserError("fewer than two checkpoints stayed finite; the learning rate " + settings.eta()
                    + " is too large for " + settings.network());
        }
        return forks;
    }

    /// Siblings have replica numbers that no checkpoint and no other sibling has, so their noise is their own.
    private ForkUnit fork(int checkpoint, Outcome outcome) {
        List<Long> starts = settings.startSteps();
        long fork = starts.getFirst();
        List<Long> steps = SiblingDistances.steps(starts, settings.lagSteps()).stream()
                .map(step -> step - fork)
                .toList();
        ProbePlan probes = new ProbePlan(steps, false, false, false, false, false, steps);
        Init init = new Init.Fork(outcome.snapshotFile(fork), checkpoint);
        long first = settings.checkpoints() + (long) checkpoint * settings.siblings();
        TrainSpec training = spec(init, first, settings.siblings(), steps.getLast(), probes);
        ForkUnit.Spec spec = new ForkUnit.Spec(checkpoint, start().spec(), settings);
        return new ForkUnit("fork-" + checkpoint, spec, training, data(), 1.25 * cost(training));
    }

    private AcrossUnit across(List<ForkUnit> forks, Results done) {
        List<Integer> numbers =
                forks.stream().map(fork -> fork.spec().checkpoint()).toList();
        AcrossUnit.Spec spec = new AcrossUnit.Spec(numbers, start().spec(), settings);
        AcrossUnit.Weights weights = checkpoint -> {
            ForkUnit fork = forks.get(numbers.indexOf(checkpoint));
            return fork.points(done.folder(fork));
        };
        return new AcrossUnit("across", spec, weights, data(), 0.02 * cost(start().spec()));
    }

    /// One a checkpoint that stayed finite.
    List<ForkResult> results(Results done) {
        return forks(done).stream()
                .map(fork -> ForkUnit.read(done.folder(fork)))
                .toList();
    }

    AcrossResult acrossResult(Results done) {
        return AcrossUnit.read(done.folder(across(forks(done), done)));
    }

    /// Held-out accuracy of the checkpoints, mean.
    double accuracy(Results done) {
        Outcome outcome = start().outcome(done);
        return IntStream.range(0, outcome.replicas())
                .filter(outcome::finite)
                .mapToDouble(outcome.probes().getFirst()::accuracy)
                .average()
                .orElseThrow();
    }

    private Dataset data() {
        return context.dataset(dataSpec);
    }

    private double cost(TrainSpec spec) {
        return 1e-6 * settings.micros() * spec.replicas() * spec.steps();
    }

    private TrainSpec spec(Init init, long firstReplica, int replicas, long steps, ProbePlan probes) {
        return new TrainSpec(
                network,
                settings.precision(),
                dataSpec,
                Schedule.constant(settings.eta()),
                Schedule.constant(settings.weightDecay()),
                0,
                settings.batch(),
                settings.sampling(),
                0,
                init,
                context.seed(),
                firstReplica,
                replicas,
                steps,
                probes);
    }
}
