package ornstein.stats;

/// How often two networks give an input different labels, in the readings that the word has. All are averages over
/// the inputs; a block of -1 leaves out nothing.
public final class Disagreement {

    private Disagreement() {}

    /// Of two independent runs, one of each group: `1 - sum_k p_k q_k`; unbiased.
    public static double between(LabelCounts p, int withoutP, LabelCounts q, int withoutQ) {
        double same = 0;
        for (int x = 0; x < p.inputs(); x++) {
            for (int k = 0; k < p.classes(); k++) {
                same += p.frequency(x, k, withoutP) * q.frequency(x, k, withoutQ);
            }
        }
        return 1 - same / p.inputs();
    }

    /// Of two independent runs of one group: `(1 - sum_k p_k^2) n/(n-1)`; unbiased. Not 0 at equilibrium.
    public static double within(LabelCounts p, int without) {
        double n = p.runs(without);
        return between(p, without, p, without) * n / (n - 1);
    }

    /// Of two classifiers that err independently of each other with probabilities `e1` and `e2`, their wrong labels
    /// uniform over the other `classes - 1`:  `e1 (1-e2) + e2 (1-e1) + e1 e2 (1 - 1/(classes-1))`, which for two
    /// classes of equal error is `2 e (1-e)`.
    public static double independent(double e1, double e2, int classes) {
        return e1 * (1 - e2) + e2 * (1 - e1) + e1 * e2 * (1 - 1.0 / (classes - 1));
    }

    /// The largest total variation, averaged over inputs, that a squared distance Q allows: `TV = l1/2 <= sqrt(K
    /// Q)/2` (Cauchy-Schwarz over labels, Jensen over inputs). The total variation is the disagreement of the best
    /// coupling.
    public static double couplingBound(double squaredDistance, int classes) {
        return Math.sqrt(classes * Math.max(squaredDistance, 0)) / 2;
    }
}
