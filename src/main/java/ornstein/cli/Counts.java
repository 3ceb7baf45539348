package ornstein.cli;

import java.math.BigDecimal;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Whole numbers on the command line, also as `1e6`.
final class Counts implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
        try {
            if (text.length() > 40) throw new NumberFormatException();
            BigDecimal number = new BigDecimal(text);
            if (Math.abs((long) number.scale()) > 40) throw new NumberFormatException();
            return number.longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is not a whole number such as 20000 or 1e6");
        }
    }
}
