package ornstein.expr;

import java.util.Locale;
import java.util.Optional;

/// The functions of an expression, with their value in doubles.
public enum Function {
    /// The number pi, a function of nothing.
    PI(0),
    EXP(1),
    LOG(1),
    SIN(1),
    COS(1),
    TAN(1),
    TANH(1),
    SINH(1),
    COSH(1),
    ATAN(1),
    ABS(1),
    /// -1, 0 or 1.
    SIGN(1),
    MIN(2),
    MAX(2),
    /// `select(c, a, b)`: a where c > 0, else b; the other one does not matter, whatever its value.
    SELECT(3),
    /// The greatest integer that is not above the argument.
    FLOOR(1);

    private final int arity;

    Function(int arity) {
        this.arity = arity;
    }

    public int arity() {
        return arity;
    }

    /// The name in the text of a model.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Function> named(String text) {
        for (Function f : values()) {
            if (f.text().equals(text)) {
                return Optional.of(f);
            }
        }
        return Optional.empty();
    }

    /// @param x as many arguments as [#arity]
    public double apply(double... x) {
        return switch (this) {
            case PI -> Math.PI;
            case EXP -> Math.exp(x[0]);
            case LOG -> Math.log(x[0]);
            case SIN -> Math.sin(x[0]);
            case COS -> Math.cos(x[0]);
            case TAN -> Math.tan(x[0]);
            case TANH -> Math.tanh(x[0]);
            case SINH -> Math.sinh(x[0]);
            case COSH -> Math.cosh(x[0]);
            case ATAN -> Math.atan(x[0]);
            case ABS -> Math.abs(x[0]);
            case SIGN -> Math.signum(x[0]);
            case MIN -> Math.min(x[0], x[1]);
            case MAX -> Math.max(x[0], x[1]);
            case SELECT -> x[0] > 0 ? x[1] : x[2];
            case FLOOR -> Math.floor(x[0]);
        };
    }
}
