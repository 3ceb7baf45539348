package ornstein.kernel;

import java.util.List;
import ornstein.kernel.Code.Store;

/// The elementary functions, each expressed once in the intermediate form: row 0 to row 1. Where the guard fails
/// (arguments out of range, not a number), the caller takes `StrictMath`, whose bits are specified.
enum Elementary {
    EXP(1.1, 1),
    LOG(0.9, 2),
    SIN(1.6, 1),
    COS(1.6, 1),
    TAN(3.5, 3),
    TANH(2.2, 3),
    SINH(2.1, 3),
    COSH(1.6, 2),
    ATAN(1.9, 2);

    private final double errorF32;
    private final double errorF64;

    Elementary(double errorF32, double errorF64) {
        this.errorF32 = errorF32;
        this.errorF64 = errorF64;
    }

    /// The largest error against `StrictMath` over the range, in units in the last place, as ElementaryTest
    /// measures it. In double precision `StrictMath` itself errs by up to 1.
    double error(Precision precision) {
        return precision == Precision.F32 ? errorF32 : errorF64;
    }

    /// What the function is where the guard fails.
    double strict(double x) {
        return switch (this) {
            case EXP -> StrictMath.exp(x);
            case LOG -> StrictMath.log(x);
            case SIN -> StrictMath.sin(x);
            case COS -> StrictMath.cos(x);
            case TAN -> StrictMath.tan(x);
            case TANH -> StrictMath.tanh(x);
            case SINH -> StrictMath.sinh(x);
            case COSH -> StrictMath.cosh(x);
            case ATAN -> StrictMath.atan(x);
        };
    }

    /// Whether the guard holds at `x`: the range in which the code serves.
    boolean serves(double x, Precision precision) {
        Tables t = Tables.of(precision);
        return switch (this) {
            case EXP, TANH, ATAN -> !Double.isNaN(x);
            case LOG ->
                x >= (precision == Precision.F32 ? Float.MIN_NORMAL : Double.MIN_NORMAL)
                        && x <= (precision == Precision.F32 ? Float.MAX_VALUE : Double.MAX_VALUE);
            case SIN, COS, TAN -> Math.abs(x) <= t.angle();
            case SINH, COSH -> Math.abs(x) <= t.hyperbolic();
        };
    }

    /// The function from row 0 to row 1.
    Code code(Precision precision) {
        Graph g = new Graph(precision);
        Tables t = Tables.of(precision);
        Value x = g.row(0);
        Value y = switch (this) {
            case EXP -> exp(g, t, x);
            case LOG -> log(g, t, x);
            case SIN -> sine(g, t, x, 0);
            case COS -> sine(g, t, x, 1);
            case TAN -> tangent(g, t, x);
            case TANH -> tanh(g, t, x);
            case SINH -> sinh(g, t, x);
            case COSH -> cosh(g, t, x);
            case ATAN -> atan(g, t, x);
        };
        Value guard = switch (this) {
            case EXP, TANH, ATAN -> g.apply(Op.EQ, x, x);
            case LOG ->
                g.apply(
                        Op.AND,
                        g.le(g.constant(precision == Precision.F32 ? Float.MIN_NORMAL : Double.MIN_NORMAL), x),
                        g.le(x, g.constant(precision == Precision.F32 ? Float.MAX_VALUE : Double.MAX_VALUE)));
            case SIN, COS, TAN -> g.le(g.abs(x), g.constant(t.angle()));
            case SINH, COSH -> g.le(g.abs(x), g.constant(t.hyperbolic()));
        };
        return new Code(precision, List.of(new Store(1, y)), guard);
    }

    /// x = n log(2) + r: n as `magic + n`, and e^r - 1.
    private record Reduced(Value shifted, Value expm1) {}

    private static Reduced reduce(Graph g, Tables t, Value x) {
        Value shifted = g.fma(x, 0x1.71547652b82fep0, g.constant(t.magic()));
        Value n = g.neg(g.sub(shifted, g.constant(t.magic())));
        Value r = g.fma(n, t.ln2()[1], g.fma(n, t.ln2()[0], x));
        Value tail = g.fma(g.polynomial(r, t.exp()), r, g.constant(0.5));
        return new Reduced(shifted, g.fma(g.mul(r, r), tail, r));
    }

    /// 2^n for an integer n within the range of normal numbers.
    private static Value power(Graph g, Tables t, Value n) {
        return g.fromBits(g.shl(g.apply(Op.IADD, n, g.whole(t.exponentBias())), t.mantissa()));
    }

    private static Value integer(Graph g, Tables t, Value shifted) {
        return g.apply(Op.ISUB, g.bits(shifted), g.whole(t.bits(t.magic())));
    }

    private static Value exp(Graph g, Tables t, Value x) {
        Value clamped = g.apply(Op.MIN, g.apply(Op.MAX, x, g.constant(t.expRange()[0])), g.constant(t.expRange()[1]));
        Reduced reduced = reduce(g, t, clamped);
        Value n = integer(g, t, reduced.shifted());
        Value half = g.shr(n, 1);
        Value p = g.add(reduced.expm1(), g.constant(1));
        return g.mul(g.mul(p, power(g, t, half)), power(g, t, g.apply(Op.ISUB, n, half)));
    }

    /// e^x - 1 for |x| below about 127 log(2), or 1023 log(2).
    private static Value expm1(Graph g, Tables t, Value x) {
        Reduced reduced = reduce(g, t, x);
        Value scale = power(g, t, integer(g, t, reduced.shifted()));
        return g.fma(scale, reduced.expm1(), g.sub(scale, g.constant(1)));
    }

    /// The logarithm of a positive, finite, normal number; its bits are those of [ornstein.random.Normals].
    static Value log(Graph g, Tables t, Value x) {
        Value bits = g.apply(Op.ISUB, g.bits(x), g.whole(t.sqrtHalf()));
        Value e = g.toReal(g.shr(bits, t.mantissa()));
        Value m = g.fromBits(g.apply(Op.IADD, g.and(bits, (1L << t.mantissa()) - 1), g.whole(t.sqrtHalf())));
        Value f = g.sub(m, g.constant(1));
        return g.fma(e, t.ln2()[0], g.fma(g.polynomial(f, t.log()), g.mul(f, f), f));
    }

    /// x = n pi/2 + r: sine and cosine of r, and `magic + n`.
    private record Angle(Value shifted, Value sin, Value cos) {}

    private static Angle angle(Graph g, Tables t, Value x) {
        Value shifted = g.fma(x, 0x1.45f306dc9c883p-1, g.constant(t.magic()));
        Value n = g.neg(g.sub(shifted, g.constant(t.magic())));
        Value r = x;
        for (double part : t.halfPi()) r = g.fma(n, part, r);
        Value z = g.mul(r, r);
        Value sin = g.fma(g.mul(z, r), g.polynomial(z, t.sin()), r);
        Value cos = g.fma(g.mul(z, z), g.polynomial(z, t.cos()), g.fma(z, -0.5, g.constant(1)));
        return new Angle(shifted, sin, cos);
    }

    private static Value odd(Graph g, Value integer, long bit) {
        return g.apply(Op.IEQ, g.and(integer, bit), g.whole(bit));
    }

    /// sin(x + quarters pi/2).
    private static Value sine(Graph g, Tables t, Value x, int quarters) {
        Angle a = angle(g, t, x);
        Value quadrant = g.apply(Op.IADD, g.bits(a.shifted()), g.whole(quarters));
        Value y = g.select(odd(g, quadrant, 1), a.cos(), a.sin());
        return g.select(odd(g, quadrant, 2), g.neg(y), y);
    }

    private static Value tangent(Graph g, Tables t, Value x) {
        Angle a = angle(g, t, x);
        Value odd = odd(g, g.bits(a.shifted()), 1);
        return g.div(g.select(odd, g.neg(a.cos()), a.sin()), g.select(odd, a.sin(), a.cos()));
    }

    private static Value withSignOf(Graph g, Value magnitude, Value x) {
        long sign = g.precision() == Precision.F32 ? Integer.MIN_VALUE : Long.MIN_VALUE;
        return g.fromBits(g.apply(Op.IXOR, g.bits(magnitude), g.and(g.bits(x), sign)));
    }

    private static Value tanh(Graph g, Tables t, Value x) {
        Value a = g.apply(Op.MIN, g.abs(x), g.constant(20));
        Value e = expm1(g, t, g.add(a, a));
        return withSignOf(g, g.div(e, g.add(e, g.constant(2))), x);
    }

    private static Value sinh(Graph g, Tables t, Value x) {
        Value e = expm1(g, t, g.abs(x));
        Value twice = g.add(e, g.div(e, g.add(e, g.constant(1))));
        return withSignOf(g, g.mul(twice, g.constant(0.5)), x);
    }

    private static Value cosh(Graph g, Tables t, Value x) {
        Value e = g.add(expm1(g, t, g.abs(x)), g.constant(1));
        return g.mul(g.add(e, g.div(g.constant(1), e)), g.constant(0.5));
    }

    private static Value atan(Graph g, Tables t, Value x) {
        Value a = g.abs(x);
        Value one = g.constant(1);
        Value large = g.lt(g.constant(0x1.3504f333f9de6p1), a);
        Value medium = g.lt(g.constant(0x1.a827999fcef32p-2), a);
        Value numerator = g.select(large, g.constant(-1), g.select(medium, g.sub(a, one), a));
        Value denominator = g.select(large, a, g.select(medium, g.add(a, one), one));
        Value r = g.div(numerator, denominator);
        Value z = g.mul(r, r);
        Value high = g.constant(t.halfPi()[0]);
        Value base = g.select(large, high, g.select(medium, g.constant(t.halfPi()[0] / 2), g.constant(0)));
        Value low = g.select(
                large, g.constant(t.halfPi()[1]), g.select(medium, g.constant(t.halfPi()[1] / 2), g.constant(0)));
        Value tail = g.fma(g.mul(z, r), g.polynomial(z, t.atan()), low);
        return withSignOf(g, g.add(base, g.add(r, tail)), x);
    }
}
