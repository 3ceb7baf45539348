package ornstein.stats;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How far the linear scaling rule, batch and learning rate times `kappa`, can keep the equilibrium of a
/// scale-invariant network under SGD with weight decay: from the means there of `G = |grad L|^2` and `N = Tr Sigma`
/// of a batch.
///
/// With `R = E |w|^2` the norm balances where `lambda (2 - eta lambda) R = eta (G + N)` for SGD, and where `2
/// lambda R = eta N` for its SDE, which holds `eta N` at every kappa. Two equilibria are close within a factor `C`
/// if `R`, `G` and `eta N` are. To leading order in `eta lambda`, that needs
///
/// - `G/N <= C^2 - 1` of SGD and its SDE, so with `eta N` held, `eta <= (C^2 - 1) (eta N)/G`;
/// - `kappa <= C^2 + (C^2 - 1) N/G` of SGD and SGD scaled by `kappa`.
///
/// Source: Li, Malladi and Arora, arXiv:2102.12470.
///
/// @param gradient2 `G`
/// @param noise `N`
public record LinearScaling(double gradient2, double noise) {
    /// The usual `C`.
    public static final double CLOSENESS = Math.sqrt(2);

    public LinearScaling {
        if (!(gradient2 >= 0) || !(noise >= 0) || !(gradient2 + noise > 0)) {
            throw new IllegalArgumentException(
                    "no linear scaling: |grad L|^2 is " + gradient2 + ", Tr Sigma is " + noise);
        }
    }

    /// The largest `kappa`; infinite where there is noise alone.
    ///
    /// @param closeness `C >= 1`
    public double largestFactor(double closeness) {
        double square = closeness * closeness;
        return square == 1 ? 1 : square + (square - 1) * noise / gradient2;
    }

    /// The largest learning rate at which the SDE can stand for SGD where `eta N` is as it is here.
    ///
    /// @param eta the learning rate here
    public double largestRate(double eta, double closeness) {
        double square = closeness * closeness;
        return square == 1 ? 0 : (square - 1) * eta * noise / gradient2;
    }

    /// The largest `kappa` of the means over runs, with its jackknife standard error over runs; null of fewer than
    /// two runs, and where `G` of all or of all but one is not positive.
    ///
    /// @param gradient2 unbiased estimates of `G`, one a run
    /// @param noise of `N`, likewise
    public static @Nullable Estimate largestFactor(List<Double> gradient2, List<Double> noise, double closeness) {
        int runs = gradient2.size();
        if (runs < 2) {
            return null;
        }
        return Jackknife.estimate(1, runs, (_, without) -> {
            double g = 0;
            double n = 0;
            for (int run = 0; run < runs; run++) {
                g += run == without ? 0 : gradient2.get(run);
                n += run == without ? 0 : noise.get(run);
            }
            return g > 0 && n > 0 ? new LinearScaling(g, n).largestFactor(closeness) : Double.NaN;
        });
    }
}
