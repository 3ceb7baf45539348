package ornstein.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;
import ornstein.stats.Interval;

/// Numbers as tables show them: four significant digits, a dash where there is none.
public final class Numbers {
    /// What stands where there is no number.
    public static final String NONE = "\u2013";

    private Numbers() {}

    /// A number, such as `0.0512`, `1.5e-7`; infinities as \u221e.
    public static String text(@Nullable Double value) {
        if (value == null || value.isNaN()) {
            return NONE;
        }
        if (value.isInfinite()) {
            return value > 0 ? "\u221e" : "-\u221e";
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(4)).stripTrailingZeros();
        int exponent = rounded.signum() == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
        return exponent >= -4 && exponent < 7
                ? rounded.toPlainString()
                : rounded.scaleByPowerOfTen(-exponent).toPlainString() + "e" + exponent;
    }

    /// A value with its standard error, both to two digits of the error, such as `1.019 \u00b1 0.028`; the
    /// value alone where the error is zero or not a number.
    public static String withError(double value, double se) {
        if (!Double.isFinite(value) || !Double.isFinite(se) || se == 0) {
            return text(value);
        }
        BigDecimal error = new BigDecimal(se).round(new MathContext(2));
        if (error.scale() < 0 || error.scale() > 6) {
            return text(value) + " \u00b1 " + text(error.doubleValue());
        }
        return new BigDecimal(value)
                        .setScale(error.scale(), RoundingMode.HALF_EVEN)
                        .toPlainString() + " \u00b1 " + error.toPlainString();
    }

    /// An interval, such as `[0.91, 1.04]`.
    public static String text(@Nullable Interval interval) {
        return interval == null ? NONE : "[" + text(interval.lo()) + ", " + text(interval.hi()) + "]";
    }
}
