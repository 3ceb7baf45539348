package ornstein.claim.mixing;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import ornstein.stats.Estimate;
import ornstein.stats.MixingCurve;
import ornstein.stats.MixingExponent;

/// Sentences about runs, for the reader of a result.
final class Notes {

    private Notes() {}

    /// What is left late, and what a doubled horizon makes of it.
    static String late(Late late) {
        Estimate q = late.squared();
        String text = String.format(
                Locale.ROOT,
                "lambda_e = %s: late Q = %.5f, 90 %% interval [%.5f, %.5f]",
                late.lambdaE(),
                q.value(),
                q.lower(),
                q.upper());
        Estimate doubled = late.doubled();
        if (doubled == null) {
            return text + ".";
        }
        text += String.format(
                Locale.ROOT,
                "; over the doubled window %.5f [%.5f, %.5f]",
                doubled.value(),
                doubled.lower(),
                doubled.upper());
        Estimate ratio = late.ratio();
        if (ratio == null) {
            return text + ": nothing is left for certain.";
        }
        return text
                + String.format(Locale.ROOT, ", ratio %.2f [%.2f, %.2f]: ", ratio.value(), ratio.lower(), ratio.upper())
                + switch (late.fate()) {
                    case SLOW -> "it still falls, a slow mode.";
                    case PLATEAU -> "it does not fall, a plateau.";
                    case OPEN -> "slow mode or plateau, these runs do not tell.";
                };
    }

    /// The exponents of curves on another clock than that of the verdict.
    static String exponents(String head, List<MixingCurve> curves, List<Double> deltas) {
        StringBuilder text = new StringBuilder(head).append(':');
        for (double delta : deltas) {
            Estimate p = MixingExponent.of(curves, delta);
            text.append(
                    p == null
                            ? " no p(" + delta + "),"
                            : String.format(
                                    Locale.ROOT,
                                    " p(%s) = %.3f [%.3f, %.3f],",
                                    delta,
                                    p.value(),
                                    p.lower(),
                                    p.upper()));
        }
        text.setCharAt(text.length() - 1, '.');
        return text.toString();
    }

    /// Norm and accuracy at the last time, an initialisation each.
    static String state(Runs runs, double equilibrium) {
        int last = runs.steps().length - 1;
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT, "lambda_e = %s: predicted equilibrium norm %.3f", runs.lambdaE(), equilibrium));
        for (int a = 0; a < runs.groups().size(); a++) {
            Runs.Group group = runs.groups().get(a);
            text.append(String.format(
                    Locale.ROOT,
                    "; initialisation %d: %d runs, norm %.3f -> %.3f, clock %.2f, held-out accuracy %.3f",
                    a + 1,
                    group.runs(),
                    mean(group.norm()[0]),
                    mean(group.norm()[last]),
                    mean(group.clock()[last]),
                    mean(group.accuracy()[last])));
        }
        return text.append('.').toString();
    }

    /// That the clock ran away from lambda_e t, where it did.
    static List<String> runaway(Runs runs) {
        int last = runs.steps().length - 1;
        double time = runs.lambdaE() * runs.steps()[last];
        double clock = runs.groups().stream()
                .mapToDouble(group -> mean(group.clock()[last]))
                .average()
                .orElseThrow();
        return clock < 2 * time
                ? List.of()
                : List.of(String.format(
                        Locale.ROOT,
                        "lambda_e = %s: the clock s ends at %.4g where lambda_e t is %.3g. Units that went without a gradient"
                                + " shrank under weight decay until the next one, which grows as 1/|w|, threw them far: s jumps"
                                + " there, the clock of rotations does not.",
                        runs.lambdaE(),
                        clock,
                        time));
    }

    static List<String> divergence(Runs runs) {
        return runs.diverged().stream()
                .map(d -> "replica " + d.replica() + " diverged at step " + d.step() + " (lambda_e = " + runs.lambdaE()
                        + ", seed " + d.seed() + ") and is left out.")
                .toList();
    }

    static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }
}
