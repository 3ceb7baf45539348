package ornstein.expr;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import ornstein.expr.Expr.Add;
import ornstein.expr.Expr.Call;
import ornstein.expr.Expr.Mul;
import ornstein.expr.Expr.Num;
import ornstein.expr.Expr.Pow;

/// The normal form of expressions, which is also their simplification:
///
/// - sums and products are flat and sorted; like terms are collected, powers of one base merged; constants are
///   folded, exactly while they fit (see [Rational]); the functions are evaluated only where the value is exact;
/// - `(u v)^n = u^n v^n` and `(u^a)^n = u^(a n)` for integers n;
/// - `0 u = 0`, `u^0 = 1`, `exp(log u) = u = log(exp u)`, `min(u, u) = u`.
///
/// Wherever the written expression has a finite value, the normal form has the same value to rounding. The normal
/// form may have a value where the written one has none: x/x is 1 at 0, sqrt(x)^2 is x at -1. Numbers do not
/// multiply into sums: 2*(x + y) stays a product, so that cancellation inside the brackets stays exact.
final class Normal {
    private Normal() {}

    static Expr sum(List<Expr> terms) {
        Map<Expr, Rational> coefficients = new LinkedHashMap<>();
        Rational constant = Rational.ZERO;
        for (Expr term : terms) {
            constant = constant.plus(collect(term, Rational.ONE, coefficients));
        }
        List<Expr> normal = new ArrayList<>(coefficients.size() + 1);
        for (Map.Entry<Expr, Rational> e : coefficients.entrySet()) {
            if (e.getValue().signum() != 0) {
                normal.add(scaled(e.getValue(), e.getKey()));
            }
        }
        if (normal.size() > 1) {
            normal.sort((a, b) -> {
                int c = Order.INSTANCE.compare(unscaled(a), unscaled(b));
                return c != 0 ? c : Order.INSTANCE.compare(a, b);
            });
        }
        if (constant.signum() != 0 || normal.isEmpty()) {
            normal.add(Expr.number(constant));
        }
        return normal.size() == 1 ? normal.get(0) : Expr.add(normal);
    }

    /// Adds a term times 1 or -1 to the coefficients; gives its constant part.
    private static Rational collect(Expr term, Rational sign, Map<Expr, Rational> coefficients) {
        if (term instanceof Num n) {
            return n.rational().times(sign);
        }
        Rational c = coefficient(term).times(sign);
        Expr rest = unscaled(term);
        if (rest instanceof Add a && (c.equals(Rational.ONE) || c.equals(Rational.ONE.negate()))) {
            Rational constant = Rational.ZERO;
            for (Expr inner : a.terms()) {
                constant = constant.plus(collect(inner, c, coefficients));
            }
            return constant;
        }
        coefficients.merge(rest, c, Rational::plus);
        return Rational.ZERO;
    }

    /// The constant factor of a term.
    static Rational coefficient(Expr e) {
        return e instanceof Mul m && m.factors().get(0) instanceof Num n ? n.rational() : Rational.ONE;
    }

    /// A term without its constant factor.
    static Expr unscaled(Expr e) {
        if (!(e instanceof Mul m) || !(m.factors().get(0) instanceof Num)) {
            return e;
        }
        List<Expr> rest = m.factors().subList(1, m.factors().size());
        return rest.size() == 1 ? rest.get(0) : Expr.mul(rest);
    }

    private static Expr scaled(Rational c, Expr rest) {
        if (c.equals(Rational.ONE)) {
            return rest;
        }
        List<Expr> factors = new ArrayList<>();
        factors.add(Expr.number(c));
        if (rest instanceof Mul m) {
            factors.addAll(m.factors());
        } else {
            factors.add(rest);
        }
        return Expr.mul(factors);
    }

    static Expr product(List<Expr> given) {
        Map<Expr, List<Expr>> exponents = new LinkedHashMap<>();
        Rational coefficient = Rational.ONE;
        for (Expr factor : given) {
            List<Expr> flat = factor instanceof Mul m ? m.factors() : List.of(factor);
            for (Expr f : flat) {
                if (f instanceof Num n) {
                    coefficient = coefficient.times(n.rational());
                } else {
                    exponents
                            .computeIfAbsent(Order.base(f), b -> new ArrayList<>(1))
                            .add(Order.exponent(f));
                }
            }
        }
        if (coefficient.signum() == 0) {
            return Expr.ZERO;
        }
        List<Expr> normal = new ArrayList<>(exponents.size() + 1);
        boolean again = false;
        for (Map.Entry<Expr, List<Expr>> e : exponents.entrySet()) {
            Expr power = pow(e.getKey(), sum(e.getValue()));
            again |= power instanceof Mul
                    || power instanceof Num
                    || !Order.base(power).equals(e.getKey());
            normal.add(power);
        }
        if (again) {
            normal.add(Expr.number(coefficient));
            return product(normal);
        }
        normal.sort(Order.INSTANCE);
        if (!coefficient.equals(Rational.ONE) || normal.isEmpty()) {
            normal.add(0, Expr.number(coefficient));
        }
        return normal.size() == 1 ? normal.get(0) : Expr.mul(normal);
    }

    static Expr pow(Expr base, Expr exponent) {
        if (exponent instanceof Num n) {
            if (n.rational().signum() == 0) {
                return Expr.ONE;
            }
            if (n.rational().equals(Rational.ONE)) {
                return base;
            }
            if (n.isInteger()) {
                return integerPower(base, n);
            }
            Rational twice = n.rational().times(Rational.of(2, 1));
            if (base instanceof Num b && twice.isInteger()) {
                Rational root = exactRoot(b.rational());
                if (root != null) {
                    return Expr.number(root.pow(twice.numerator()));
                }
            }
        }
        return base.equals(Expr.ONE) ? Expr.ONE : Expr.power(base, exponent);
    }

    private static Expr integerPower(Expr base, Num exponent) {
        return switch (base) {
            case Num b -> Expr.number(b.rational().pow(exponent.rational().numerator()));
            case Mul m ->
                product(m.factors().stream().map(f -> pow(f, exponent)).toList());
            case Pow p -> {
                Expr merged = product(List.of(p.exponent(), exponent));
                yield pow(p.base(), merged);
            }
            default -> Expr.power(base, exponent);
        };
    }

    /// The square root of a constant if it is a quotient of integers, else null.
    private static @Nullable Rational exactRoot(Rational r) {
        if (!r.isExact() || r.signum() < 0) {
            return null;
        }
        long p = Math.round(Math.sqrt((double) r.numerator()));
        long q = Math.round(Math.sqrt((double) r.denominator()));
        return p * p == r.numerator() && q * q == r.denominator() ? Rational.of(p, q) : null;
    }

    static Expr call(Function f, List<Expr> x) {
        if (x.size() != f.arity()) {
            throw new IllegalArgumentException(f.text() + " takes " + f.arity() + " arguments, not " + x.size());
        }
        return switch (f) {
            case PI -> Expr.apply(f, x);
            case EXP -> isZero(x.get(0)) ? Expr.ONE : inverse(Function.LOG, f, x);
            case LOG -> x.get(0).equals(Expr.ONE) ? Expr.ZERO : inverse(Function.EXP, f, x);
            case COS, COSH -> isZero(x.get(0)) ? Expr.ONE : Expr.apply(f, x);
            case SIN, TAN, TANH, SINH, ATAN -> isZero(x.get(0)) ? Expr.ZERO : Expr.apply(f, x);
            case ABS -> x.get(0) instanceof Num n ? absolute(n) : Expr.apply(f, x);
            case SIGN -> x.get(0) instanceof Num n ? Expr.num(n.rational().signum()) : Expr.apply(f, x);
            case FLOOR -> x.get(0) instanceof Num n ? Expr.num(Math.floor(n.value())) : Expr.apply(f, x);
            case MIN, MAX -> extreme(f, x);
            case SELECT -> select(x);
        };
    }

    private static boolean isZero(Expr e) {
        return e.equals(Expr.ZERO);
    }

    private static Expr absolute(Num n) {
        return n.rational().signum() < 0 ? Expr.number(n.rational().negate()) : n;
    }

    private static Expr inverse(Function inverse, Function f, List<Expr> x) {
        return x.get(0) instanceof Call c && c.function() == inverse
                ? c.arguments().get(0)
                : Expr.apply(f, x);
    }

    private static Expr extreme(Function f, List<Expr> x) {
        if (x.get(0).equals(x.get(1))) {
            return x.get(0);
        }
        if (x.get(0) instanceof Num a && x.get(1) instanceof Num b) {
            return (a.rational().compareTo(b.rational()) < 0) == (f == Function.MIN) ? a : b;
        }
        return Expr.apply(f, x);
    }

    private static Expr select(List<Expr> x) {
        if (x.get(0) instanceof Num c) {
            return c.rational().signum() > 0 ? x.get(1) : x.get(2);
        }
        return x.get(1).equals(x.get(2)) ? x.get(1) : Expr.apply(Function.SELECT, x);
    }
}
