package ornstein.claim;

import java.util.List;

/// A figure as data.
///
/// @param name file name without extension, unique within the claim: `[a-z0-9-]+`
/// @param caption one or two sentences that say what is shown
public record Chart(
        String name,
        String title,
        String caption,
        String xLabel,
        String yLabel,
        boolean logX,
        boolean logY,
        List<Series> series) {

    public Chart {
        if (!name.matches("[a-z0-9-]+")) {
            throw new IllegalArgumentException("chart name '" + name + "' is not of the form [a-z0-9-]+");
        }
        series = List.copyOf(series);
    }
}
