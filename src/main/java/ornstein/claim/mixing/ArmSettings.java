package ornstein.claim.mixing;

import static ornstein.spec.Require.require;

import java.util.List;
import ornstein.method.Sampling;
import ornstein.spec.Default;
import ornstein.train.Precision;

/// One network on one data set, trained many times from several initialisations at several intrinsic learning rates
/// `lambda_e = eta lambda`. The weight decay is fixed: on a scale-invariant network only lambda_e and the norm at
/// the start, relative to its equilibrium, matter.
///
/// @param network name of a file in models/
/// @param train number of training examples
/// @param heldOut number of held-out examples, the inputs at which outputs are compared
/// @param batch examples in a batch
/// @param sampling how batches are drawn
/// @param precision of the arithmetic
/// @param labelNoise probability with which a label of a batch is drawn anew from all classes, at every step
/// @param weightDecay lambda
/// @param runs runs from each initialisation at each learning rate
/// @param groupSize runs that train side by side
/// @param norms one a initialisation: its norm over the predicted equilibrium norm
/// @param rates lambda_e, falling
/// @param doubled those of the rates that go on to twice the horizon
/// @param from,to first and last time lambda_e t of the probes
/// @param points probes between them, evenly spaced in the logarithm
/// @param pilotRuns runs of the pilot that estimates the equilibrium norm
/// @param pilotTime half of the pilot's length, in lambda_e t; the second half is averaged over
/// @param blocks jackknife blocks of an initialisation's runs
/// @param micros expected CPU microseconds of one step of one run
public record ArmSettings(
        String network,
        int train,
        int heldOut,
        int batch,
        @Default("iid") Sampling sampling,
        @Default("f32") Precision precision,
        @Default("0") double labelNoise,
        double weightDecay,
        int runs,
        int groupSize,
        List<Double> norms,
        List<Double> rates,
        List<Double> doubled,
        @Default("0.03") double from,
        @Default("6") double to,
        @Default("17") int points,
        @Default("4") int pilotRuns,
        @Default("1.5") double pilotTime,
        @Default("15") int blocks,
        double micros) {

    public ArmSettings {
        require(norms.size() >= 2, "norms need at least two initialisations, three or more to count as several");
        require(norms.stream().allMatch(norm -> norm > 0), "norms are positive, not " + norms);
        require(rates.stream().allMatch(rate -> rate > 0 && rate < .5), "rates lie between 0 and 0.5, not " + rates);
        require(rates.stream().distinct().count() == rates.size(), "rates are given twice: " + rates);
        require(rates.containsAll(doubled), "doubled has a rate that is none of the rates " + rates);
        require(blocks >= 2 && runs >= 2 * blocks, "runs must be at least 2 for each of the " + blocks + " blocks");
        require(0 < from && from < to && points >= 2, "from must be below to, with at least 2 points");
        require(weightDecay > 0, "weight-decay must be positive");
        require(
                groupSize >= 1 && pilotRuns >= 1 && pilotTime > 0,
                "group-size, pilot-runs and pilot-time are positive");
    }

    /// eta at an intrinsic learning rate.
    double eta(double rate) {
        return rate / weightDecay;
    }

    /// The steps at which a rate is probed: [Grid], and where its horizon is doubled four more times up to twice
    /// `to`.
    long[] steps(double rate) {
        List<Double> later =
                doubled.contains(rate) ? List.of(to * 8 / 6, to * 9.3 / 6, to * 10.6 / 6, to * 2) : List.of();
        return Grid.steps(rate, from, to, points, later);
    }
}
