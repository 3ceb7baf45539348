package ornstein.stats;

/// The mean of a number over runs, with or without one block of them; run `i` lies in block `i mod blocks`, as in
/// [LabelCounts].
public final class BlockMeans {
    private final double[] sums;
    private final int[] runs;
    private final double sum;
    private final int total;

    public BlockMeans(double[] values, int blocks) {
        sums = new double[blocks];
        runs = new int[blocks];
        for (int i = 0; i < values.length; i++) {
            sums[i % blocks] += values[i];
            runs[i % blocks]++;
        }
        double all = 0;
        for (double s : sums) {
            all += s;
        }
        sum = all;
        total = values.length;
    }

    /// The mean without a block; of all runs for block -1.
    public double mean(int without) {
        return without < 0 ? sum / total : (sum - sums[without]) / (total - runs[without]);
    }
}
