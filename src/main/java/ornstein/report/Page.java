package ornstein.report;

import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import ornstein.stats.chart.Chart;

/// What a run has to show, in order.
///
/// @param title  heading of the page
/// @param blocks what follows it
public record Page(String title, List<Block> blocks) {
    public Page {
        blocks = List.copyOf(blocks);
        var ids = new HashSet<String>();
        for (Block block : blocks) {
            if (block instanceof Block.Picture picture
                    && !ids.add(picture.chart().id())) {
                throw new IllegalArgumentException("page " + title + " has two charts named "
                        + picture.chart().id());
            }
        }
    }

    /// The charts, in order.
    List<Chart> charts() {
        return blocks.stream()
                .flatMap(block -> block instanceof Block.Picture picture ? Stream.of(picture.chart()) : Stream.empty())
                .toList();
    }
}
