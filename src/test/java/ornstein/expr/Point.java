package ornstein.expr;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hipparchus.analysis.differentiation.DSFactory;
import org.hipparchus.analysis.differentiation.DerivativeStructure;

/// Where a [Tree] is evaluated. Remembers the largest value or derivative that it met, the scale of rounding
/// errors, and how near it came to a kink.
final class Point {
    private final DSFactory factory;
    private final List<String> symbols;
    private final double[] x;
    private double largest = 1;

    Point(List<String> symbols, double[] x, int order) {
        this.factory = new DSFactory(symbols.size(), order);
        this.symbols = symbols;
        this.x = x;
    }

    DerivativeStructure leaf(String op) {
        int i = symbols.indexOf(op);
        return i >= 0
                ? factory.variable(i, x[i])
                : factory.constant(op.equals("pi") ? Math.PI : Double.parseDouble(op));
    }

    void saw(DerivativeStructure r) {
        for (double d : r.getAllDerivatives()) {
            largest = Math.max(largest, Math.abs(d)) + (Double.isFinite(d) ? 0 : Double.POSITIVE_INFINITY);
        }
    }

    /// The largest intermediate result, infinite if one was not finite.
    double largest() {
        return largest;
    }

    Map<String, Double> values() {
        Map<String, Double> values = new HashMap<>();
        for (int i = 0; i < x.length; i++) {
            values.put(symbols.get(i), x[i]);
        }
        return values;
    }
}
