package ornstein.claim.ou;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;
import ornstein.claim.Prediction;
import ornstein.claim.Verdict;
import ornstein.claim.Written;
import ornstein.stats.Estimate;
import ornstein.stats.Interval;
import ornstein.stats.Jackknife;

/// Whether the distances between weights refute every stationary Ornstein-Uhlenbeck process with weight decay, from
/// the distances of independent checkpoints.
///
/// `E2(T, D) = E |W_T - W_{T+D}|^2`. OU is refuted where the 95 % lower bound of one of these lies above its limit:
/// - S1, the ratio `E2(late)/E2(early)`, which no Hessian and no noise brings above
/// [ornstein.stats.OuBand#largestRatio];
/// - S2, the distance of siblings `late` after their fork over `E2(late)`, which tends to 1 as both tend to
/// twice the trace of the stationary covariance, while a random walk has 2;
/// - S3, the change of `E2` with `T` (its geometric mean over the lags), which a stationary process has not.
///
/// Intervals are by the delete-one-checkpoint jackknife: siblings of one checkpoint are not independent of each
/// other.
public final class Saturation {
    private final List<SiblingDistances> checkpoints;
    private final int early;
    private final int late;
    private final double lambdaE;
    private final Limits limits;

    /// @param early,late lags of the ratio S1, in units of `1/lambda_e`
    /// @param ratio limit of S1
    /// @param siblings limit of S2
    /// @param age limit of S3, the relative change
    public record Limits(double early, double late, double ratio, double siblings, double age) {}

    /// @param checkpoints of equal starts and lags, at least two
    public Saturation(List<SiblingDistances> checkpoints, double lambdaE, Limits limits) {
        this.checkpoints = List.copyOf(checkpoints);
        this.lambdaE = lambdaE;
        this.limits = limits;
        if (checkpoints.size() < 2) {
            throw new IllegalArgumentException("an interval needs at least two checkpoints");
        }
        List<Long> lags = checkpoints.getFirst().lags();
        early = lags.indexOf(Math.round(limits.early() / lambdaE));
        late = lags.indexOf(Math.round(limits.late() / lambdaE));
        if (early < 0 || late < 0) {
            throw new IllegalArgumentException("lags " + limits.early() + " and " + limits.late()
                    + " over lambda_e are not among the lags measured: " + lags);
        }
    }

    /// Each rule as a prediction that holds where the rule refutes OU: S1 at each `T`, S2, S3 at each later `T`.
    public List<Prediction> rules() {
        List<Prediction> all = new ArrayList<>(growth());
        all.add(above(
                "S2",
                String.format(
                        Locale.ROOT,
                        "lower bound of siblings' distance over E2, both %s/lambda_e after the fork, above %s",
                        Written.of(limits.late()),
                        Written.of(limits.siblings())),
                limits.siblings(),
                siblings()));
        for (int t = 1; t < times(); t++) {
            all.add(outside(
                    "S3 T=" + time(t),
                    String.format(
                            Locale.ROOT,
                            "interval of E2(T)/E2(T=%s), mean over lags, outside [%.2f, %.2f]",
                            time(0),
                            1 - limits.age(),
                            1 + limits.age()),
                    age(t)));
        }
        return List.copyOf(all);
    }

    /// What the claim predicts: S0, that at least one rule refutes OU, and S1 at each `T`.
    public List<Prediction> predictions() {
        List<Prediction> rules = rules();
        long refuting =
                rules.stream().filter(p -> Objects.equals(p.holds(), true)).count();
        boolean open = rules.stream().anyMatch(p -> p.holds() == null);
        Boolean holds = refuting > 0 ? Boolean.TRUE : open ? null : Boolean.FALSE;
        long needed = rules.stream()
                .mapToLong(Prediction::runsNeeded)
                .filter(runs -> runs > 0)
                .min()
                .orElse(0);
        List<Prediction> all = new ArrayList<>();
        all.add(new Prediction(
                "S0",
                "at least one of the " + rules.size() + " rules (S1, S2, S3) refutes every stationary OU process",
                1.0,
                (double) refuting,
                null,
                holds,
                holds == null ? needed : 0));
        all.addAll(growth());
        return List.copyOf(all);
    }

    private List<Prediction> growth() {
        List<Prediction> all = new ArrayList<>();
        for (int t = 0; t < times(); t++) {
            all.add(above(
                    "S1 T=" + time(t),
                    String.format(
                            Locale.ROOT,
                            "lower bound of E2(%s/lambda_e)/E2(%s/lambda_e) above %s, the largest ratio of any OU process",
                            Written.of(limits.late()),
                            Written.of(limits.early()),
                            Written.of(limits.ratio())),
                    limits.ratio(),
                    ratio(t)));
        }
        return all;
    }

    private int times() {
        return checkpoints.getFirst().starts().size();
    }

    /// A start in units of `1/lambda_e`, such as `5/lambda_e`.
    private String time(int start) {
        return Written.of(checkpoints.getFirst().starts().get(start) * lambdaE) + "/lambda_e";
    }

    /// The verdict on the claim that training does not saturate as OU does; the main prediction is S0.
    public static Verdict verdict(List<Prediction> predictions) {
        return Verdict.of(predictions.subList(0, 1), predictions.subList(1, predictions.size()));
    }

    /// Place of the early lag.
    int earlyLag() {
        return early;
    }

    /// `E2(late)/E2(early)` at the given `T`.
    public Estimate ratio(int start) {
        return growth(start, early, late);
    }

    /// `E2` at one lag over `E2` at another, both by their places, at the given `T`.
    public Estimate growth(int start, int from, int to) {
        return estimate(
                one -> one.displacement().get(start).get(to),
                one -> one.displacement().get(start).get(from));
    }

    /// Siblings' distance `late` after the fork over `E2(late)`.
    public Estimate siblings() {
        return estimate(
                one -> one.siblings().getFirst().get(late),
                one -> one.displacement().getFirst().get(late));
    }

    /// `E2` at the given `T` over `E2` at the first, geometric mean over the lags.
    public Estimate age(int start) {
        int lags = checkpoints.getFirst().lags().size();
        return jackknife(kept -> {
            double log = 0;
            for (int d = 0; d < lags; d++) {
                int lag = d;
                log += Math.log(mean(kept, one -> one.displacement().get(start).get(lag))
                        / mean(kept, one -> one.displacement().getFirst().get(lag)));
            }
            return Math.exp(log / lags);
        });
    }

    /// The mean of a quantity over the checkpoints.
    public Estimate mean(ToDoubleFunction<SiblingDistances> quantity) {
        return jackknife(kept -> mean(kept, quantity));
    }

    private Estimate estimate(
            ToDoubleFunction<SiblingDistances> numerator, ToDoubleFunction<SiblingDistances> denominator) {
        return jackknife(kept -> mean(kept, numerator) / mean(kept, denominator));
    }

    private Estimate jackknife(ToDoubleFunction<IntPredicate> statistic) {
        return Objects.requireNonNull(Jackknife.estimate(
                1, checkpoints.size(), (stratum, group) -> statistic.applyAsDouble(i -> i != group)));
    }

    private double mean(IntPredicate kept, ToDoubleFunction<SiblingDistances> quantity) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < checkpoints.size(); i++) {
            if (kept.test(i)) {
                sum += quantity.applyAsDouble(checkpoints.get(i));
                count++;
            }
        }
        return sum / count;
    }

    private Prediction above(String name, String statement, double limit, Estimate e) {
        long needed = e.runsToClear(limit, checkpoints.size());
        return Prediction.decided(name, statement, limit, e, e.lower() > limit, e.upper() < limit, needed);
    }

    /// The opposite of an equivalence.
    private Prediction outside(String name, String statement, Estimate e) {
        Interval same = Interval.around(1, limits.age());
        Prediction within = Prediction.within(name, statement, 1, same, e, checkpoints.size());
        return Prediction.decided(
                name,
                statement,
                1,
                e,
                Objects.equals(within.holds(), false),
                Objects.equals(within.holds(), true),
                within.runsNeeded());
    }
}
