package ornstein.claim.ou;

import java.util.ArrayList;
import java.util.List;

/// Squared distances between the weights of siblings, forked from one checkpoint with independent noise. All are
/// means over the siblings, in steps of the run's own counting.
///
/// @param starts the times `T`, ascending; the first is that of the checkpoint
/// @param lags the times `D`, ascending
/// @param displacement `|W_T - W_{T+D}|^2`, `[T][D]`
/// @param siblings `|W_{T+D} - W'_{T+D}|^2` over pairs of siblings, `[T][D]`
/// @param modes `(u_i . (W_T - W_{T+D}))^2` along given unit vectors, `[T][D][i]`
/// @param squaredNorm `|W_T|^2`, `[T]`
public record SiblingDistances(
        List<Long> starts,
        List<Long> lags,
        List<List<Double>> displacement,
        List<List<Double>> siblings,
        List<List<List<Double>>> modes,
        List<Double> squaredNorm) {

    /// The weights of all siblings at a step, `[sibling][parameter]`.
    @FunctionalInterface
    public interface Snapshots {
        double[][] at(long step);
    }

    public SiblingDistances {
        starts = List.copyOf(starts);
        lags = List.copyOf(lags);
        displacement = List.copyOf(displacement);
        siblings = List.copyOf(siblings);
        modes = List.copyOf(modes);
        squaredNorm = List.copyOf(squaredNorm);
    }

    /// The steps whose snapshots [#measure] asks for, ascending.
    public static List<Long> steps(List<Long> starts, List<Long> lags) {
        List<Long> steps = new ArrayList<>(starts);
        starts.forEach(start -> lags.forEach(lag -> steps.add(start + lag)));
        return steps.stream().sorted().distinct().toList();
    }

    /// @param directions orthonormal vectors, `[i][parameter]`
    public static SiblingDistances measure(
            List<Long> starts, List<Long> lags, double[][] directions, Snapshots snapshots) {
        List<List<Double>> displacement = new ArrayList<>();
        List<List<Double>> siblings = new ArrayList<>();
        List<List<List<Double>>> modes = new ArrayList<>();
        List<Double> norms = new ArrayList<>();
        for (long start : starts) {
            double[][] from = snapshots.at(start);
            List<Double> moved = new ArrayList<>();
            List<Double> apart = new ArrayList<>();
            List<List<Double>> along = new ArrayList<>();
            for (long lag : lags) {
                double[][] to = snapshots.at(start + lag);
                moved.add(meanDisplacement(from, to));
                apart.add(meanPair(to));
                along.add(meanAlong(directions, from, to));
            }
            displacement.add(List.copyOf(moved));
            siblings.add(List.copyOf(apart));
            modes.add(List.copyOf(along));
            norms.add(meanDisplacement(from, new double[from.length][from[0].length]));
        }
        return new SiblingDistances(starts, lags, displacement, siblings, modes, norms);
    }

    private static double meanDisplacement(double[][] from, double[][] to) {
        double sum = 0;
        for (int i = 0; i < from.length; i++) {
            sum += squaredDistance(from[i], to[i]);
        }
        return sum / from.length;
    }

    private static double meanPair(double[][] at) {
        double sum = 0;
        for (int i = 0; i < at.length; i++) {
            for (int j = 0; j < i; j++) {
                sum += squaredDistance(at[i], at[j]);
            }
        }
        return 2 * sum / (at.length * (at.length - 1.0));
    }

    private static List<Double> meanAlong(double[][] directions, double[][] from, double[][] to) {
        List<Double> means = new ArrayList<>();
        for (double[] u : directions) {
            double sum = 0;
            for (int i = 0; i < from.length; i++) {
                double dot = 0;
                for (int j = 0; j < u.length; j++) {
                    dot += u[j] * (to[i][j] - from[i][j]);
                }
                sum += dot * dot;
            }
            means.add(sum / from.length);
        }
        return List.copyOf(means);
    }

    static double squaredDistance(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            double d = x[i] - y[i];
            sum += d * d;
        }
        return sum;
    }
}
