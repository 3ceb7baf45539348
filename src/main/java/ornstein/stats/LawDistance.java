package ornstein.stats;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Distances between two laws, from samples of each. Values that are not finite are left out.
public final class LawDistance {
    /// Groups of a sample for standard errors.
    private static final int GROUPS = 20;

    /// The most members of a group whose distances are all taken.
    private static final int MEMBERS = 250;

    private LawDistance() {}

    /// The Wasserstein distance W1 of two samples in one dimension, int |F - G| dx. Of two samples of one law
    /// it is not 0 but about n^(-1/2): hold it against that of a second sample. The standard error is the
    /// delete-group jackknife's; null without values.
    public static @Nullable Estimate wasserstein(double[] x, double[] y) {
        Sorted a = Sorted.of(x);
        Sorted b = Sorted.of(y);
        if (a.values().length < GROUPS || b.values().length < GROUPS) return null;
        return Jackknife.estimate(1, GROUPS, (_, group) -> wasserstein(a, b, group));
    }

    /// Values that ascend, with the group of each.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Sorted(double[] values, int[] groups) {
        static Sorted of(double[] x) {
            int[] order = IntStream.range(0, x.length)
                    .filter(i -> Double.isFinite(x[i]))
                    .boxed()
                    .sorted((i, j) -> Double.compare(x[i], x[j]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            return new Sorted(
                    Arrays.stream(order).mapToDouble(i -> x[i]).toArray(),
                    Arrays.stream(order).map(i -> i % GROUPS).toArray());
        }

        int count(int without) {
            return (int) Arrays.stream(groups).filter(g -> g != without).count();
        }
    }

    private static double wasserstein(Sorted a, Sorted b, int without) {
        double stepA = 1.0 / a.count(without);
        double stepB = 1.0 / b.count(without);
        double gap = 0;
        double last = 0;
        double sum = 0;
        int i = 0;
        int j = 0;
        while (i < a.values().length || j < b.values().length) {
            boolean first = j == b.values().length || i < a.values().length && a.values()[i] <= b.values()[j];
            if ((first ? a.groups()[i] : b.groups()[j]) != without) {
                double at = first ? a.values()[i] : b.values()[j];
                if (gap != 0) sum += Math.abs(gap) * (at - last);
                gap += first ? stepA : -stepB;
                last = at;
            }
            if (first) i++;
            else j++;
        }
        return sum;
    }

    /// The energy distance 2 E|X - Y| - E|X - X'| - E|Y - Y'| of two laws (Szekely, Rizzo: Journal of
    /// Statistical Planning and Inference 143, 2013): 0 if and only if they are one. Without bias, so that it
    /// may be negative: the mean over groups of at most 250 of each, from whose scatter the standard error is.
    /// Null with fewer than two groups.
    ///
    /// @param x a row a coordinate
    public static @Nullable Estimate energy(double[][] x, double[][] y) {
        int[] mine = finite(x);
        int[] theirs = finite(y);
        int n = Math.min(mine.length, theirs.length);
        int members = Math.min(MEMBERS, n / GROUPS);
        if (members < 2) return null;
        int groups = n / members;
        double mean = 0;
        double[] each = new double[groups];
        for (int g = 0; g < groups; g++) {
            int[] a = Arrays.copyOfRange(mine, g * members, (g + 1) * members);
            int[] b = Arrays.copyOfRange(theirs, g * members, (g + 1) * members);
            each[g] = 2 * between(x, a, y, b) - within(x, a) - within(y, b);
            mean += each[g] / groups;
        }
        double square = 0;
        for (double e : each) square += (e - mean) * (e - mean);
        return new Estimate(mean, Math.sqrt(square / (groups * (groups - 1.0))), groups - 1.0);
    }

    private static int[] finite(double[][] x) {
        return IntStream.range(0, x[0].length)
                .filter(i -> Arrays.stream(x).allMatch(row -> Double.isFinite(row[i])))
                .toArray();
    }

    private static double between(double[][] x, int[] a, double[][] y, int[] b) {
        double sum = 0;
        for (int i : a) for (int j : b) sum += distance(x, i, y, j);
        return sum / ((double) a.length * b.length);
    }

    private static double within(double[][] x, int[] a) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) for (int j = 0; j < i; j++) sum += distance(x, a[i], x, a[j]);
        return 2 * sum / (a.length * (a.length - 1.0));
    }

    private static double distance(double[][] x, int i, double[][] y, int j) {
        double square = 0;
        for (int c = 0; c < x.length; c++) square += (x[c][i] - y[c][j]) * (x[c][i] - y[c][j]);
        return Math.sqrt(square);
    }
}
