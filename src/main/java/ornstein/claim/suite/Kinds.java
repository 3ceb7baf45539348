package ornstein.claim.suite;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import ornstein.claim.Claim;
import ornstein.claim.Context;
import ornstein.claim.Experiment;
import ornstein.claim.mixing.ContrastExperiment;
import ornstein.claim.mixing.DisagreementExperiment;
import ornstein.claim.mixing.FastEquilibriumExperiment;
import ornstein.claim.mixing.OtherNoiseExperiment;
import ornstein.claim.norm.LarsExperiment;
import ornstein.claim.norm.NormEquilibriumExperiment;
import ornstein.claim.norm.RecursionExperiment;
import ornstein.claim.ou.OuDistance;
import ornstein.claim.ou.WeightAveraging;
import ornstein.spec.Nearest;
import ornstein.spec.UserError;

/// The kinds of experiment that a `claim.yaml` can name.
public final class Kinds {
    private static final Map<String, BiFunction<Claim, Context, Experiment>> KINDS = new TreeMap<>(Map.of(
            "fast-equilibrium", FastEquilibriumExperiment::new,
            "contrast", ContrastExperiment::new,
            "other-noise", OtherNoiseExperiment::new,
            "disagreement", DisagreementExperiment::new,
            "ou-distance", OuDistance::new,
            "weight-averaging", WeightAveraging::new,
            "norm-equilibrium", NormEquilibriumExperiment::new,
            "norm-recursion", RecursionExperiment::new,
            "lars-rotation", LarsExperiment::new));

    private Kinds() {}

    /// The experiment on a claim, with its data loaded; null where the claim has none on this data set at this
    /// scale.
    public static @Nullable Experiment experiment(Claim claim, Context context) {
        Claim.Trial trial = claim.experiment();
        if (trial == null || !claim.has(context.data(), context.scale())) {
            return null;
        }
        BiFunction<Claim, Context, Experiment> kind = KINDS.get(trial.kind());
        if (kind == null) {
            throw new UserError(claim.folder() + "/claim.yaml: unknown kind of experiment \"" + trial.kind() + "\""
                    + Nearest.hint(trial.kind(), KINDS.keySet()));
        }
        return kind.apply(claim, context);
    }
}
