package ornstein.stats;

/// How often a group of runs gave each label to each held-out input at one time: the law of the network's output
/// over the randomness of SGD, from one initialisation. The runs lie in blocks, so that a block can be left out
/// ([Jackknife]).
public final class LabelCounts {
    private final int inputs;
    private final int classes;
    private final int[] runs;
    private final int[][] blocks;
    private final int[] all;
    private final int total;

    private LabelCounts(int inputs, int classes, int[] runs, int[][] blocks) {
        this.inputs = inputs;
        this.classes = classes;
        this.runs = runs;
        this.blocks = blocks;
        all = new int[inputs * classes];
        int n = 0;
        for (int block = 0; block < blocks.length; block++) {
            n += runs[block];
            for (int i = 0; i < all.length; i++) {
                all[i] += blocks[block][i];
            }
        }
        total = n;
    }

    /// Counts the labels of runs.
    ///
    /// @param labels `[run][input]`; run `i` goes to block `i mod blocks`
    /// @param classes labels lie in `0 .. classes-1`
    /// @param blocks at least two; every block has to get two runs
    public static LabelCounts of(byte[][] labels, int classes, int blocks) {
        if (blocks < 2 || labels.length < 2 * blocks) {
            throw new IllegalArgumentException(labels.length + " runs are too few for " + blocks
                    + " blocks: each needs two, and two blocks at least");
        }
        int inputs = labels[0].length;
        int[] runs = new int[blocks];
        int[][] counts = new int[blocks][inputs * classes];
        for (int run = 0; run < labels.length; run++) {
            if (labels[run].length != inputs) {
                throw new IllegalArgumentException(
                        "run " + run + " labels " + labels[run].length + " inputs, not " + inputs);
            }
            int[] count = counts[run % blocks];
            for (int x = 0; x < inputs; x++) {
                int label = labels[run][x];
                if (label < 0 || label >= classes) {
                    throw new IllegalArgumentException("label " + label + " outside 0.." + (classes - 1));
                }
                count[x * classes + label]++;
            }
            runs[run % blocks]++;
        }
        return new LabelCounts(inputs, classes, runs, counts);
    }

    public int inputs() {
        return inputs;
    }

    public int classes() {
        return classes;
    }

    public int blocks() {
        return blocks.length;
    }

    /// Runs without those of a block; all of them for block -1.
    public int runs(int without) {
        return without < 0 ? total : total - runs[without];
    }

    /// Frequency of label `k` on input `x`, without a block; of all runs for block -1.
    public double frequency(int x, int k, int without) {
        int cell = x * classes + k;
        return without < 0
                ? (double) all[cell] / total
                : (double) (all[cell] - blocks[without][cell]) / (total - runs[without]);
    }

    /// Runs of all blocks that gave label `k` to input `x`.
    public int count(int x, int k) {
        return all[x * classes + k];
    }

    /// The share of wrong labels, a mean over runs and inputs; without a block.
    public double error(byte[] truth, int without) {
        if (truth.length != inputs) {
            throw new IllegalArgumentException(truth.length + " true labels for " + inputs + " inputs");
        }
        double right = 0;
        for (int x = 0; x < inputs; x++) {
            right += frequency(x, truth[x], without);
        }
        return 1 - right / inputs;
    }
}
