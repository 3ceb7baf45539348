package ornstein.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/// Where the ticks of an axis are, and what they say.
final class Ticks {
    private static final String SUPERSCRIPTS = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079";

    private Ticks() {}

    /// A tick; a minor one has an empty label.
    record Mark(double value, String label) {}

    /// Ticks at multiples of 1, 2 or 5 times a power of ten, at most `most` of them.
    static List<Mark> linear(double lo, double hi, int most) {
        int power = (int) Math.floor(Math.log10((hi - lo) / most));
        int factor = 1;
        while (multiples(lo, hi, factor, power) > most) {
            power += factor == 5 ? 1 : 0;
            factor = factor == 1 ? 2 : factor == 2 ? 5 : 1;
        }
        BigDecimal step = BigDecimal.valueOf(factor).scaleByPowerOfTen(power);
        boolean scientific = Math.max(Math.abs(lo), Math.abs(hi)) >= 1e5 || power < -5;
        var marks = new ArrayList<Mark>();
        long first = (long) Math.ceil(lo / step.doubleValue() - 1e-9);
        for (long i = first; i * step.doubleValue() <= hi + 1e-9 * step.doubleValue(); i++) {
            BigDecimal value = step.multiply(BigDecimal.valueOf(i));
            marks.add(new Mark(value.doubleValue(), scientific ? scientific(value) : plain(value)));
        }
        return marks;
    }

    private static double multiples(double lo, double hi, int factor, int power) {
        double step = BigDecimal.valueOf(factor).scaleByPowerOfTen(power).doubleValue();
        return Math.floor(hi / step + 1e-9) - Math.ceil(lo / step - 1e-9) + 1;
    }

    /// Ticks of a logarithmic axis: labelled powers of ten with unlabelled 2 to 9 between them; over less than two
    /// powers of ten 1, 2 and 5 times them are labelled, over a small part of one the ticks are linear.
    static List<Mark> log(double lo, double hi, int most) {
        int first = (int) Math.floor(Math.log10(lo));
        int last = (int) Math.ceil(Math.log10(hi));
        long powers = Math.round(Math.floor(Math.log10(hi) + 1e-9) - Math.ceil(Math.log10(lo) - 1e-9)) + 1;
        int every = (int) Math.max(1, -Math.floorDiv(-powers, Math.max(1, most)));
        var marks = new ArrayList<Mark>();
        for (int power = first; power <= last; power++) {
            if (every > 1) {
                BigDecimal value = BigDecimal.ONE.scaleByPowerOfTen(power);
                marks.add(new Mark(value.doubleValue(), Math.floorMod(power, every) == 0 ? power(power) : ""));
                continue;
            }
            for (int factor = 1; factor < 10; factor++) {
                BigDecimal value = BigDecimal.valueOf(factor).scaleByPowerOfTen(power);
                String label = factor == 1 && powers >= 2
                        ? power(power)
                        : powers < 2 && (factor == 1 || factor == 2 || factor == 5) ? plainOrScientific(value) : "";
                marks.add(new Mark(value.doubleValue(), label));
            }
        }
        marks.removeIf(mark -> mark.value < lo * (1 - 1e-9) || mark.value > hi * (1 + 1e-9));
        return marks.stream().filter(mark -> !mark.label.isEmpty()).count() < 2 ? linear(lo, hi, most) : marks;
    }

    private static String plainOrScientific(BigDecimal value) {
        double size = value.doubleValue();
        return size >= 1e5 || size < 1e-4 ? scientific(value) : plain(value);
    }

    private static String plain(BigDecimal value) {
        String text = value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
        return text.replace('-', '\u2212');
    }

    private static String scientific(BigDecimal value) {
        if (value.signum() == 0) {
            return "0";
        }
        BigDecimal stripped = value.round(new MathContext(12)).stripTrailingZeros();
        int exponent = stripped.precision() - stripped.scale() - 1;
        String mantissa = plain(stripped.scaleByPowerOfTen(-exponent));
        return mantissa.equals("1") ? power(exponent) : mantissa + "\u00d7" + power(exponent);
    }

    private static String power(int exponent) {
        var text = new StringBuilder("10");
        for (char c : Integer.toString(exponent).toCharArray()) {
            text.append(c == '-' ? '\u207b' : SUPERSCRIPTS.charAt(c - '0'));
        }
        return text.toString();
    }
}
