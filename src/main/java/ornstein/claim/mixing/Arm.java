package ornstein.claim.mixing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import ornstein.claim.Context;
import ornstein.claim.Results;
import ornstein.claim.TrainUnit;
import ornstein.spec.UserError;
import ornstein.stats.MixingCurve;
import ornstein.stats.NormEquilibrium;
import ornstein.train.Divergence;
import ornstein.train.Init;
import ornstein.train.NetworkSpec;
import ornstein.train.Optimiser;
import ornstein.train.Outcome;
import ornstein.train.Precision;
import ornstein.train.Probe;
import ornstein.train.ProbePlan;
import ornstein.train.Scale;
import ornstein.train.Schedule;
import ornstein.train.TrainSpec;
import ornstein.train.data.DataSpec;
import ornstein.train.data.Dataset;

/// The units of one arm of an experiment, and the mixing curves they give. First a pilot a learning rate, which
/// predicts the equilibrium norm; then the runs from each initialisation at that norm times a factor.
final class Arm {
    /// Replicas of different configurations of an arm are numbered this far apart, so that their noise is
    /// independent.
    static final long APART = 1_000_000;

    /// Configurations of different movers are numbered this far apart.
    private static final long CONFIGURATIONS = 100;

    /// Parts of each half of a pilot.
    private static final int PILOT_PARTS = 16;

    private final String name;
    private final String pilots;
    private final ArmSettings settings;
    private final Mover mover;
    private final Context context;
    private final NetworkSpec network;
    private final DataSpec dataSpec;

    /// What moves the weights of an arm's runs; its pilots are of SGD.
    ///
    /// @param number of the mover in its experiment; runs of different movers have independent noise
    /// @param groupSize runs that train side by side
    /// @param micros expected CPU microseconds of one step of one run
    record Mover(Optimiser optimiser, int number, int groupSize, double micros) {}

    /// An arm trained by SGD.
    Arm(String name, ArmSettings settings, Context context) {
        this(name, name, settings, new Mover(Optimiser.SGD, 0, settings.groupSize(), settings.micros()), context);
    }

    private Arm(String name, String pilots, ArmSettings settings, Mover mover, Context context) {
        this.name = name;
        this.pilots = pilots;
        this.settings = settings;
        this.mover = mover;
        this.context = context;
        network = NetworkSpec.read(Path.of(settings.network()));
        dataSpec = context.uses(new DataSpec(context.data(), settings.train(), settings.heldOut(), context.seed()));
    }

    /// The same with another mover, from the same norms: the pilots are shared.
    Arm with(String other, Mover otherMover) {
        return new Arm(other, pilots, settings, otherMover, context);
    }

    String name() {
        return name;
    }

    ArmSettings settings() {
        return settings;
    }

    Dataset data() {
        return context.dataset(dataSpec);
    }

    /// Pilots, and the runs of every rate whose pilot is done.
    List<TrainUnit> plan(Results done) {
        List<TrainUnit> units = new ArrayList<>();
        for (double rate : settings.rates()) {
            TrainUnit pilot = pilot(rate);
            units.add(pilot);
            if (done.has(pilot)) {
                double equilibrium = equilibriumNorm(rate, done);
                for (int init = 0; init < settings.norms().size(); init++) {
                    units.addAll(runs(rate, init, equilibrium));
                }
            }
        }
        return units;
    }

    boolean pilotDone(double rate, Results done) {
        return done.has(pilot(rate));
    }

    private TrainUnit pilot(double rate) {
        long part = Math.max(1, Math.round(settings.pilotTime() / rate / PILOT_PARTS));
        List<Long> steps = LongStream.rangeClosed(PILOT_PARTS, 2 * PILOT_PARTS)
                .map(i -> i * part)
                .boxed()
                .toList();
        ProbePlan probes = new ProbePlan(steps, false, false, false, false, false, List.of());
        long first =
                APART * (settings.rates().indexOf(rate) + 1) * (settings.norms().size() + 1);
        Init init = new Init.Shared(0, Scale.NATURAL);
        TrainSpec spec = spec(rate, init, first, settings.pilotRuns(), steps.getLast(), probes);
        return unit(pilots + "-pilot-" + rate, spec, settings.micros());
    }

    /// The norm at which decay and growth balance, `r^4 = eta E|gbar|^2/(lambda (2 - eta lambda))`, where the
    /// gradient on the sphere, `|gbar|^2 = |w|^2 |g|^2`, is averaged over the second half of the pilot. It comes
    /// from the clock: `|gbar|^2 = |w|^4 (2/eta^2) ds/dk`.
    double equilibriumNorm(double rate, Results done) {
        Outcome outcome = pilot(rate).outcome(done);
        double eta = settings.eta(rate);
        double sum = 0;
        int count = 0;
        for (int r = 0; r < outcome.replicas(); r++) {
            for (int i = 1; outcome.finite(r) && i < outcome.probes().size(); i++) {
                Probe before = outcome.probes().get(i - 1);
                Probe after = outcome.probes().get(i);
                double perStep = (after.clock(r) - before.clock(r)) / (after.step() - before.step());
                double norm4 = (Math.pow(before.norm(r), 4) + Math.pow(after.norm(r), 4)) / 2;
                sum += norm4 * 2 / (eta * eta) * perStep;
                count++;
            }
        }
        if (count == 0) {
            throw new UserError("every run of the pilot at lambda_e = " + rate + " diverged; the learning rate " + eta
                    + " is too large for " + settings.network() + ": give a larger weight-decay");
        }
        return new NormEquilibrium(eta, settings.weightDecay(), 0).norm(sum / count);
    }

    private List<TrainUnit> runs(double rate, int init, double equilibrium) {
        long stretch = mover.optimiser().stepsAsOne();
        List<Long> steps = Arrays.stream(settings.steps(rate))
                .map(step -> stretch * step)
                .boxed()
                .toList();
        int configuration = settings.rates().indexOf(rate) * settings.norms().size() + init;
        Scale scale = new Scale.Absolute(settings.norms().get(init) * equilibrium);
        TrainSpec all = spec(
                        rate,
                        new Init.Shared(init, scale),
                        APART * (CONFIGURATIONS * mover.number() + configuration),
                        settings.runs(),
                        steps.getLast(),
                        ProbePlan.predictions(steps))
                .withOptimiser(mover.optimiser());
        List<TrainUnit> units = new ArrayList<>();
        for (TrainSpec group : all.split(settings.runs(), mover.groupSize())) {
            String what = rate + "-" + init + "-" + group.firstReplica() % APART;
            units.add(unit(name + "-" + what, group, mover.micros()));
        }
        return units;
    }

    /// A spec of this arm at constant rates.
    TrainSpec spec(double rate, Init init, long firstReplica, int replicas, long steps, ProbePlan probes) {
        return spec(
                Schedule.constant(settings.eta(rate)),
                Schedule.constant(settings.weightDecay()),
                settings.precision(),
                init,
                firstReplica,
                replicas,
                steps,
                probes);
    }

    TrainSpec spec(
            Schedule eta,
            Schedule lambda,
            Precision precision,
            Init init,
            long firstReplica,
            int replicas,
            long steps,
            ProbePlan probes) {
        return new TrainSpec(
                network,
                precision,
                dataSpec,
                eta,
                lambda,
                0,
                settings.batch(),
                settings.sampling(),
                settings.labelNoise(),
                init,
                context.seed(),
                firstReplica,
                replicas,
                steps,
                probes);
    }

    TrainUnit unit(String what, TrainSpec spec) {
        return unit(name + "-" + what, spec, settings.micros());
    }

    private TrainUnit unit(String unit, TrainSpec spec, double micros) {
        double cost = 1e-6 * micros * spec.replicas() * spec.steps();
        return new TrainUnit(unit, spec, data(), cost);
    }

    /// All runs at a rate, their times in steps of SGD.
    Runs runs(double rate, Results done) {
        List<Divergence> diverged = new ArrayList<>();
        List<Runs.Group> groups = new ArrayList<>();
        double equilibrium = equilibriumNorm(rate, done);
        for (int init = 0; init < settings.norms().size(); init++) {
            List<Outcome> outcomes = runs(rate, init, equilibrium).stream()
                    .map(unit -> unit.outcome(done))
                    .toList();
            groups.add(Runs.group(outcomes, diverged));
        }
        return new Runs(rate, settings.steps(rate), groups, data().classes(), diverged);
    }

    /// A curve a rate.
    List<MixingCurve> curves(Results done) {
        return settings.rates().stream()
                .map(rate -> runs(rate, done).curve(settings.blocks()))
                .toList();
    }
}
