package ornstein.stats;

/// Least-squares regression on decreasing sequences, by pooling adjacent violators (Ayer et al. 1955).
public final class Isotonic {

    private Isotonic() {}

    /// The decreasing sequence nearest to `y` in squares; equal weights.
    public static double[] decreasing(double[] y) {
        double[] level = new double[y.length];
        int[] size = new int[y.length];
        int pools = 0;
        for (double value : y) {
            level[pools] = value;
            size[pools++] = 1;
            while (pools > 1 && level[pools - 2] < level[pools - 1]) {
                int both = size[pools - 2] + size[pools - 1];
                level[pools - 2] = (level[pools - 2] * size[pools - 2] + level[pools - 1] * size[pools - 1]) / both;
                size[pools - 2] = both;
                pools--;
            }
        }
        double[] fit = new double[y.length];
        int at = 0;
        for (int pool = 0; pool < pools; pool++) {
            for (int i = 0; i < size[pool]; i++) {
                fit[at++] = level[pool];
            }
        }
        return fit;
    }
}
