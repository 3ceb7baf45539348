package ornstein.expr;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.hipparchus.analysis.differentiation.DerivativeStructure;

/// A random expression as a plain tree, with a text and a value that owe nothing to the package under test: the
/// value and its derivatives come from Hipparchus' automatic differentiation.
record Tree(String op, List<Tree> args) {
    private static final List<String> FUNCTIONS =
            List.of("exp", "log", "sqrt", "sin", "cos", "tan", "tanh", "sinh", "cosh", "atan", "abs");
    private static final List<String> NUMBERS = List.of("0", "1", "2", "3", "0.5", "0.1", "1.25", "1e-3", "7", "pi");

    static Arbitrary<Tree> arbitrary(int depth, List<String> symbols) {
        Arbitrary<Tree> leaf = Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(3, Arbitraries.of(symbols)),
                        net.jqwik.api.Tuple.of(1, Arbitraries.of(NUMBERS)))
                .map(s -> new Tree(s, List.of()));
        if (depth == 0) {
            return leaf;
        }
        Arbitrary<Tree> part = Arbitraries.lazy(() -> arbitrary(depth - 1, symbols));
        Arbitrary<Tree> binary = Combinators.combine(
                        Arbitraries.of("+", "-", "*", "/", "+", "*", "min", "max"), part, part)
                .as((op, a, b) -> new Tree(op, List.of(a, b)));
        Arbitrary<Tree> power = Combinators.combine(part, Arbitraries.of("2", "3", "-1", "-2", "0.5", "1.5", "0", "1"))
                .as((a, n) -> new Tree("^", List.of(a, new Tree(n, List.of()))));
        Arbitrary<Tree> general = Combinators.combine(part, part).as((a, b) -> new Tree("^", List.of(a, b)));
        Arbitrary<Tree> unary =
                Combinators.combine(Arbitraries.of(FUNCTIONS), part).as((f, a) -> new Tree(f, List.of(a)));
        Arbitrary<Tree> minus = part.map(a -> new Tree("-", List.of(a)));
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(2, leaf),
                net.jqwik.api.Tuple.of(6, binary),
                net.jqwik.api.Tuple.of(2, power),
                net.jqwik.api.Tuple.of(1, general),
                net.jqwik.api.Tuple.of(4, unary),
                net.jqwik.api.Tuple.of(1, minus));
    }

    /// Every part in parentheses.
    String text() {
        String all = args.stream().map(Tree::text).collect(Collectors.joining(", "));
        if (args.isEmpty()) {
            return op.startsWith("-") ? "(" + op + ")" : op;
        }
        if (Character.isLetter(op.charAt(0))) {
            return op + "(" + all + ")";
        }
        return args.size() == 1
                ? "(" + op + all + ")"
                : "(" + args.get(0).text() + op + args.get(1).text() + ")";
    }

    /// Derivatives of all orders, by an interpreter that reports each intermediate result.
    DerivativeStructure value(Point point) {
        List<DerivativeStructure> x = args.stream().map(a -> a.value(point)).toList();
        DerivativeStructure r =
                x.isEmpty() ? point.leaf(op) : x.size() == 1 ? unary(x.get(0)) : binary(x.get(0), x.get(1));
        point.saw(r);
        return r;
    }

    private DerivativeStructure unary(DerivativeStructure x) {
        return switch (op.toLowerCase(Locale.ROOT)) {
            case "-" -> x.negate();
            case "exp" -> x.exp();
            case "log" -> x.log();
            case "sqrt" -> x.sqrt();
            case "sin" -> x.sin();
            case "cos" -> x.cos();
            case "tan" -> x.tan();
            case "tanh" -> x.tanh();
            case "sinh" -> x.sinh();
            case "cosh" -> x.cosh();
            case "atan" -> x.atan();
            case "abs" -> x.abs();
            default -> throw new IllegalStateException(op);
        };
    }

    private DerivativeStructure binary(DerivativeStructure x, DerivativeStructure y) {
        return switch (op) {
            case "+" -> x.add(y);
            case "-" -> x.subtract(y);
            case "*" -> x.multiply(y);
            case "/" -> x.divide(y);
            case "min" -> x.getValue() < y.getValue() ? x : y;
            case "max" -> x.getValue() > y.getValue() ? x : y;
            case "^" -> power(x, y);
            default -> throw new IllegalStateException(op);
        };
    }

    private static DerivativeStructure power(DerivativeStructure x, DerivativeStructure y) {
        double n = y.getValue();
        boolean constant = y.subtract(n).getAllDerivatives().length > 0
                && java.util.Arrays.stream(y.subtract(n).getAllDerivatives()).allMatch(d -> d == 0);
        if (constant) {
            return n == Math.rint(n) && Math.abs(n) < 100
                    ? x.pow((int) n)
                    : x.log().multiply(n).exp();
        }
        return x.log().multiply(y).exp();
    }
}
