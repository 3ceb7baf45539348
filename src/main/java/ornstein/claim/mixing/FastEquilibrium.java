package ornstein.claim.mixing;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import ornstein.claim.Prediction;
import ornstein.claim.Verdict;
import ornstein.claim.Written;
import ornstein.stats.Estimate;
import ornstein.stats.Interval;
import ornstein.stats.MixingCurve;
import ornstein.stats.MixingExponent;

/// The verdict on fast equilibrium, from mixing curves alone.
///
/// H1 (collapse): at every delta the 95 % upper bound of the exponent p_s is at most a limit, so that mixing takes
/// O(1/lambda_e) steps. H2 (exact scale): the 90 % interval of p_s at one delta lies about 1. H3 (no plateau): at
/// every lambda_e the 95 % upper bound of the late Q is small. H4 (exactness): runs rescaled to another learning
/// rate of equal lambda_e give identical labels.
///
/// @param predictions H1 a delta, H2, H3 a learning rate, H4
/// @param late what is left late, a curve
public record FastEquilibrium(Verdict verdict, List<Prediction> predictions, List<Late> late) {

    public FastEquilibrium {
        predictions = List.copyOf(predictions);
        late = List.copyOf(late);
    }

    /// Judges curves of different lambda_e.
    ///
    /// @param exactness H4, see [#exactness]
    public static FastEquilibrium judge(List<MixingCurve> curves, Thresholds limits, Prediction exactness) {
        List<Late> late = curves.stream()
                .map(curve -> Late.of(curve, limits.lateFrom(), limits.lateTo()))
                .toList();
        long runs = curves.stream().mapToInt(MixingCurve::runs).min().orElseThrow();
        List<Prediction> collapse = new ArrayList<>();
        for (double delta : limits.deltas()) {
            collapse.add(collapse(delta, MixingExponent.of(curves, delta), late, limits, runs));
        }
        Estimate exponent = MixingExponent.of(curves, limits.scaleDelta());
        Prediction scale = scale(exponent, late, limits, runs);
        List<Prediction> noPlateau =
                late.stream().map(l -> noPlateau(l, limits)).toList();

        List<Prediction> all = new ArrayList<>(collapse);
        all.add(scale);
        all.addAll(noPlateau);
        List<Prediction> statistical = List.copyOf(all);
        all.add(exactness);

        Verdict verdict;
        boolean slower = exponent != null && exponent.lower() > limits.exponentLimit();
        if (slower || late.stream().anyMatch(l -> l.plateauAbove(limits.plateau()))) {
            verdict = Verdict.NOT_REPRODUCED;
        } else if (all.stream().allMatch(FastEquilibrium::holds)) {
            verdict = Verdict.REPRODUCED;
        } else if (collapse.stream().allMatch(FastEquilibrium::holds)
                && holds(exactness)
                && statistical.stream().noneMatch(p -> p.holds() == null)) {
            verdict = Verdict.PARTIAL;
        } else {
            verdict = Verdict.UNDECIDED;
        }
        return new FastEquilibrium(verdict, all, late);
    }

    /// H4 from the number of labels that differ between runs and their rescaled copies.
    public static Prediction exactness(long different, long compared) {
        return Prediction.of(
                "H4",
                "rescaled runs give identical labels: none of " + compared + " differs",
                0,
                (double) different,
                new Interval((double) different, (double) different),
                different == 0 && compared > 0);
    }

    /// Runs per initialisation that would decide every undecided prediction; 0 where none is, or more runs do not
    /// help.
    public long runsNeeded() {
        return verdict.runsNeeded(predictions);
    }

    private static boolean holds(Prediction prediction) {
        return Objects.equals(prediction.holds(), true);
    }

    private static Prediction collapse(
            double delta, @Nullable Estimate p, List<Late> late, Thresholds limits, long runs) {
        String name = "H1 delta=" + delta;
        String statement = "upper bound of p_s(" + delta + ") at most " + limits.exponentLimit();
        if (p == null) {
            return noCrossing(name, statement, limits.exponentLimit(), delta, late);
        }
        double limit = limits.exponentLimit();
        return Prediction.decided(
                name, statement, limit, p, p.upper() <= limit, p.lower() > limit, p.runsToClear(limit, runs));
    }

    private static Prediction scale(@Nullable Estimate p, List<Late> late, Thresholds limits, long runs) {
        Interval range = limits.scale();
        String statement =
                "interval of p_s(" + limits.scaleDelta() + ") within [" + range.lo() + ", " + range.hi() + "]";
        if (p == null) {
            return noCrossing("H2", statement, 1, limits.scaleDelta(), late);
        }
        return Prediction.within("H2", statement, 1, range, p, runs);
    }

    private static Prediction noPlateau(Late late, Thresholds limits) {
        double limit = limits.plateau();
        Estimate q = late.squared();
        return Prediction.decided(
                "H3 lambda_e=" + late.lambdaE(),
                "upper bound of the mean Q over lambda_e t in [" + Written.of(limits.lateFrom()) + ", "
                        + Written.of(limits.lateTo()) + "] at most " + limits.plateau(),
                limit,
                q,
                q.upper() <= limit,
                q.lower() > limit,
                q.runsToClear(limit, late.runs()));
    }

    /// A distance that was not crossed has no exponent; more runs help where noise alone can hold Q above delta^2.
    private static Prediction noCrossing(
            String name, String statement, double predicted, double delta, List<Late> late) {
        long runs = late.stream()
                .filter(l -> l.squared().lower() <= delta * delta)
                .mapToLong(l -> l.squared().runsToClear(delta * delta, l.runs()))
                .max()
                .orElse(0);
        return new Prediction(
                name, statement + "; not every curve crosses this distance", predicted, null, null, null, runs);
    }
}
