package ornstein.ensemble;

import java.util.List;

/// The distribution of one coordinate over the paths, from the counts of a `Sketch`.
public final class Distribution {
    private final List<Sketch.Bucket> buckets;
    private final long count;

    Distribution(Sketch sketch) {
        buckets = List.copyOf(sketch.buckets().values());
        count = buckets.stream().mapToLong(Sketch.Bucket::count).sum();
    }

    /// The number of values.
    public long count() {
        return count;
    }

    /// The least value of which a share of at least `p` of all values is not above, to 2^-13 of itself; NaN without
    /// values.
    public double quantile(double p) {
        long wanted = Math.clamp((long) Math.ceil(p * count), 1, Math.max(1, count));
        long below = 0;
        for (Sketch.Bucket b : buckets) {
            below += b.count();
            if (below >= wanted) return b.middle();
        }
        return Double.NaN;
    }

    /// A histogram as a density.
    ///
    /// @param edges ends of the bins, ascending, one more than there are bins
    /// @param density share of the values in a bin, divided by its width
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Histogram(double[] edges, double[] density) {}

    /// The density in `bins` bins of equal width between the quantiles at 0.0005 and 0.9995, widened by a
    /// tenth on either side. Where a bucket crosses a bin's end, its count is divided.
    public Histogram histogram(int bins) {
        double lo = quantile(0.0005);
        double hi = quantile(0.9995);
        double room = hi > lo ? (hi - lo) / 10 : Math.max(Math.abs(lo) * 1e-3, 1e-12);
        double from = lo - room;
        double width = (hi - lo + 2 * room) / bins;
        double[] edges = new double[bins + 1];
        for (int i = 0; i <= bins; i++) edges[i] = from + i * width;
        double[] density = new double[bins];
        for (Sketch.Bucket b : buckets) {
            int first = Math.max(0, (int) Math.floor((b.lo() - from) / width));
            int last = Math.min(bins - 1, (int) Math.floor((b.hi() - from) / width));
            for (int i = first; i <= last; i++) {
                double part = Math.min(b.hi(), edges[i + 1]) - Math.max(b.lo(), edges[i]);
                if (part > 0) density[i] += b.count() * part / (b.hi() - b.lo()) / (count * width);
            }
        }
        return new Histogram(edges, density);
    }
}
