package ornstein.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ornstein.random.Minimax;

/// Makes the [Value]s of one piece of straight-line code, in one precision.
final class Graph {
    private record Key(Op op, List<Integer> arguments, long bits, int second) {}

    private final Precision precision;
    private final Map<Key, Value> values = new HashMap<>();

    Graph(Precision precision) {
        this.precision = precision;
    }

    Precision precision() {
        return precision;
    }

    Value constant(double x) {
        return leaf(Op.CONSTANT, Double.doubleToRawLongBits(precision.rounded(x)), 0);
    }

    Value whole(long x) {
        return leaf(Op.WHOLE, x, 0);
    }

    Value row(int slot) {
        return leaf(Op.ROW, slot, 0);
    }

    Value words(int slot) {
        return leaf(Op.WORDS, slot, 0);
    }

    Value shared(int slot) {
        return leaf(Op.SHARED, slot, 0);
    }

    Value column(int slot) {
        return leaf(Op.COLUMN, slot, 0);
    }

    Value gather(int column, int indexRow) {
        return leaf(Op.GATHER, column, indexRow);
    }

    Value apply(Op op, Value... arguments) {
        return value(op, List.of(arguments), 0, 0);
    }

    Value add(Value a, Value b) {
        return apply(Op.ADD, a, b);
    }

    Value sub(Value a, Value b) {
        return apply(Op.SUB, a, b);
    }

    Value mul(Value a, Value b) {
        return apply(Op.MUL, a, b);
    }

    Value div(Value a, Value b) {
        return apply(Op.DIV, a, b);
    }

    Value fma(Value a, Value b, Value c) {
        return apply(Op.FMA, a, b, c);
    }

    Value fma(Value a, double b, Value c) {
        return fma(a, constant(b), c);
    }

    Value neg(Value a) {
        return apply(Op.NEG, a);
    }

    Value abs(Value a) {
        return apply(Op.ABS, a);
    }

    Value sqrt(Value a) {
        return apply(Op.SQRT, a);
    }

    Value lt(Value a, Value b) {
        return apply(Op.LT, a, b);
    }

    Value le(Value a, Value b) {
        return apply(Op.LE, a, b);
    }

    Value and(Value a, long mask) {
        return apply(Op.IAND, a, whole(mask));
    }

    Value shl(Value a, int distance) {
        return value(Op.ISHL, List.of(a), distance, 0);
    }

    Value shr(Value a, int distance) {
        return value(Op.ISHR, List.of(a), distance, 0);
    }

    Value bits(Value a) {
        return apply(Op.TO_BITS, a);
    }

    Value fromBits(Value a) {
        return apply(Op.FROM_BITS, a);
    }

    Value select(Value condition, Value then, Value otherwise) {
        return apply(Op.SELECT, condition, then, otherwise);
    }

    /// An integer of magnitude below 2^51 as a real. Double precision adds it to the bits of 1.5 * 2^52,
    /// which needs no conversion instruction.
    Value toReal(Value integer) {
        if (precision == Precision.F32) return apply(Op.TO_REAL, integer);
        Value magic = whole(Double.doubleToRawLongBits(0x1.8p52));
        return sub(fromBits(apply(Op.IADD, integer, magic)), constant(0x1.8p52));
    }

    /// A polynomial, evaluated as [Minimax] says.
    Value polynomial(Value x, Minimax polynomial) {
        double[][] chains = polynomial.chains();
        if (chains.length == 1) return horner(x, chains[0]);
        Value square = mul(x, x);
        return fma(horner(square, chains[1]), x, horner(square, chains[0]));
    }

    private Value horner(Value x, double[] constantFirst) {
        int i = constantFirst.length - 1;
        Value p = constant(constantFirst[i]);
        while (--i >= 0) p = fma(p, x, constant(constantFirst[i]));
        return p;
    }

    private Value leaf(Op op, long bits, int second) {
        return value(op, List.of(), bits, second);
    }

    private Value value(Op op, List<Value> arguments, long bits, int second) {
        List<Integer> ids = new ArrayList<>(arguments.size());
        for (Value a : arguments) ids.add(a.id());
        return values.computeIfAbsent(
                new Key(op, ids, bits, second), k -> new Value(values.size(), op, arguments, bits, second));
    }
}
