package ornstein.claim.norm;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import ornstein.claim.Claim;
import ornstein.claim.Context;
import ornstein.claim.TrainUnit;
import ornstein.train.Init;
import ornstein.train.NetworkSpec;
import ornstein.train.Precision;
import ornstein.train.ProbePlan;
import ornstein.train.Scale;
import ornstein.train.Schedule;
import ornstein.train.TrainSpec;
import ornstein.train.data.DataSpec;
import ornstein.train.data.Dataset;

/// The units behind the claims on norms: runs of plain SGD with a trace of the noise, runs with momentum, and one
/// short run in double precision whose every step is kept.
final class NormRuns {
    private final NormSettings settings;
    private final NetworkSpec network;
    private final DataSpec dataSpec;
    private final Context context;

    NormRuns(Claim claim, Context context) {
        this.context = context;
        settings = claim.settings(context.data(), context.scale(), NormSettings.class);
        network = NetworkSpec.read(Path.of(settings.network()));
        dataSpec = context.uses(new DataSpec(context.data(), settings.train(), 0, context.seed()));
    }

    NormSettings settings() {
        return settings;
    }

    NormUnit sgd() {
        return unit("sgd", 0, settings.eta(), settings.trace());
    }

    NormUnit momentum() {
        return unit("momentum", settings.momentum(), settings.theory(true).eta(), List.of());
    }

    TrainUnit replay() {
        ProbePlan probes = new ProbePlan(List.of(), false, false, false, false, true, List.of());
        TrainSpec spec = spec(Precision.F64, 0, settings.eta(), 2, settings.steps(settings.equilibrate()), probes);
        return new TrainUnit("replay", spec, data(), 2 * cost(spec));
    }

    private NormUnit unit(String name, double momentum, double eta, List<Long> trace) {
        long from = settings.steps(settings.equilibrate());
        long to = settings.steps(settings.equilibrate() + settings.window());
        TreeSet<Long> steps = new TreeSet<>(trace);
        steps.add(settings.steps(settings.equilibrate() / 2));
        steps.add(from);
        steps.add(to);
        ProbePlan probes = new ProbePlan(List.copyOf(steps), false, false, false, true, false, trace);
        TrainSpec spec = spec(settings.precision(), momentum, eta, settings.replicas(), to, probes);
        double noise = 2e-6 * settings.micros() * settings.replicas() * trace.size() * settings.pairs() * 2;
        return new NormUnit(name, new NormUnit.Spec(spec, from, settings.pairs()), data(), cost(spec) + noise);
    }

    private double cost(TrainSpec spec) {
        return 1e-6 * settings.micros() * spec.replicas() * spec.steps();
    }

    private Dataset data() {
        return context.dataset(dataSpec);
    }

    private TrainSpec spec(
            Precision precision, double momentum, double eta, int replicas, long steps, ProbePlan probes) {
        return new TrainSpec(
                network,
                precision,
                dataSpec,
                Schedule.constant(eta),
                Schedule.constant(settings.weightDecay()),
                momentum,
                settings.batch(),
                settings.sampling(),
                0,
                new Init.PerReplica(0, new Scale.Factor(settings.startNorm())),
                context.seed(),
                0,
                replicas,
                steps,
                probes);
    }
}
