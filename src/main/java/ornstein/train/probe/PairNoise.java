package ornstein.train.probe;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import ornstein.random.Streams;
import ornstein.random.Uniforms;
import ornstein.stats.Estimate;

/// Gradient noise from pairs of independent batches: for their gradients g1 and g2, <g1, g2> is an unbiased
/// estimate of
/// |grad L|^2 and |g1 - g2|^2 / 2 one of Tr Sigma, whatever the sampling (Li, Malladi, Arora, arXiv:2102.12470). Sigma
/// is that of the batch. Right for batch norm too.
public final class PairNoise {
    private PairNoise() {}

    /// At theta, from `pairs` pairs of batches drawn with replacement.
    ///
    /// @param path number of this estimate: different numbers draw different batches
    public static GradientNoise estimate(LossSurface loss, double[] theta, int batch, int pairs, long seed, long path) {
        return estimate(loss, theta, pairs, k -> {
            int[] indices = new int[batch];
            Uniforms.indices(seed, path, (long) k * batch, Streams.PROBE, loss.count(), indices);
            return indices;
        });
    }

    /// As above, with batches `2k` and `2k+1` of pair k from `draw`.
    static GradientNoise estimate(LossSurface loss, double[] theta, int pairs, IntFunction<int[]> draw) {
        if (pairs < 2) {
            throw new IllegalArgumentException("a standard error needs 2 pairs of batches, not " + pairs);
        }
        Parts parts = new Parts(loss.size(), loss.net().groups());
        Spread[] gradient2 = spreads(parts.count());
        Spread[] trace = spreads(parts.count());
        for (int k = 0; k < pairs; k++) {
            double[] g1 = loss.batchGradient(theta, draw.apply(2 * k));
            double[] g2 = loss.batchGradient(theta, draw.apply(2 * k + 1));
            double[] products = parts.sums(j -> g1[j] * g2[j]);
            double[] differences = parts.sums(j -> (g1[j] - g2[j]) * (g1[j] - g2[j]) / 2);
            for (int i = 0; i < parts.count(); i++) {
                gradient2[i].add(products[i]);
                trace[i].add(differences[i]);
            }
        }
        return GradientNoise.of(parts, estimates(gradient2), estimates(trace), List.of());
    }

    private static Spread[] spreads(int n) {
        return IntStream.range(0, n).mapToObj(i -> new Spread()).toArray(Spread[]::new);
    }

    private static Estimate[] estimates(Spread[] spreads) {
        Estimate[] out = new Estimate[spreads.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = spreads[i].estimate();
        }
        return out;
    }

    /// Mean and variance of a stream (B. Welford, Technometrics 4, 1962).
    private static final class Spread {
        private int n;
        private double mean;
        private double squares;

        void add(double x) {
            n++;
            double d = x - mean;
            mean += d / n;
            squares += d * (x - mean);
        }

        Estimate estimate() {
            return new Estimate(mean, Math.sqrt(squares / (n - 1) / n), n - 1.0);
        }
    }
}
