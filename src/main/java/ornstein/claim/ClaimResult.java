package ornstein.claim;

import java.util.List;
import ornstein.stats.chart.Chart;

/// What was found out about a claim.
///
/// @param runsNeeded runs per group it would take to decide; 0 where the verdict is decided
/// @param notes sentences for the reader: readings that are no predictions, caveats, runs that diverged
/// @param charts the figures
public record ClaimResult(
        Claim claim,
        Verdict verdict,
        List<Prediction> predictions,
        long runsNeeded,
        List<String> notes,
        List<Chart> charts) {

    public ClaimResult {
        predictions = List.copyOf(predictions);
        notes = List.copyOf(notes);
        charts = List.copyOf(charts);
    }
}
