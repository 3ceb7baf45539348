package ornstein.claim.mixing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import ornstein.stats.BlockMeans;
import ornstein.stats.LabelCounts;
import ornstein.stats.MixingCurve;
import ornstein.train.Divergence;
import ornstein.train.Outcome;
import ornstein.train.Probe;

/// The labels, clocks, norms and accuracies of all runs that stayed finite, of several groups (initialisations or
/// schedules) at the same times.
///
/// @param lambdaE intrinsic learning rate
/// @param steps the times
/// @param groups one a initialisation
/// @param classes number of labels
/// @param diverged runs that are left out
@SuppressWarnings("ArrayRecordComponent") // never compared
record Runs(double lambdaE, long[] steps, List<Group> groups, int classes, List<Divergence> diverged) {

    /// Runs of one group, by `[time][run]`.
    @SuppressWarnings("ArrayRecordComponent")
    record Group(byte[][][] labels, double[][] clock, double[][] norm, double[][] accuracy) {

        LabelCounts counts(int time, int classes, int blocks) {
            return LabelCounts.of(labels[time], classes, blocks);
        }

        int runs() {
            return clock[0].length;
        }
    }

    /// Collects the runs of some units into a group; the units' probes are at the same steps.
    static Group group(List<Outcome> outcomes, List<Divergence> diverged) {
        int times = outcomes.getFirst().probes().size();
        List<List<Probe>> probes = outcomes.stream().map(Outcome::probes).toList();
        List<int[]> finite = new ArrayList<>();
        for (int unit = 0; unit < outcomes.size(); unit++) {
            Outcome outcome = outcomes.get(unit);
            diverged.addAll(outcome.diverged());
            for (int r = 0; r < outcome.replicas(); r++) {
                if (outcome.finite(r)) {
                    finite.add(new int[] {unit, r});
                }
            }
        }
        int runs = finite.size();
        byte[][][] labels = new byte[times][runs][];
        double[][] clock = new double[times][runs];
        double[][] norm = new double[times][runs];
        double[][] accuracy = new double[times][runs];
        for (int run = 0; run < runs; run++) {
            for (int t = 0; t < times; t++) {
                Probe probe = probes.get(finite.get(run)[0]).get(t);
                int r = finite.get(run)[1];
                byte[] predictions = probe.predictions(r);
                if (predictions == null) {
                    throw new IllegalStateException("a probe without predictions");
                }
                labels[t][run] = predictions;
                clock[t][run] = probe.clock(r);
                norm[t][run] = probe.norm(r);
                accuracy[t][run] = probe.accuracy(r);
            }
        }
        return new Group(labels, clock, norm, accuracy);
    }

    LabelCounts[][] counts(int blocks) {
        LabelCounts[][] counts = new LabelCounts[groups.size()][steps.length];
        for (int a = 0; a < groups.size(); a++) {
            for (int t = 0; t < steps.length; t++) {
                counts[a][t] = groups.get(a).counts(t, classes, blocks);
            }
        }
        return counts;
    }

    /// The mixing curve on the measured clock s.
    MixingCurve curve(int blocks) {
        return curve(blocks, Group::clock);
    }

    /// The mixing curve on the clock of rotations, `ln(|w_k|/|w_0|) - k ln(1 - lambda_e)` at constant learning rate
    /// and weight decay without momentum. By the exact recursion of the norm it is `(1/2) sum ln(1 + x^2)`, where
    /// `x = eta |g|/((1 - eta lambda)|w|)` is the tangent of a step's rotation; s is its limit of small steps.
    MixingCurve rotationCurve(int blocks) {
        return curve(blocks, this::rotations);
    }

    /// The mixing curve on the time `lambda_e t`.
    MixingCurve timeCurve(int blocks) {
        return curve(blocks, group -> {
            double[][] clock = new double[steps.length][group.runs()];
            for (int t = 0; t < steps.length; t++) {
                Arrays.fill(clock[t], lambdaE * steps[t]);
            }
            return clock;
        });
    }

    private double[][] rotations(Group group) {
        double[][] clock = new double[steps.length][group.runs()];
        for (int t = 0; t < steps.length; t++) {
            for (int run = 0; run < group.runs(); run++) {
                clock[t][run] = Math.log(group.norm()[t][run] / group.norm()[0][run]) - steps[t] * Math.log1p(-lambdaE);
            }
        }
        return clock;
    }

    private MixingCurve curve(int blocks, Function<Group, double[][]> clock) {
        BlockMeans[][] clocks = new BlockMeans[groups.size()][steps.length];
        for (int a = 0; a < groups.size(); a++) {
            double[][] values = clock.apply(groups.get(a));
            for (int t = 0; t < steps.length; t++) {
                clocks[a][t] = new BlockMeans(values[t], blocks);
            }
        }
        return MixingCurve.of(lambdaE, steps, counts(blocks), clocks);
    }
}
