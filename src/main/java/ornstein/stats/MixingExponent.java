package ornstein.stats;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The exponent p of the mixing time, `T(delta) = c lambda_e^-p` steps, in the measured clock: `p_s(delta)` is
/// minus the least-squares slope of `log(s(T)/lambda_e)` on `log lambda_e`. At equilibrium the clock runs at
/// lambda_e a step, so `s(T)/lambda_e` is a number of steps freed of the transient of the norm. p = 1 is the time
/// scale 1/lambda_e exactly; a p that changes with delta means a plateau or slow modes.
public final class MixingExponent {

    private MixingExponent() {}

    /// The exponent with its jackknife error over all runs of all curves; null where a curve does not cross
    /// `delta`, or one does not without some block.
    public static @Nullable Estimate of(List<MixingCurve> curves, double delta) {
        int strata = curves.getFirst().strata();
        int blocks = curves.getFirst().blocks();
        double[] logRate =
                curves.stream().mapToDouble(c -> Math.log(c.lambdaE())).toArray();
        double[] logTime = new double[logRate.length];
        for (int i = 0; i < logTime.length; i++) {
            logTime[i] = logTime(curves.get(i), -1, -1, delta);
        }
        return Jackknife.estimate(strata * curves.size(), blocks, (stratum, block) -> {
            double[] y = logTime.clone();
            if (stratum >= 0) {
                int at = stratum / strata;
                y[at] = logTime(curves.get(at), stratum % strata, block, delta);
            }
            return -slope(logRate, y);
        });
    }

    /// The mean over the curves of `s(T)`, the constant c of `T = c/lambda_e`, with its jackknife error; null as in
    /// [#of].
    public static @Nullable Estimate constant(List<MixingCurve> curves, double delta) {
        int strata = curves.getFirst().strata();
        double[] all = curves.stream()
                .mapToDouble(c -> MixingCurve.crossing(c.row(-1, -1), delta))
                .toArray();
        return Jackknife.estimate(strata * curves.size(), curves.getFirst().blocks(), (stratum, block) -> {
            double sum = 0;
            for (int i = 0; i < all.length; i++) {
                boolean lacks = stratum >= 0 && i == stratum / strata;
                sum += lacks ? MixingCurve.crossing(curves.get(i).row(stratum % strata, block), delta) : all[i];
            }
            return sum / all.length;
        });
    }

    private static double logTime(MixingCurve curve, int stratum, int block, double delta) {
        return Math.log(MixingCurve.crossing(curve.row(stratum, block), delta) / curve.lambdaE());
    }

    /// The least-squares slope of y on x.
    public static double slope(double[] x, double[] y) {
        double meanX = 0;
        double meanY = 0;
        for (int i = 0; i < x.length; i++) {
            meanX += x[i] / x.length;
            meanY += y[i] / x.length;
        }
        double xy = 0;
        double xx = 0;
        for (int i = 0; i < x.length; i++) {
            xy += (x[i] - meanX) * (y[i] - meanY);
            xx += (x[i] - meanX) * (x[i] - meanX);
        }
        return xy / xx;
    }
}
