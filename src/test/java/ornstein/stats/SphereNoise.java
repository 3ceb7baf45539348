package ornstein.stats;

import java.util.Random;

/// Pure noise on the sphere, the scale-invariant process with a known answer: no loss, every minibatch gradient is
/// isotropic, tangential, of variance `c/|w|^2` in total. Plain SGD or momentum with weight decay.
public final class SphereNoise {
    private final Random random;
    private final double eta;
    private final double lambda;
    private final double momentum;
    private final double variance;

    public final double[] w;
    public final double[] g;
    private final double[] v;

    public SphereNoise(long seed, int d, double eta, double lambda, double momentum, double variance, double norm) {
        this.random = new Random(seed);
        this.eta = eta;
        this.lambda = lambda;
        this.momentum = momentum;
        this.variance = variance;
        this.w = new double[d];
        this.g = new double[d];
        this.v = new double[d];
        for (int i = 0; i < d; i++) {
            w[i] = random.nextGaussian();
        }
        double scale = norm / Math.sqrt(square(w));
        for (int i = 0; i < d; i++) {
            w[i] *= scale;
        }
    }

    /// A copy with its own noise from here on.
    public SphereNoise fork(long seed) {
        SphereNoise copy = new SphereNoise(seed, w.length, eta, lambda, momentum, variance, 1);
        System.arraycopy(w, 0, copy.w, 0, w.length);
        System.arraycopy(v, 0, copy.v, 0, v.length);
        return copy;
    }

    public void step() {
        int d = w.length;
        double r2 = square(w);
        double along = 0;
        for (int i = 0; i < d; i++) {
            g[i] = random.nextGaussian();
            along += g[i] * w[i];
        }
        double scale = Math.sqrt(variance / (r2 * (d - 1)));
        for (int i = 0; i < d; i++) {
            g[i] = scale * (g[i] - along * w[i] / r2);
            v[i] = momentum * v[i] + g[i] + lambda * w[i];
            w[i] -= eta * v[i];
        }
    }

    public void steps(long count) {
        for (long k = 0; k < count; k++) {
            step();
        }
    }

    public static double square(double[] x) {
        double sum = 0;
        for (double y : x) {
            sum += y * y;
        }
        return sum;
    }

    public static double distance(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += (x[i] - y[i]) * (x[i] - y[i]);
        }
        return sum;
    }
}
