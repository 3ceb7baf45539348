package ornstein.claim;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/// Numbers as a sentence has them: `5`, not `5.0`, and `1e-10`.
public final class Written {
    private static final MathContext DIGITS = new MathContext(6);

    private Written() {}

    /// A finite number, at most 6 digits of it.
    public static String of(double x) {
        BigDecimal number = BigDecimal.valueOf(x).round(DIGITS).stripTrailingZeros();
        boolean plain = x == 0 || Math.abs(x) >= 1e-4 && Math.abs(x) < 1e7;
        return plain ? number.toPlainString() : number.toString().toLowerCase(Locale.ROOT);
    }
}
