package ornstein.expr;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import ornstein.expr.Expr.Add;
import ornstein.expr.Expr.Call;
import ornstein.expr.Expr.Mul;
import ornstein.expr.Expr.Num;
import ornstein.expr.Expr.Pow;
import ornstein.expr.Expr.Sym;

/// The value of expressions in doubles, node by node: the reference that compiled code is checked against. Slow.
public final class Eval {
    private final ToDoubleFunction<Sym> symbols;
    private final Map<Expr, Double> known = new HashMap<>();

    private Eval(ToDoubleFunction<Sym> symbols) {
        this.symbols = symbols;
    }

    /// @throws IllegalArgumentException if a symbol has no value
    public static double of(Expr e, Map<String, Double> values) {
        return of(List.of(e), values)[0];
    }

    /// The values of several expressions at one point; shared parts are evaluated once.
    public static double[] of(List<Expr> outputs, Map<String, Double> values) {
        Eval eval = new Eval(s -> {
            Double v = values.get(s.name());
            if (v == null) {
                throw new IllegalArgumentException("no value for the symbol " + s.name());
            }
            return v;
        });
        return outputs.stream().mapToDouble(eval::value).toArray();
    }

    private double value(Expr e) {
        Double v = known.get(e);
        if (v == null) {
            v = compute(e);
            known.put(e, v);
        }
        return v;
    }

    private double compute(Expr e) {
        List<Expr> operands = e.operands();
        double[] x = new double[operands.size()];
        for (int i = 0; i < x.length; i++) {
            x[i] = value(operands.get(i));
        }
        return switch (e) {
            case Num n -> n.value();
            case Sym s -> symbols.applyAsDouble(s);
            case Add a -> DoubleStream.of(x).reduce(0, Double::sum);
            case Mul m -> DoubleStream.of(x).reduce(1, (u, v) -> u * v);
            case Pow p -> power(x[0], x[1]);
            case Call c -> c.function().apply(x);
        };
    }

    /// `Math.pow`, with the square root where the exponent is 1/2 or -1/2.
    static double power(double base, double exponent) {
        if (exponent == 0.5) {
            return Math.sqrt(base);
        }
        return exponent == -0.5 ? 1 / Math.sqrt(base) : Math.pow(base, exponent);
    }
}
