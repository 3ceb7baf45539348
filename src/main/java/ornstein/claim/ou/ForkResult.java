package ornstein.claim.ou;

import java.util.List;
import ornstein.stats.OuBand;

/// What the siblings of one checkpoint gave.
///
/// @param distances between their weights; times are steps since the checkpoint's own start
/// @param modes the top of the Hessian at the checkpoint, with the gradient variance along each
/// @param residual largest residual of these eigenpairs over the largest eigenvalue
/// @param trace `Tr Sigma` at the checkpoint
/// @param gradient2 `|grad L|^2` at the checkpoint
/// @param within losses of the average of two points of a trajectory, from the second start on, `[lag][pair]`
/// @param siblings losses of the average of two siblings a lag after their fork, `[lag][pair]`
/// @param largestShare largest share that one scale-invariant group has in the displacement at the longest lag, from
/// the
///     last start: near 1 where a dead unit came to life, see [OuDistance]
/// @param diverged siblings that are left out
public record ForkResult(
        SiblingDistances distances,
        List<OuBand.Mode> modes,
        double residual,
        double trace,
        double gradient2,
        List<List<PairLoss>> within,
        List<List<PairLoss>> siblings,
        double largestShare,
        int diverged) {
    public ForkResult {
        modes = List.copyOf(modes);
        within = List.copyOf(within);
        siblings = List.copyOf(siblings);
    }

    /// What OU predicts for these siblings.
    OuBand band(double eta, double lambda) {
        double rest = trace - modes.stream().mapToDouble(OuBand.Mode::variance).sum();
        return new OuBand(modes, Math.max(0, rest), eta, lambda);
    }
}
