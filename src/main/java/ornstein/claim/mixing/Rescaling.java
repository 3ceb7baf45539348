package ornstein.claim.mixing;

import static ornstein.spec.Require.require;

import java.util.List;
import java.util.stream.LongStream;
import ornstein.claim.Prediction;
import ornstein.claim.Results;
import ornstein.claim.TrainUnit;
import ornstein.train.Init;
import ornstein.train.Outcome;
import ornstein.train.Precision;
import ornstein.train.Probe;
import ornstein.train.ProbePlan;
import ornstein.train.Scale;
import ornstein.train.Schedule;
import ornstein.train.TrainSpec;

/// Whether `(eta, lambda, w0) -> (4 eta, lambda/4, 2 w0)` leaves every label as it is, run by run with the same
/// noise in 64-bit arithmetic: on a scale-invariant network an identity, to the last bit since the factors are
/// powers of two (Li & Arora 2019, arXiv:1910.07454). It tests the trainer, not the conjecture.
final class Rescaling {
    /// Both trainings use the same replica numbers, hence the same batches; no other unit uses these.
    private static final long FIRST_REPLICA = 900 * Arm.APART;

    private final Arm arm;
    private final Settings settings;

    /// @param rate lambda_e
    /// @param runs runs compared
    /// @param steps length in steps
    /// @param probes times at which labels are compared, evenly spaced
    record Settings(double rate, int runs, long steps, int probes) {
        Settings {
            require(
                    runs >= 1 && probes >= 1 && steps >= probes,
                    "exactness needs runs, probes and at least one step a probe");
        }
    }

    Rescaling(Arm arm, Settings settings) {
        this.arm = arm;
        this.settings = settings;
    }

    List<TrainUnit> plan() {
        return List.of(unit("exact", 1), unit("exact-rescaled", 2));
    }

    private TrainUnit unit(String name, double factor) {
        double eta = arm.settings().eta(settings.rate());
        double lambda = arm.settings().weightDecay();
        List<Long> steps = LongStream.rangeClosed(1, settings.probes())
                .map(i -> i * settings.steps() / settings.probes())
                .boxed()
                .toList();
        TrainSpec spec = arm.spec(
                Schedule.constant(factor * factor * eta),
                Schedule.constant(lambda / (factor * factor)),
                Precision.F64,
                new Init.Shared(0, new Scale.Absolute(factor)),
                FIRST_REPLICA,
                settings.runs(),
                settings.steps(),
                ProbePlan.predictions(steps));
        return arm.unit(name, spec);
    }

    Prediction prediction(Results done) {
        Outcome one = plan().get(0).outcome(done);
        Outcome other = plan().get(1).outcome(done);
        long different = 0;
        long compared = 0;
        for (int t = 0; t < one.probes().size(); t++) {
            Probe a = one.probes().get(t);
            Probe b = other.probes().get(t);
            for (int run = 0; run < one.replicas(); run++) {
                byte[] x = a.predictions(run);
                byte[] y = b.predictions(run);
                if (x == null || y == null) {
                    throw new IllegalStateException("a probe without predictions");
                }
                for (int i = 0; i < x.length; i++) {
                    different += x[i] == y[i] ? 0 : 1;
                    compared++;
                }
            }
        }
        return FastEquilibrium.exactness(different, compared);
    }
}
