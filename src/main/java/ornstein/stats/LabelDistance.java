package ornstein.stats;

/// Distances between the label laws of two groups of runs, averaged over the inputs. A block of -1 leaves out
/// nothing.
public final class LabelDistance {

    private LabelDistance() {}

    /// The squared l2 distance `mean_x sum_k (p_k - q_k)^2`, exactly unbiased:
    ///
    /// `Q = mean_x sum_k [ (p^-q^)^2 - p^(1-p^)/(n-1) - q^(1-q^)/(m-1) ]`,
    ///
    /// for `E (p^-q^)^2 = (p-q)^2 + p(1-p)/n + q(1-q)/m`, and `p^(1-p^)/(n-1)` is unbiased for `p(1-p)/n`. It is
    /// negative about half the time where the laws are equal.
    public static double squared(LabelCounts p, int withoutP, LabelCounts q, int withoutQ) {
        requireAlike(p, q);
        double n = p.runs(withoutP);
        double m = q.runs(withoutQ);
        double sum = 0;
        for (int x = 0; x < p.inputs(); x++) {
            for (int k = 0; k < p.classes(); k++) {
                double a = p.frequency(x, k, withoutP);
                double b = q.frequency(x, k, withoutQ);
                sum += (a - b) * (a - b) - a * (1 - a) / (n - 1) - b * (1 - b) / (m - 1);
            }
        }
        return sum / p.inputs();
    }

    /// The l1 distance `mean_x sum_k |p^_k - q^_k|` of the frequencies, twice their total variation. Biased
    /// upwards: it does not go below [#floor] and is for figures, beside that floor.
    public static double l1(LabelCounts p, LabelCounts q) {
        requireAlike(p, q);
        double sum = 0;
        for (int x = 0; x < p.inputs(); x++) {
            for (int k = 0; k < p.classes(); k++) {
                sum += Math.abs(p.frequency(x, k, -1) - q.frequency(x, k, -1));
            }
        }
        return sum / p.inputs();
    }

    /// What [#l1] between two groups as large as this one would be if both had this group's law: `(2/sqrt(pi n))
    /// mean_x sum_k sqrt(p_k (1 - p_k))`, for large n.
    public static double floor(LabelCounts p) {
        double sum = 0;
        for (int x = 0; x < p.inputs(); x++) {
            for (int k = 0; k < p.classes(); k++) {
                double a = p.frequency(x, k, -1);
                sum += Math.sqrt(a * (1 - a));
            }
        }
        return 2 / Math.sqrt(Math.PI * p.runs(-1)) * sum / p.inputs();
    }

    private static void requireAlike(LabelCounts p, LabelCounts q) {
        if (p.inputs() != q.inputs() || p.classes() != q.classes()) {
            throw new IllegalArgumentException("label counts on different inputs or classes");
        }
    }
}
