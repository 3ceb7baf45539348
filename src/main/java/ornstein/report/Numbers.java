package ornstein.report;

import java.math.BigDecimal;
import java.math.MathContext;
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

    /// An interval, such as `[0.91, 1.04]`.
    public static String text(@Nullable Interval interval) {
        return interval == null ? NONE : "[" + text(interval.lo()) + ", " + text(interval.hi()) + "]";
    }
}
