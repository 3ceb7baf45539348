package ornstein.ensemble.estimator;

/// Sums over the paths of a level, and the functionals of each.
final class LevelSums {
    final int level;
    long count;
    long taken;
    long failed;
    final double[] sum;
    final double[] square;
    final double[] plainSum;
    final double[] plainSquare;

    LevelSums(int level, int functionals) {
        this.level = level;
        sum = new double[functionals];
        square = new double[functionals];
        plainSum = new double[functionals];
        plainSquare = new double[functionals];
    }

    void add(LevelSums other) {
        count += other.count;
        failed += other.failed;
        for (int f = 0; f < sum.length; f++) {
            sum[f] += other.sum[f];
            square[f] += other.square[f];
            plainSum[f] += other.plainSum[f];
            plainSquare[f] += other.plainSquare[f];
        }
    }

    /// Takes in a path: its functionals, and those of the coarse path; one that has blown up is only counted.
    void add(double[][] fine, double[][] coarse, int i) {
        if (!isFinite(fine, i) || !isFinite(coarse, i)) {
            failed++;
            return;
        }
        count++;
        for (int f = 0; f < sum.length; f++) {
            double y = fine[f][i] - coarse[f][i];
            sum[f] += y;
            square[f] += y * y;
            plainSum[f] += fine[f][i];
            plainSquare[f] += fine[f][i] * fine[f][i];
        }
    }

    private static boolean isFinite(double[][] rows, int i) {
        for (double[] row : rows) if (!Double.isFinite(row[i])) return false;
        return true;
    }

    double mean(int f) {
        return sum[f] / count;
    }

    double variance(int f) {
        return variance(sum[f], square[f]);
    }

    double plain(int f) {
        return variance(plainSum[f], plainSquare[f]);
    }

    private double variance(double sum, double square) {
        return Math.max(0, (square - sum * sum / count) / (count - 1));
    }
}
