package ornstein.spec;

import java.math.BigDecimal;

/// Numbers in messages, as a user writes them.
public final class Decimal {
    private Decimal() {}

    /// The shortest decimal that gives a number: `3`, `0.0001`, `1e-9`, `1e15`.
    public static String text(double x) {
        if (!Double.isFinite(x)) return String.valueOf(x);
        BigDecimal shortest = new BigDecimal(Double.toString(x)).stripTrailingZeros();
        int exponent = shortest.precision() - shortest.scale() - 1;
        if (x == 0 || (exponent >= -6 && exponent < 12)) return shortest.toPlainString();
        return shortest.scaleByPowerOfTen(-exponent).toPlainString() + "e" + exponent;
    }
}
