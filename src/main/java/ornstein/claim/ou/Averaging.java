package ornstein.claim.ou;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import ornstein.claim.Prediction;
import ornstein.claim.Verdict;
import ornstein.stats.Estimate;
import ornstein.stats.Jackknife;

/// Whether the average of two points is better than both within a trajectory, and worse than both across
/// initialisations. Paired: each average is compared with its own two points. Intervals are by the jackknife that
/// leaves out one checkpoint and every pair that it is in.
public final class Averaging {
    /// Fewest pairs that a prediction is judged by.
    public static final int FEWEST_PAIRS = 20;

    private Averaging() {}

    /// A1: within a trajectory the average is better than both points.
    public static Prediction within(List<PairLoss> pairs) {
        return sign("A1", "mean of loss(average) - min(loss) within a trajectory", pairs, PairLoss::overBetter, -1);
    }

    /// A2: across initialisations the average does not improve on the better point.
    public static Prediction across(List<PairLoss> pairs) {
        return sign("A2", "mean of loss(average) - min(loss) across initialisations", pairs, PairLoss::overBetter, 1);
    }

    /// A3: across initialisations the average is worse than both points.
    public static Prediction worseThanBoth(List<PairLoss> pairs) {
        return sign("A3", "mean of loss(average) - max(loss) across initialisations", pairs, PairLoss::overWorse, 1);
    }

    /// Reproduced if all hold; A1 and A2 are the claim itself.
    public static Verdict verdict(Prediction within, Prediction across, Prediction worseThanBoth) {
        return Verdict.of(List.of(within, across), List.of(worseThanBoth));
    }

    /// The mean of a quantity of pairs over the pairs that lie among `checkpoints` checkpoints.
    public static Estimate mean(List<PairLoss> pairs, ToDoubleFunction<PairLoss> quantity) {
        int[] checkpoints = pairs.stream()
                .flatMapToInt(p -> java.util.stream.IntStream.of(p.first(), p.second()))
                .distinct()
                .sorted()
                .toArray();
        return Objects.requireNonNull(Jackknife.estimate(1, checkpoints.length, (stratum, group) -> {
            int left = group < 0 ? -1 : checkpoints[group];
            return pairs.stream()
                    .filter(p -> p.first() != left && p.second() != left)
                    .mapToDouble(quantity)
                    .average()
                    .orElse(Double.NaN);
        }));
    }

    private static Prediction sign(
            String name, String statement, List<PairLoss> pairs, ToDoubleFunction<PairLoss> quantity, int sign) {
        Estimate e = mean(pairs, quantity);
        String bound = sign > 0 ? "lower" : "upper";
        String text = String.format(
                Locale.ROOT,
                "%s bound of the %s %s 0, %d pairs",
                bound,
                statement,
                sign > 0 ? "above" : "below",
                pairs.size());
        boolean yes = sign > 0 ? e.lower() > 0 : e.upper() < 0;
        boolean no = sign > 0 ? e.upper() < 0 : e.lower() > 0;
        boolean enough = pairs.size() >= FEWEST_PAIRS;
        long needed = Math.max(FEWEST_PAIRS, e.runsToClear(0, pairs.size()));
        return Prediction.decided(name, text, 0, e, enough && yes, enough && no, needed);
    }
}
