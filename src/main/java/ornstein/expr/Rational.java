package ornstein.expr;

import java.math.BigDecimal;
import java.math.BigInteger;

/// A constant: numerator / denominator with both at most 2^53, in lowest terms, so that the quotient of the two as
/// doubles is the correctly rounded value; or, with denominator 0, a double that is not such a quotient. Arithmetic
/// is exact where the result fits, else in doubles. Zero has no sign.
record Rational(long numerator, long denominator, double inexact) implements Comparable<Rational> {
    private static final long LIMIT = 1L << 53;
    private static final BigInteger BIG_LIMIT = BigInteger.valueOf(LIMIT);

    static final Rational ZERO = new Rational(0, 1, 0);
    static final Rational ONE = new Rational(1, 1, 0);

    static Rational of(long numerator, long denominator) {
        return of(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
    }

    /// The shortest decimal that reads as this double, if it fits, else the double.
    static Rational of(double value) {
        if (!Double.isFinite(value)) {
            throw new ExprException("a constant overflows the range of double precision");
        }
        if (value == 0) {
            return ZERO;
        }
        if (value == Math.rint(value) && Math.abs(value) <= LIMIT) {
            return new Rational((long) value, 1, 0);
        }
        BigDecimal d = new BigDecimal(Double.toString(value));
        if (d.scale() < -20 || d.scale() > 40) {
            return new Rational(0, 0, value);
        }
        BigInteger ten = BigInteger.TEN.pow(Math.abs(d.scale()));
        Rational r = d.scale() >= 0
                ? fitting(d.unscaledValue(), ten)
                : fitting(d.unscaledValue().multiply(ten), BigInteger.ONE);
        return r.isExact() && r.toDouble() == value ? r : new Rational(0, 0, value);
    }

    /// The quotient exactly if it fits, else its double.
    private static Rational of(BigInteger p, BigInteger q) {
        if (q.signum() == 0) {
            throw new ExprException("division by zero in a constant");
        }
        Rational r = fitting(p, q);
        return r.isExact() ? r : of(r.inexact);
    }

    private static Rational fitting(BigInteger p, BigInteger q) {
        BigInteger g = p.gcd(q);
        if (q.signum() < 0) {
            g = g.negate();
        }
        BigInteger n = p.divide(g);
        BigInteger d = q.divide(g);
        return n.abs().compareTo(BIG_LIMIT) <= 0 && d.compareTo(BIG_LIMIT) <= 0
                ? new Rational(n.longValueExact(), d.longValueExact(), 0)
                : new Rational(0, 0, n.doubleValue() / d.doubleValue());
    }

    boolean isExact() {
        return denominator != 0;
    }

    boolean isInteger() {
        return denominator == 1;
    }

    double toDouble() {
        return isExact() ? (double) numerator / denominator : inexact;
    }

    int signum() {
        return isExact() ? Long.signum(numerator) : (int) Math.signum(inexact);
    }

    Rational plus(Rational o) {
        if (!isExact() || !o.isExact()) {
            return of(toDouble() + o.toDouble());
        }
        BigInteger a = BigInteger.valueOf(numerator).multiply(BigInteger.valueOf(o.denominator));
        BigInteger b = BigInteger.valueOf(o.numerator).multiply(BigInteger.valueOf(denominator));
        return of(a.add(b), BigInteger.valueOf(denominator).multiply(BigInteger.valueOf(o.denominator)));
    }

    Rational times(Rational o) {
        if (!isExact() || !o.isExact()) {
            return of(toDouble() * o.toDouble());
        }
        return of(
                BigInteger.valueOf(numerator).multiply(BigInteger.valueOf(o.numerator)),
                BigInteger.valueOf(denominator).multiply(BigInteger.valueOf(o.denominator)));
    }

    Rational negate() {
        return isExact() ? new Rational(-numerator, denominator, 0) : new Rational(0, 0, -inexact);
    }

    Rational reciprocal() {
        return isExact() ? of(denominator, numerator) : of(1 / inexact);
    }

    /// This to an integer power, exact while it fits, else in doubles.
    Rational pow(long n) {
        if (n < 0) {
            return reciprocal().pow(-n);
        }
        if (isExact() && n <= 64) {
            Rational r = ONE;
            for (long i = 0; i < n; i++) {
                r = r.times(this);
            }
            return r;
        }
        return of(Math.pow(toDouble(), (double) n));
    }

    @Override
    public int compareTo(Rational o) {
        int c = Double.compare(toDouble(), o.toDouble());
        return c != 0 ? c : Long.compare(denominator, o.denominator);
    }
}
