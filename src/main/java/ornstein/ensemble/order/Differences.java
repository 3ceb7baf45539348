package ornstein.ensemble.order;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import ornstein.stats.Estimate;
import ornstein.stats.OrderFit;

/// Mean differences of functionals at several step sizes, each along the direction of the first; estimated from groups
/// of paths, with the jackknife over these.
public final class Differences {
    /// How many standard errors an error must be to count.
    static final double CLEAR = 2;

    /// Sums over the paths of a group.
    ///
    /// @param sums by step size and functional
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Group(double[][] sums, long count) {}

    private final List<Group> groups;
    private final double[] direction;
    private final double[][] without;
    private final double[] error;
    private final double[] noise;

    public Differences(List<Group> groups) {
        this.groups = groups;
        direction = mean(-1, 0);
        error = along(-1);
        without = new double[groups.size()][];
        for (int g = 0; g < groups.size(); g++) without[g] = along(g);
        noise = StrongOrder.deviations(error, without);
    }

    public double[] error() {
        return error.clone();
    }

    /// Standard errors.
    public double[] noise() {
        return noise.clone();
    }

    /// The slope through the errors that are clear of their noise; null with fewer than three.
    public @Nullable Estimate order(double[] h) {
        double[] clear = error.clone();
        double[][] others = Arrays.stream(without).map(double[]::clone).toArray(double[][]::new);
        for (int l = 0; l < error.length; l++) {
            if (clear[l] > CLEAR * noise[l]) continue;
            clear[l] = Double.NaN;
            for (double[] w : others) w[l] = Double.NaN;
        }
        return OrderFit.of(h, clear, others);
    }

    private double[] along(int leftOut) {
        double length = Math.sqrt(Arrays.stream(direction).map(x -> x * x).sum());
        double[] all = new double[groups.getFirst().sums().length];
        for (int l = 0; l < all.length; l++) {
            double[] mean = mean(leftOut, l);
            for (int f = 0; f < mean.length; f++) all[l] += mean[f] * direction[f] / length;
        }
        return all;
    }

    private double[] mean(int leftOut, int size) {
        double[] sum = new double[groups.getFirst().sums()[size].length];
        long count = 0;
        for (int g = 0; g < groups.size(); g++) {
            if (g == leftOut) continue;
            double[] of = groups.get(g).sums()[size];
            for (int f = 0; f < sum.length; f++) sum[f] += of[f];
            count += groups.get(g).count();
        }
        for (int f = 0; f < sum.length; f++) sum[f] /= count;
        return sum;
    }
}
