package ornstein.claim.mixing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import ornstein.stats.MixingCurve;

/// Brownian motion on the circle as if it were a network: run by run an angle, started at one of several angles,
/// that gives the input x the label `cos(phi - x) > 0`. Angles are drawn exactly at the probed times.
///
/// The label law has the Fourier coefficients of a square wave, and harmonic l decays as `exp(-l^2 tau)` when the
/// variance of the angle is `2 tau`; so two starts an angle Delta apart have `Q(tau) = (8/pi^2) sum over odd l of
/// exp(-2 l^2 tau) (1 - cos(l Delta))/l^2`.
///
/// @param starts angles
/// @param paths runs a start
/// @param power tau runs at `lambda_e^power` a step (times a constant, so that all agree at lambda_e = .008): 1
///     mixes on the time scale 1/lambda_e
/// @param stuck fraction of runs that stay where they started
record Circle(double[] starts, int paths, double power, double stuck, long seed) {
    static final int INPUTS = 48;
    static final int BLOCKS = 15;

    Circle(int paths, double power, double stuck, long seed) {
        this(new double[] {0, Math.PI}, paths, power, stuck, seed);
    }

    static double exactSquared(double tau, double angle) {
        double sum = 0;
        for (int l = 1; l < 200; l += 2) {
            sum += Math.exp(-2.0 * l * l * tau) * (1 - Math.cos(l * angle)) / (l * l);
        }
        return 8 / (Math.PI * Math.PI) * sum;
    }

    /// Where the exact distance of two opposite starts is delta.
    static double exactCrossing(double delta) {
        double lo = 0;
        double hi = 20;
        while (hi - lo > 1e-12) {
            double mid = (lo + hi) / 2;
            if (Math.sqrt(exactSquared(mid, Math.PI)) > delta) {
                lo = mid;
            } else {
                hi = mid;
            }
        }
        return lo;
    }

    List<MixingCurve> curves(double... rates) {
        List<MixingCurve> curves = new ArrayList<>();
        for (double rate : rates) {
            curves.add(curve(rate));
        }
        return curves;
    }

    /// The curve at lambda_e = rate, at 17 times from lambda_e t = .03 to 6 and at 8, 10, 12, with the clock
    /// lambda_e t.
    MixingCurve curve(double rate) {
        return runs(rate).curve(BLOCKS);
    }

    /// The runs at lambda_e = rate; an input is labelled right where the angle 0 would.
    Runs runs(double rate) {
        long[] steps = Grid.steps(rate, .03, 6, 17, List.of(8.0, 10.0, 12.0));
        double tauPerStep = .008 * Math.pow(rate / .008, power);
        byte[] truth = labels(0);
        List<Runs.Group> groups = new ArrayList<>();
        for (int a = 0; a < starts.length; a++) {
            RandomGenerator random = new SplittableRandom(seed + 1000L * a + Math.round(1e6 * rate));
            double[] angle = new double[paths];
            Arrays.fill(angle, starts[a]);
            byte[][][] labels = new byte[steps.length][paths][];
            double[][] clock = new double[steps.length][paths];
            double[][] norm = new double[steps.length][paths];
            double[][] accuracy = new double[steps.length][paths];
            for (int t = 0; t < steps.length; t++) {
                long span = steps[t] - (t == 0 ? 0 : steps[t - 1]);
                double sd = Math.sqrt(2 * tauPerStep * span);
                for (int run = 0; run < paths; run++) {
                    double jump = sd * random.nextGaussian();
                    if (run >= stuck * paths) {
                        angle[run] += jump;
                    }
                    labels[t][run] = labels(angle[run]);
                    clock[t][run] = rate * steps[t];
                    norm[t][run] = 1;
                    int wrong = 0;
                    for (int x = 0; x < INPUTS; x++) {
                        wrong += Math.abs(labels[t][run][x] - truth[x]);
                    }
                    accuracy[t][run] = 1 - (double) wrong / INPUTS;
                }
            }
            groups.add(new Runs.Group(labels, clock, norm, accuracy));
        }
        return new Runs(rate, steps, groups, 2, List.of());
    }

    private static byte[] labels(double angle) {
        byte[] labels = new byte[INPUTS];
        for (int x = 0; x < INPUTS; x++) {
            labels[x] = (byte) (Math.cos(angle - 2 * Math.PI * (x + .5) / INPUTS) > 0 ? 1 : 0);
        }
        return labels;
    }
}
