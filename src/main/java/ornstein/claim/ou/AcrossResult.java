package ornstein.claim.ou;

import java.util.List;

/// Pairs of runs from independent initialisations, one run a checkpoint.
///
/// @param distances `|W - W'|^2` of every pair, `[T][pair]`
/// @param averages losses of the averages of every pair, at the second start
public record AcrossResult(List<List<Double>> distances, List<PairLoss> averages) {
    public AcrossResult {
        distances = List.copyOf(distances);
        averages = List.copyOf(averages);
    }
}
