package ornstein.stats;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.jspecify.annotations.Nullable;

/// The order of convergence: the slope of log error on log step size by least squares. Its standard error
/// holds how far the errors are from a straight line and, where they are estimated from runs, the
/// delete-group jackknife over these.
public final class OrderFit {
    /// The fewest errors that make an order.
    public static final int FEWEST = 3;

    private OrderFit() {}

    /// The slope through known errors; null with fewer than three that are positive and finite.
    ///
    /// @param sizes step sizes
    public static @Nullable Estimate of(double[] sizes, double[] errors) {
        SimpleRegression line = line(sizes, errors);
        return line == null ? null : new Estimate(line.getSlope(), line.getSlopeStdErr(), line.getN() - 2.0);
    }

    /// The slope through errors estimated from groups of runs.
    ///
    /// @param without the errors without each group
    public static @Nullable Estimate of(double[] sizes, double[] errors, double[][] without) {
        Estimate line = of(sizes, errors);
        if (line == null) return null;
        Estimate noise =
                Jackknife.estimate(1, without.length, (_, group) -> slope(sizes, group < 0 ? errors : without[group]));
        if (noise == null) return null;
        double error = Math.hypot(line.standardError(), noise.standardError());
        return new Estimate(line.value(), error, Math.min(line.freedom(), noise.freedom()));
    }

    private static double slope(double[] sizes, double[] errors) {
        SimpleRegression line = line(sizes, errors);
        return line == null ? Double.NaN : line.getSlope();
    }

    private static @Nullable SimpleRegression line(double[] sizes, double[] errors) {
        int[] usable = IntStream.range(0, sizes.length)
                .filter(i -> errors[i] > 0 && Double.isFinite(errors[i]))
                .toArray();
        if (usable.length < FEWEST) return null;
        SimpleRegression line = new SimpleRegression();
        Arrays.stream(usable).forEach(i -> line.addData(Math.log(sizes[i]), Math.log(errors[i])));
        return line;
    }
}
