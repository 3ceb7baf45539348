package ornstein.random;

import java.util.Locale;
import org.apache.commons.math3.distribution.NormalDistribution;

/// The Kolmogorov-Smirnov statistic sqrt(n) D of 10^8 normals, in both precisions: it is above 1.63 with probability
/// 1 %. Counts in 2^22 bins, which makes D too small by 1.2e-6 at most, 0.012 in the statistic. Run by
/// src/bench/normals.sh.
public final class NormalsBench {
    private static final int DRAWS = 100_000_000;
    private static final int BINS = 1 << 22;
    private static final double RANGE = 7;
    private static final int CHUNK = 10_000;

    private NormalsBench() {}

    public static void main(String[] arguments) {
        long[] singles = new long[BINS];
        long[] doubles = new long[BINS];
        float[] x = new float[CHUNK];
        double[] y = new double[CHUNK];
        for (int path = 0; path < DRAWS / CHUNK; path++) {
            Normals.fill(1, path, 0, Streams.NOISE, x);
            Normals.fill(1, path, 0, Streams.NOISE, y);
            for (int i = 0; i < CHUNK; i++) {
                singles[bin(x[i])]++;
                doubles[bin(y[i])]++;
            }
        }
        System.out.printf(Locale.ROOT, "f32 %.3f%nf64 %.3f%n", statistic(singles), statistic(doubles));
    }

    private static int bin(double x) {
        return (int) Math.floor((x + RANGE) / (2 * RANGE) * BINS);
    }

    private static double statistic(long[] counts) {
        NormalDistribution normal = new NormalDistribution();
        double distance = 0;
        long below = 0;
        for (int b = 0; b < BINS; b++) {
            below += counts[b];
            double edge = (b + 1.0) / BINS * 2 * RANGE - RANGE;
            distance = Math.max(distance, Math.abs((double) below / DRAWS - normal.cumulativeProbability(edge)));
        }
        return distance * Math.sqrt(DRAWS);
    }
}
