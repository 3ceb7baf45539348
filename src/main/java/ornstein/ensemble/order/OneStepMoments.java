package ornstein.ensemble.order;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import ornstein.ensemble.ExactLaw;
import ornstein.method.OneStep;
import ornstein.method.Step;

/// The first and second moments a short time after a point, by enumeration of the noise: moments that are exact where a
/// [MomentMap] does not close, since a step from a point needs no closure.
public final class OneStepMoments {
    /// Steps in the same time, from which those of no step size at all are extrapolated.
    private static final int[] STEPS = {1, 2, 3, 4};

    /// The most signs of noise that are gone through.
    private static final int MOST = 16;

    private OneStepMoments() {}

    /// After one step: the mean over all batches, the pieces of uniforms and Gauss-Hermite nodes of normals; empty
    /// where there are too many, or where coordinates of the method's own begin at random.
    ///
    /// @param start of the model's coordinates
    public static Optional<ExactLaw.At> after(Step step, double[] start) {
        OneStep one = new OneStep(step);
        Optional<List<NoiseNodes.Node>> nodes = NoiseNodes.smooth(step);
        Optional<BatchSequences> batches = BatchSequences.of(step.batches());
        Optional<double[]> begin = initial(one, start);
        if (nodes.isEmpty() || batches.isEmpty() || begin.isEmpty()) return Optional.empty();
        Sums sums = new Sums(start.length);
        double each = 1.0 / batches.get().sequences().size();
        for (List<List<List<Integer>>> sequence : batches.get().sequences()) {
            for (NoiseNodes.Node node : nodes.get()) {
                OneStep.Noise noise =
                        new OneStep.Noise(node.noise().normals(), node.noise().uniforms(), sequence.getFirst());
                sums.add(each * node.weight(), one.next(begin.get(), 0, noise));
            }
        }
        return Optional.of(sums.law());
    }

    /// Of an equation in a time T. The moments after n steps of T/n whose normals are +1 or -1 are a power series
    /// in 1/n with coefficients of order T^2, T^3, ...; those after 1, 2, 3 and 4 steps leave an error of order
    /// T^5. Empty where there is more noise than can be gone through, or where the method's own coordinates begin
    /// at random.
    ///
    /// @param steps n steps in the time
    public static Optional<ExactLaw.At> inTheLimit(IntFunction<Step> steps, double[] start) {
        int d = start.length;
        Sums limit = new Sums(d);
        for (int n : STEPS) {
            Step step = steps.apply(n);
            if (step.normals() * n > MOST
                    || step.uniforms() > 0
                    || step.batches().isPresent()) return Optional.empty();
            OneStep one = new OneStep(step);
            Optional<double[]> begin = initial(one, start);
            if (begin.isEmpty()) return Optional.empty();
            Sums sums = new Sums(d);
            signs(one, begin.get(), 0, n, 1, sums);
            double weight = 1;
            for (int other : STEPS) if (other != n) weight *= (double) n / (n - other);
            for (int f = 0; f < limit.all.length; f++) limit.all[f] += weight * sums.all[f];
        }
        return Optional.of(limit.law());
    }

    private static void signs(OneStep one, double[] x, int k, int steps, double weight, Sums sums) {
        if (k == steps) {
            sums.add(weight, x);
            return;
        }
        int normals = one.step().normals();
        int count = 1 << normals;
        for (int word = 0; word < count; word++) {
            List<Double> z = new ArrayList<>();
            for (int j = 0; j < normals; j++) z.add((word >> j & 1) == 0 ? 1.0 : -1.0);
            double[] next = one.next(x, k, new OneStep.Noise(z, List.of(), List.of()));
            signs(one, next, k + 1, steps, weight / count, sums);
        }
    }

    /// All coordinates at the start; empty where they depend on normals.
    private static Optional<double[]> initial(OneStep one, double[] start) {
        int extra = one.step().extra().size();
        double[] ones = new double[extra];
        Arrays.fill(ones, 1);
        double[] all = one.initial(start, new double[extra]);
        return Arrays.equals(all, one.initial(start, ones)) ? Optional.of(all) : Optional.empty();
    }

    /// Weighted sums of 1, x and x x^T.
    private static final class Sums {
        private final int d;
        final double[] all;

        Sums(int d) {
            this.d = d;
            all = new double[1 + d + d * d];
        }

        void add(double weight, double[] x) {
            all[0] += weight;
            for (int i = 0; i < d; i++) {
                all[1 + i] += weight * x[i];
                for (int j = 0; j < d; j++) all[1 + d + i * d + j] += weight * x[i] * x[j];
            }
        }

        ExactLaw.At law() {
            double[] mean = new double[d];
            double[][] covariance = new double[d][d];
            for (int i = 0; i < d; i++) mean[i] = all[1 + i];
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) covariance[i][j] = all[1 + d + i * d + j] - mean[i] * mean[j];
            }
            return new ExactLaw.At(mean, covariance);
        }
    }
}
