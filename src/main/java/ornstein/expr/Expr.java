package ornstein.expr;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// A real expression in normal form. Nodes are immutable and unique: two expressions that are equal in structure
/// are the same object, so an expression is a graph with shared parts, equality costs nothing, and every traversal
/// of this package visits a shared part once.
///
/// Differences are sums with a coefficient -1, quotients are powers with a negative exponent, `sqrt(u)` is
/// `u^(1/2)`. The factories put every expression into the normal form that [Normal] describes; nothing else can
/// make a node. Switch over the six kinds: [Num], [Sym], [Add], [Mul], [Pow], [Call].
public abstract sealed class Expr {
    /// The greatest nesting of an expression; bounds the recursion of every traversal.
    public static final int MAX_DEPTH = 1000;

    /// The most operands of one sum or product.
    public static final int MAX_OPERANDS = 200_000;

    public static final Expr ZERO = num(0);
    public static final Expr ONE = num(1);
    public static final Expr PI = call(Function.PI);

    private final int hash;
    private final int depth;

    private Expr(int hash, int depth) {
        this.hash = hash;
        this.depth = depth;
    }

    /// A constant: a finite double, exact as a quotient of two integers of at most 2^53 where it has been written
    /// or computed as one, so that 1/3 stays 1/3 and 0.1 is a tenth.
    public static final class Num extends Expr {
        private final Rational value;

        private Num(Rational value) {
            super(value.hashCode(), 1);
            this.value = value;
        }

        /// The nearest double.
        public double value() {
            return value.toDouble();
        }

        Rational rational() {
            return value;
        }

        /// Whether this is an integer of at most 2^53.
        public boolean isInteger() {
            return value.isInteger();
        }
    }

    /// A symbol: a state, a parameter, the time, a column of the data, or any leaf that a user of this package
    /// gives a meaning to. Symbols are equal if their names are.
    public static final class Sym extends Expr {
        private final String name;

        private Sym(String name) {
            super(name.hashCode(), 1);
            this.name = name;
        }

        public String name() {
            return name;
        }
    }

    /// A sum of at least two terms; a constant term comes last.
    public static final class Add extends Expr {
        private final List<Expr> terms;

        private Add(List<Expr> terms) {
            super(identityHash(1, terms), 1 + depthOf(terms));
            this.terms = terms;
        }

        public List<Expr> terms() {
            return terms;
        }
    }

    /// A product of at least two factors; a constant coefficient comes first. Factors of a denominator are powers
    /// with a negative exponent.
    public static final class Mul extends Expr {
        private final List<Expr> factors;

        private Mul(List<Expr> factors) {
            super(identityHash(2, factors), 1 + depthOf(factors));
            this.factors = factors;
        }

        public List<Expr> factors() {
            return factors;
        }
    }

    /// A power. The square root is the exponent 1/2, a reciprocal the exponent -1.
    public static final class Pow extends Expr {
        private final List<Expr> operands;

        private Pow(List<Expr> operands) {
            super(identityHash(3, operands), 1 + depthOf(operands));
            this.operands = operands;
        }

        public Expr base() {
            return operands.get(0);
        }

        public Expr exponent() {
            return operands.get(1);
        }
    }

    /// A function applied to its arguments.
    public static final class Call extends Expr {
        private final Function function;
        private final List<Expr> arguments;

        private Call(Function function, List<Expr> arguments) {
            super(identityHash(function.name().hashCode(), arguments), 1 + depthOf(arguments));
            this.function = function;
            this.arguments = arguments;
        }

        public Function function() {
            return function;
        }

        public List<Expr> arguments() {
            return arguments;
        }
    }

    /// The operands of a node, in order; none for numbers and symbols.
    public final List<Expr> operands() {
        return switch (this) {
            case Num n -> List.of();
            case Sym s -> List.of();
            case Add a -> a.terms;
            case Mul m -> m.factors;
            case Pow p -> p.operands;
            case Call c -> c.arguments;
        };
    }

    /// The same kind of node with other operands.
    /// @param operands as many as [#operands] gives
    public final Expr with(List<Expr> operands) {
        return switch (this) {
            case Num n -> n;
            case Sym s -> s;
            case Add a -> sum(operands);
            case Mul m -> product(operands);
            case Pow p -> operands.get(0).pow(operands.get(1));
            case Call c -> Normal.call(c.function, operands);
        };
    }

    /// The same node over new operands, each the image of the old one.
    final Expr map(UnaryOperator<Expr> image) {
        List<Expr> old = operands();
        List<Expr> images = new ArrayList<>(old.size());
        for (Expr e : old) {
            images.add(image.apply(e));
        }
        return with(images);
    }

    /// The longest path from here to a leaf, counting both ends.
    public final int depth() {
        return depth;
    }

    // ---- factories ----

    /// @param value finite; read as the shortest decimal that gives it, so that `num(0.1)` is exactly a tenth
    public static Num num(double value) {
        return number(Rational.of(value));
    }

    /// numerator / denominator, exact while both fit in 53 bits after cancelling.
    public static Num ratio(long numerator, long denominator) {
        return number(Rational.of(numerator, denominator));
    }

    static Num number(Rational value) {
        return Unique.node(new Num(value));
    }

    public static Sym sym(String name) {
        return Unique.node(new Sym(name));
    }

    public static Expr sum(List<Expr> terms) {
        return Normal.sum(terms);
    }

    public static Expr product(List<Expr> factors) {
        return Normal.product(factors);
    }

    public static Expr call(Function function, Expr... arguments) {
        return Normal.call(function, List.of(arguments));
    }

    public final Expr plus(Expr other) {
        return sum(List.of(this, other));
    }

    public final Expr minus(Expr other) {
        return sum(List.of(this, other.negate()));
    }

    public final Expr times(Expr other) {
        return product(List.of(this, other));
    }

    public final Expr times(double factor) {
        return times(num(factor));
    }

    public final Expr over(Expr other) {
        return times(other.pow(-1));
    }

    public final Expr negate() {
        return times(num(-1));
    }

    public final Expr pow(Expr exponent) {
        return Normal.pow(this, exponent);
    }

    public final Expr pow(long exponent) {
        return pow(ratio(exponent, 1));
    }

    public final Expr sqrt() {
        return pow(ratio(1, 2));
    }

    // ---- nodes as they are: only Normal may call these ----

    static Expr add(List<Expr> normalTerms) {
        return Unique.node(new Add(List.copyOf(normalTerms)));
    }

    static Expr mul(List<Expr> normalFactors) {
        return Unique.node(new Mul(List.copyOf(normalFactors)));
    }

    static Expr power(Expr base, Expr exponent) {
        return Unique.node(new Pow(List.of(base, exponent)));
    }

    static Expr apply(Function function, List<Expr> arguments) {
        return Unique.node(new Call(function, List.copyOf(arguments)));
    }

    private static int identityHash(int kind, List<Expr> operands) {
        int h = 0x9E3779B9 * kind;
        for (Expr e : operands) {
            h = 31 * h + e.hashCode();
        }
        return h;
    }

    private static int depthOf(List<Expr> operands) {
        int depth = 0;
        for (Expr e : operands) {
            depth = Math.max(depth, e.depth);
        }
        return depth;
    }

    @Override
    public final int hashCode() {
        return hash;
    }

    /// Equality of structure. Operands are unique objects, so one level is enough.
    @Override
    public final boolean equals(Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof Expr o) || o.hash != hash || o.getClass() != getClass()) {
            return false;
        }
        return switch (this) {
            case Num n -> n.value.equals(((Num) o).value);
            case Sym s -> s.name.equals(((Sym) o).name);
            case Call c -> c.function == ((Call) o).function && same(c.arguments, o.operands());
            default -> same(operands(), o.operands());
        };
    }

    @SuppressWarnings("ReferenceEquality") // operands are unique objects
    private static boolean same(List<Expr> a, List<Expr> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (a.get(i) != b.get(i)) {
                return false;
            }
        }
        return true;
    }

    /// The text that reads back as this expression, if it is not too long; see [Text].
    @Override
    public final String toString() {
        try {
            return Text.of(this);
        } catch (ExprException e) {
            return "(an expression of depth " + depth + ")";
        }
    }
}
