package ornstein.ensemble;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/// Means and central second moments of several variables at several times, over one set of paths.
///
/// While a leaf runs, `mean` holds sums of x - shift and `centred` sums of products of them, with the values
/// of the leaf's first path as shift; [#close] turns them into means and central sums, which [#merge] joins
/// (Chan, Golub, LeVeque: Updating formulae and a pairwise algorithm for computing sample variances, 1979).
final class Moments {
    /// Paths whose sum is taken at once; the sums of such chunks are added in order.
    static final int CHUNK = 256;

    private final int times;
    private final int variables;
    private final boolean joint;
    private final int perTime;
    private final double[] shift;
    private final double[] mean;
    private final double[] centred;

    /// @param joint all second moments, rather than those of each variable alone
    Moments(int times, int variables, boolean joint) {
        this.times = times;
        this.variables = variables;
        this.joint = joint;
        perTime = joint ? variables * (variables + 1) / 2 : variables;
        shift = new double[Math.multiplyExact(times, variables)];
        mean = new double[shift.length];
        centred = new double[Math.multiplyExact(times, perTime)];
    }

    int variables() {
        return variables;
    }

    void clear() {
        Arrays.fill(mean, 0);
        Arrays.fill(centred, 0);
    }

    /// Sets the shift of a variable: the value of the leaf's first path.
    void shift(int time, int variable, double value) {
        shift[time * variables + variable] = value;
    }

    /// Adds the values of `n` paths, `rows[variable][0 .. n-1]`, which are destroyed. Those of paths that are
    /// left out are the shift.
    ///
    /// @param skip whether a path is left out
    void add(int time, double[][] rows, int n, boolean[] skip, int skipFrom, boolean any) {
        for (int v = 0; v < variables; v++) {
            double[] x = rows[v];
            double s = shift[time * variables + v];
            for (int i = 0; i < n; i++) x[i] -= s;
            if (any) for (int i = 0; i < n; i++) if (skip[skipFrom + i]) x[i] = 0;
            int at = time * variables + v;
            for (int from = 0; from < n; from += CHUNK) mean[at] += sum(x, from, Math.min(n, from + CHUNK));
        }
        int at = time * perTime;
        for (int v = 0; v < variables; v++) {
            for (int w = joint ? 0 : v; w <= v; w++, at++) {
                for (int from = 0; from < n; from += CHUNK) {
                    centred[at] += dot(rows[v], rows[w], from, Math.min(n, from + CHUNK));
                }
            }
        }
    }

    /// Adds the sum of x - shift over a chunk.
    void addSum(int time, int variable, double sum) {
        mean[time * variables + variable] += sum;
    }

    /// Adds the sum of products of deviations from the shifts over a chunk, for `w` not above `v`.
    void addProduct(int time, int v, int w, double sum) {
        centred[time * perTime + (joint ? v * (v + 1) / 2 + w : v)] += sum;
    }

    private static double sum(double[] x, int from, int to) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = from;
        for (; i + 3 < to; i += 4) {
            a += x[i];
            b += x[i + 1];
            c += x[i + 2];
            d += x[i + 3];
        }
        for (; i < to; i++) a += x[i];
        return (a + b) + (c + d);
    }

    private static double dot(double[] x, double[] y, int from, int to) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = from;
        for (; i + 3 < to; i += 4) {
            a = Math.fma(x[i], y[i], a);
            b = Math.fma(x[i + 1], y[i + 1], b);
            c = Math.fma(x[i + 2], y[i + 2], c);
            d = Math.fma(x[i + 3], y[i + 3], d);
        }
        for (; i < to; i++) a = Math.fma(x[i], y[i], a);
        return (a + b) + (c + d);
    }

    /// Ends a leaf of `count` paths that were not left out.
    void close(long count) {
        if (count == 0) {
            clear();
            return;
        }
        for (int t = 0; t < times; t++) {
            int m = t * variables;
            int at = t * perTime;
            for (int v = 0; v < variables; v++) {
                for (int w = joint ? 0 : v; w <= v; w++, at++) centred[at] -= mean[m + v] * mean[m + w] / count;
            }
            for (int v = 0; v < variables; v++) mean[m + v] = shift[m + v] + mean[m + v] / count;
        }
    }

    /// Joins the moments of the paths that follow.
    void merge(long count, Moments right, long rightCount) {
        if (rightCount == 0) return;
        if (count == 0) {
            System.arraycopy(right.mean, 0, mean, 0, mean.length);
            System.arraycopy(right.centred, 0, centred, 0, centred.length);
            return;
        }
        double share = (double) rightCount / (count + rightCount);
        double weight = count * share;
        for (int t = 0; t < times; t++) {
            int m = t * variables;
            int at = t * perTime;
            for (int v = 0; v < variables; v++) {
                double dv = right.mean[m + v] - mean[m + v];
                for (int w = joint ? 0 : v; w <= v; w++, at++) {
                    centred[at] += right.centred[at] + dv * (right.mean[m + w] - mean[m + w]) * weight;
                }
            }
            for (int v = 0; v < variables; v++) mean[m + v] += (right.mean[m + v] - mean[m + v]) * share;
        }
    }

    double mean(int time, int variable) {
        return mean[time * variables + variable];
    }

    /// The sum over paths of the products of deviations from the means.
    double centred(int time, int v, int w) {
        if (!joint) {
            if (v != w) throw new IllegalArgumentException("the variables' products were not summed");
            return centred[time * perTime + v];
        }
        int high = Math.max(v, w);
        return centred[time * perTime + high * (high + 1) / 2 + Math.min(v, w)];
    }

    void write(DataOutput out) throws IOException {
        for (double x : mean) out.writeDouble(x);
        for (double x : centred) out.writeDouble(x);
    }

    void read(DataInput in) throws IOException {
        for (int i = 0; i < mean.length; i++) mean[i] = in.readDouble();
        for (int i = 0; i < centred.length; i++) centred[i] = in.readDouble();
    }
}
