package ornstein.train.probe;

/// Dense vectors as arrays of equal length.
public final class Vectors {
    private Vectors() {}

    public static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    /// |x - y|^2, the squared distance of two snapshots.
    public static double distance2(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += (x[i] - y[i]) * (x[i] - y[i]);
        }
        return sum;
    }

    /// x - y.
    public static double[] difference(double[] x, double[] y) {
        double[] out = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            out[i] = x[i] - y[i];
        }
        return out;
    }

    /// The mean of snapshots: weight averaging.
    public static double[] mean(double[]... xs) {
        double[] out = new double[xs[0].length];
        for (double[] x : xs) {
            add(out, 1.0 / xs.length, x);
        }
        return out;
    }

    /// x += a y.
    static void add(double[] x, double a, double[] y) {
        for (int i = 0; i < x.length; i++) {
            x[i] += a * y[i];
        }
    }

    static void scale(double[] x, double a) {
        for (int i = 0; i < x.length; i++) {
            x[i] *= a;
        }
    }
}
