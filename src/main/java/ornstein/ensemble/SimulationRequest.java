package ornstein.ensemble;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import ornstein.kernel.Precision;
import ornstein.method.Method;
import ornstein.method.Methods;
import ornstein.method.Motion;
import ornstein.method.Option;
import ornstein.method.Sampling;
import ornstein.method.Settings;
import ornstein.method.Step;
import ornstein.model.Model;
import ornstein.spec.Decimal;
import ornstein.spec.UserError;
import ornstein.stats.chart.Clock;

/// What a user asks of a simulation; [#resolve] fills in the defaults and refuses what does not fit.
///
/// @param method name of the method
/// @param dt the step size of an equation or a limit
/// @param eta the learning rate of an algorithm, or of the algorithm that a limit is of
/// @param until the last time: gradient time, whatever the clock
/// @param steps the number of steps
/// @param save saved times besides the start, at most
/// @param numbers options of the method by name
/// @param of the algorithm that a limit is of
/// @param lags in units of the clock
/// @param clock of reported times; empty: steps for an algorithm, gradient time for an equation
/// @param histogram whether the distributions of all coordinates at the end are wanted, rather than of the first few
public record SimulationRequest(
        Model model,
        String method,
        long seed,
        long firstPath,
        long paths,
        OptionalDouble dt,
        OptionalDouble eta,
        OptionalDouble until,
        OptionalLong steps,
        long save,
        Precision precision,
        Map<String, Double> numbers,
        Sampling sampling,
        Optional<String> of,
        List<Double> lags,
        Optional<Clock> clock,
        boolean histogram) {
    public static final double DEFAULT_DT = 0.01;
    public static final double DEFAULT_ETA = 0.1;
    public static final double DEFAULT_UNTIL = 1;
    public static final long DEFAULT_STEPS = 1000;

    /// Coordinates whose distributions are drawn when not all are asked for.
    private static final int DRAWN = 4;

    /// How far a number of steps may be from a whole one, relatively.
    private static final double WHOLE = 1e-9;

    /// Steps and their size.
    private record Run(long steps, double size) {}

    /// @throws UserError if something asked for does not fit
    public Simulation resolve() {
        Method known = Methods.named(method);
        known.check(model);
        boolean algorithm = known.kind() == Method.Kind.ALGORITHM;
        check("--paths", paths);
        check("--save", save);
        if (firstPath < 0 || firstPath > EnsembleSpec.MOST - paths) {
            throw new UserError(
                    "--first-path " + firstPath + ": must be from 0, with all paths below " + EnsembleSpec.MOST);
        }
        if (known.kind() == Method.Kind.INTEGRATOR && eta.isPresent()) {
            throw new UserError("--eta " + Decimal.text(eta.getAsDouble()) + ": " + method
                    + " integrates an sde; its step size is --dt");
        }
        if (known.kind() == Method.Kind.INTEGRATOR && sampling != Sampling.IID) {
            throw new UserError("--sampling " + sampling.name().toLowerCase(Locale.ROOT) + ": " + method
                    + " integrates an sde, which has no batches; leave it out");
        }
        Run run = algorithm ? algorithm(known) : integrator();
        check("--steps", run.steps());
        Settings settings = new Settings(run.size(), numbers(known), sampling, of(known));
        Motion step = known.motion(model, settings);
        if (!(step instanceof Step) && precision != Precision.F64) {
            throw new UserError("--precision " + precision.name().toLowerCase(Locale.ROOT) + ": " + method
                    + " is computed on the host, in f64");
        }
        Clock counted = clock.orElse(algorithm ? Clock.STEPS : Clock.GRADIENT);
        double perStep = new Simulation.Scales(known, settings).perStep(counted);
        if (!(perStep > 0) && known.kind() == Method.Kind.INTEGRATOR) {
            throw new UserError(
                    "--clock " + counted.id() + ": an sde has no weight decay; take steps, gradient or slow");
        }
        if (!(perStep > 0)) {
            throw new UserError("--clock " + counted.id() + ": lambda is 0, so that this time stands still; give"
                    + " --lambda, or another clock");
        }
        EnsembleSpec spec = new EnsembleSpec(
                step,
                model.start(),
                new LinkedHashMap<>(model.observables()),
                precision,
                seed,
                firstPath,
                paths,
                run.steps(),
                EnsembleSpec.saves(run.steps(), save),
                lags(run.steps(), perStep),
                histogram ? model.dimension() : Math.min(DRAWN, model.dimension()));
        return new Simulation(model, known, settings, counted, spec);
    }

    private Map<String, Double> numbers(Method known) {
        if (known.kind() != Method.Kind.LIMIT) return numbers;
        Map<String, Double> all = new LinkedHashMap<>(numbers);
        all.put(Option.ETA.name(), eta.orElse(Option.ETA.initial()));
        return all;
    }

    private Optional<String> of(Method known) {
        if (known.kind() == Method.Kind.LIMIT)
            return Optional.of(of.orElse(known.about().of().getFirst()));
        if (of.isPresent()) {
            throw new UserError(
                    "--of " + of.get() + ": " + known.name() + " is no limit of an algorithm; leave it out");
        }
        return of;
    }

    private static void check(String option, long count) {
        if (count < 1 || count > EnsembleSpec.MOST) {
            throw new UserError(option + " " + count + ": must be from 1 to " + EnsembleSpec.MOST);
        }
    }

    private Run algorithm(Method known) {
        if (dt.isPresent()) {
            throw new UserError("--dt " + Decimal.text(dt.getAsDouble()) + ": " + method
                    + " is an algorithm; its step size is --eta");
        }
        double eta = size(this.eta, DEFAULT_ETA, "--eta");
        if (until.isEmpty()) return new Run(steps.orElse(DEFAULT_STEPS), eta);
        if (steps.isPresent()) throw new UserError("give --steps or --until, not both");
        double perStep = eta * known.clockSteps(new Settings(eta, numbers, sampling, Optional.empty()));
        double count = time() / perStep;
        if (Math.abs(count - Math.rint(count)) > WHOLE * count) {
            throw new UserError("--until " + Decimal.text(time()) + " is " + Decimal.text(count) + " steps of "
                    + Decimal.text(perStep)
                    + "; give a whole number, or --steps");
        }
        return new Run(whole(count), eta);
    }

    /// With a step size and a time, the step is made a little smaller where that takes for a whole number of steps.
    private Run integrator() {
        if (steps.isPresent()) {
            if (until.isEmpty()) return new Run(steps.getAsLong(), size(dt, DEFAULT_DT, "--dt"));
            if (dt.isPresent()) throw new UserError("give two of --dt, --steps and --until, not all three");
            check("--steps", steps.getAsLong());
            return new Run(steps.getAsLong(), time() / steps.getAsLong());
        }
        double dt = size(this.dt, DEFAULT_DT, "--dt");
        double count = time() / dt;
        long rounded = whole(Math.abs(count - Math.rint(count)) <= WHOLE * count ? Math.rint(count) : Math.ceil(count));
        return new Run(rounded, rounded == count ? dt : time() / rounded);
    }

    private static double size(OptionalDouble given, double otherwise, String option) {
        double size = given.orElse(otherwise);
        if (!(size > 0) || Double.isInfinite(size)) {
            throw new UserError(option + " " + Decimal.text(size) + ": must be positive and finite");
        }
        return size;
    }

    private double time() {
        double time = until.orElse(DEFAULT_UNTIL);
        if (!(time > 0) || Double.isInfinite(time)) {
            throw new UserError("--until " + Decimal.text(time) + ": must be positive and finite");
        }
        return time;
    }

    private long whole(double steps) {
        if (!(steps >= 1 - WHOLE && steps <= EnsembleSpec.MOST)) {
            throw new UserError("--until " + Decimal.text(time()) + ": that takes " + Decimal.text(steps)
                    + " steps; there may be 1 to " + Decimal.text(EnsembleSpec.MOST) + ": give another step size");
        }
        return Math.max(1, Math.round(steps));
    }

    private List<Long> lags(long last, double perStep) {
        List<Long> counts = new ArrayList<>();
        for (double lag : lags) {
            double count = lag / perStep;
            double nearest = Math.rint(count);
            if (!(nearest >= 1 && nearest <= last) || Math.abs(count - nearest) > 1e-6 * nearest) {
                throw new UserError("--lags " + Decimal.text(lag) + ": must be a whole number of steps from 1 to "
                        + last + ", in units of the clock, of which a step is " + Decimal.text(perStep));
            }
            if (counts.contains((long) nearest)) throw new UserError("--lags " + Decimal.text(lag) + " is given twice");
            counts.add((long) nearest);
        }
        return counts;
    }
}
