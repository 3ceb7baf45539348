package ornstein.claim.mixing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import ornstein.claim.Results;
import ornstein.claim.TrainUnit;
import ornstein.train.Divergence;
import ornstein.train.Init;
import ornstein.train.Outcome;
import ornstein.train.ProbePlan;
import ornstein.train.Scale;
import ornstein.train.Schedule;
import ornstein.train.TrainSpec;

/// Schedules of different learning rate and weight decay whose intrinsic rate becomes equal at one step, and how
/// their label laws come together after it: the experiment of Li, Lyu & Arora 2020 (arXiv:2010.02916) with three
/// schedules.
final class Switch {
    private static final long FIRST_CONFIGURATION = 800;

    private final Arm arm;
    private final Settings settings;

    /// @param rate lambda_e of all schedules after the switch; one of the arm's rates
    /// @param before time of the switch in units of 1/rate
    /// @param runs runs a schedule
    /// @param schedules each starts from the same weights, at the equilibrium norm of `rate`
    record Settings(double rate, double before, int runs, List<Leg> schedules) {
        Settings {
            schedules = List.copyOf(schedules);
            for (Leg leg : schedules) {
                double after = leg.eta().get(1) * leg.weightDecay().get(1);
                if (Math.abs(after - rate) > 1e-9 * rate) {
                    throw new IllegalArgumentException(
                            "schedules must end at lambda_e = " + rate + "; '" + leg.name() + "' ends at " + after);
                }
            }
        }
    }

    /// @param eta,weightDecay before and after the switch
    record Leg(String name, List<Double> eta, List<Double> weightDecay) {
        Leg {
            if (eta.size() != 2 || weightDecay.size() != 2) {
                throw new IllegalArgumentException("eta and weight-decay are [before, after] in the schedule " + name);
            }
        }
    }

    Switch(Arm arm, Settings settings) {
        this.arm = arm;
        this.settings = settings;
    }

    Settings settings() {
        return settings;
    }

    /// The step of the switch.
    long at() {
        return Math.round(settings.before() / settings.rate());
    }

    /// Steps after the switch at which labels are compared, and the switch itself.
    long[] steps() {
        ArmSettings a = arm.settings();
        return Grid.steps(settings.rate(), a.from(), a.to(), a.points(), List.of());
    }

    List<TrainUnit> plan(Results done) {
        return arm.pilotDone(settings.rate(), done)
                ? settings.schedules().stream().flatMap(leg -> units(leg, done)).toList()
                : List.of();
    }

    private Stream<TrainUnit> units(Leg leg, Results done) {
        double norm = arm.equilibriumNorm(settings.rate(), done);
        List<Long> steps =
                Arrays.stream(steps()).map(step -> step + at()).boxed().toList();
        int number = settings.schedules().indexOf(leg);
        TrainSpec spec = arm.spec(
                schedule(leg.eta()),
                schedule(leg.weightDecay()),
                arm.settings().precision(),
                new Init.Shared(0, new Scale.Absolute(norm)),
                Arm.APART * (FIRST_CONFIGURATION + number),
                settings.runs(),
                steps.getLast(),
                ProbePlan.predictions(steps));
        return spec.split(settings.runs(), arm.settings().groupSize()).stream()
                .map(group -> arm.unit("schedule-" + number + "-" + group.firstReplica() % Arm.APART, group));
    }

    private Schedule schedule(List<Double> values) {
        return new Schedule(List.of(new Schedule.Piece(0, values.get(0)), new Schedule.Piece(at(), values.get(1))));
    }

    /// The runs of all schedules, a group a schedule, times counted from the switch.
    Runs runs(Results done) {
        List<Divergence> diverged = new ArrayList<>();
        List<Runs.Group> groups = new ArrayList<>();
        for (Leg leg : settings.schedules()) {
            List<Outcome> outcomes =
                    units(leg, done).map(unit -> unit.outcome(done)).toList();
            groups.add(Runs.group(outcomes, diverged));
        }
        return new Runs(settings.rate(), steps(), groups, arm.data().classes(), diverged);
    }
}
