package ornstein.train.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import ornstein.stats.Estimate;

/// The moments of the random gradient at one point: of all parameters and of parts of them.
///
/// Two estimators that share nothing but the network give it: [PairNoise] and [PerExampleNoise].
///
/// @param whole of all parameters
/// @param invariant of all scale-invariant parameters together
/// @param groups of each scale-invariant group, in the network's order
/// @param modes v' Sigma v for each direction v asked for
public record GradientNoise(Moments whole, Moments invariant, List<Moments> groups, List<Estimate> modes) {
    public GradientNoise {
        groups = List.copyOf(groups);
        modes = List.copyOf(modes);
    }

    /// For batches of `batch` examples drawn with replacement, from that of one example.
    public GradientNoise ofBatch(int batch) {
        return map(m -> m.ofBatch(batch), e -> Moments.times(e, 1.0 / batch));
    }

    private GradientNoise map(UnaryOperator<Moments> moments, UnaryOperator<Estimate> mode) {
        return new GradientNoise(
                moments.apply(whole),
                moments.apply(invariant),
                groups.stream().map(moments).toList(),
                modes.stream().map(mode).toList());
    }

    /// @param gradient2 one for each of [Parts]
    /// @param trace likewise
    static GradientNoise of(Parts parts, Estimate[] gradient2, Estimate[] trace, List<Estimate> modes) {
        List<Moments> groups = new ArrayList<>();
        for (int i = 0; i < parts.groups(); i++) {
            groups.add(new Moments(gradient2[i], trace[i]));
        }
        int invariant = parts.invariant();
        int whole = parts.whole();
        return new GradientNoise(
                new Moments(gradient2[whole], trace[whole]),
                new Moments(gradient2[invariant], trace[invariant]),
                groups,
                modes);
    }
}
