package ornstein.stats;

import org.jspecify.annotations.Nullable;

/// The delete-group jackknife over whole runs, stratified: each initialisation (and each learning rate) is a
/// stratum, and its runs fall into groups. Leaving out one group at a time gives the values `f_(h,g)`, and
///
/// `var = sum_h (G-1)/G sum_g (f_(h,g) - mean_g f_(h,g))^2`.
///
/// Inputs share runs, so runs, not inputs, are what is left out. For an unbiased squared distance it is slightly
/// conservative near zero, where the percentile bootstrap adds the noise floor a second time. The degrees of
/// freedom are Satterthwaite's. (Kott 2001, "The delete-a-group jackknife", J. Official Statistics 17; Shao & Tu
/// 1995.)
public final class Jackknife {

    private Jackknife() {}

    /// A statistic of all runs but one group of one stratum.
    @FunctionalInterface
    public interface Statistic {
        /// @param stratum the stratum that lacks a group, or -1 for all runs
        /// @param group the group that is left out of it, or -1
        /// @return NaN where the statistic does not exist
        double without(int stratum, int group);
    }

    /// The statistic of all runs with its standard error; null where it does not exist for all runs, or not without
    /// one of the groups.
    public static @Nullable Estimate estimate(int strata, int groups, Statistic statistic) {
        double value = statistic.without(-1, -1);
        if (!Double.isFinite(value)) {
            return null;
        }
        double variance = 0;
        double squares = 0;
        for (int stratum = 0; stratum < strata; stratum++) {
            double[] deleted = new double[groups];
            double sum = 0;
            for (int group = 0; group < groups; group++) {
                deleted[group] = statistic.without(stratum, group);
                sum += deleted[group];
            }
            double mean = sum / groups;
            double part = 0;
            for (double d : deleted) {
                part += (d - mean) * (d - mean);
            }
            part *= (groups - 1.0) / groups;
            variance += part;
            squares += part * part;
        }
        if (!Double.isFinite(variance)) {
            return null;
        }
        double freedom = squares > 0 ? (groups - 1) * (variance * variance / squares) : strata * (groups - 1.0);
        return new Estimate(value, Math.sqrt(variance), freedom);
    }
}
