package ornstein.claim.norm;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import ornstein.stats.Estimate;
import ornstein.stats.Jackknife;
import ornstein.stats.NormEquilibrium;
import ornstein.stats.NormPath;

/// Norms along training beside the gradients that theory needs to predict them, `[replica][group][time]`.
///
/// @param steps the times, ascending
/// @param norm2 `|w|^2`
/// @param noise `Tr Sigma` of the minibatch gradient on the unit sphere (times `|w|^2`), estimated from batches
///     that training did not use
/// @param drift `|grad L|^2` on the unit sphere, likewise unbiased
public record NormTrace(
        List<Long> steps,
        List<List<List<Double>>> norm2,
        List<List<List<Double>>> noise,
        List<List<List<Double>>> drift) {
    public NormTrace {
        steps = List.copyOf(steps);
        norm2 = List.copyOf(norm2);
        noise = List.copyOf(noise);
        drift = List.copyOf(drift);
    }

    /// Sum over groups of `|w|^4`, predicted over measured: predicted from the start and the gradients alone.
    ///
    /// @param withDrift whether the mean gradient counts, as it does for SGD and does not for the SDE
    Ratios predictedOverMeasured(double eta, double lambda, boolean withDrift) {
        double[][] predicted = new double[norm2.size()][steps.size()];
        double[][] measured = new double[norm2.size()][steps.size()];
        for (int r = 0; r < norm2.size(); r++) {
            for (int g = 0; g < norm2.get(r).size(); g++) {
                double[] path = path(r, g, eta, lambda, withDrift);
                for (int i = 0; i < path.length; i++) {
                    double square = norm2.get(r).get(g).get(i);
                    predicted[r][i] += path[i];
                    measured[r][i] += square * square;
                }
            }
        }
        return new Ratios(steps, predicted, measured);
    }

    /// Predicted over measured, of the sums over replicas, with delete-one-replica jackknife errors.
    static final class Ratios {
        private final List<Long> steps;
        private final double[][] predicted;
        private final double[][] measured;

        private Ratios(List<Long> steps, double[][] predicted, double[][] measured) {
            this.steps = steps;
            this.predicted = predicted;
            this.measured = measured;
        }

        /// At one time, by its place.
        Estimate at(int time) {
            return mean(time, time + 1);
        }

        /// Mean over the times at steps `from` to `to`.
        Estimate between(long from, long to) {
            int first = 0;
            while (steps.get(first) < from) {
                first++;
            }
            int end = first;
            while (end < steps.size() && steps.get(end) <= to) {
                end++;
            }
            return mean(first, end);
        }

        /// At the time at which it is farthest from 1.
        Estimate worst() {
            return IntStream.range(0, steps.size())
                    .mapToObj(this::at)
                    .max(Comparator.comparingDouble(e -> Math.abs(e.value() - 1)))
                    .orElseThrow();
        }

        List<Estimate> all() {
            return IntStream.range(0, steps.size()).mapToObj(this::at).toList();
        }

        private Estimate mean(int from, int to) {
            return Objects.requireNonNull(Jackknife.estimate(1, predicted.length, (stratum, left) -> {
                double mean = 0;
                for (int i = from; i < to; i++) {
                    double above = 0;
                    double below = 0;
                    for (int r = 0; r < predicted.length; r++) {
                        above += r == left ? 0 : predicted[r][i];
                        below += r == left ? 0 : measured[r][i];
                    }
                    mean += above / below / (to - from);
                }
                return mean;
            }));
        }
    }

    /// Sum over groups of `|w|^4` at each time, mean over replicas.
    double[] meanFourthPower() {
        return meanOfSum(
                (r, g, i) -> norm2.get(r).get(g).get(i) * norm2.get(r).get(g).get(i));
    }

    /// What [#meanFourthPower] would come to if the noise stayed as it is at each time.
    double[] equilibrium(NormEquilibrium theory) {
        return meanOfSum((r, g, i) -> theory.squaredRatio()
                * (noise.get(r).get(g).get(i) + drift.get(r).get(g).get(i)));
    }

    @FunctionalInterface
    private interface Entry {
        double at(int replica, int group, int time);
    }

    private double[] meanOfSum(Entry entry) {
        double[] mean = new double[steps.size()];
        for (int r = 0; r < norm2.size(); r++) {
            for (int g = 0; g < norm2.get(r).size(); g++) {
                for (int i = 0; i < mean.length; i++) {
                    mean[i] += entry.at(r, g, i) / norm2.size();
                }
            }
        }
        return mean;
    }

    /// `|w|^4` of one group at each time as predicted from its start and its gradients.
    double[] path(int replica, int group, double eta, double lambda, boolean withDrift) {
        double[] sphere = new double[steps.size()];
        for (int i = 0; i < sphere.length; i++) {
            sphere[i] = noise.get(replica).get(group).get(i)
                    + (withDrift ? drift.get(replica).get(group).get(i) : 0);
        }
        double start = norm2.get(replica).get(group).getFirst();
        long[] times = steps.stream().mapToLong(Long::longValue).toArray();
        return NormPath.fourthPower(start * start, times, sphere, eta, lambda);
    }
}
