package ornstein.kernel;

import java.util.List;

/// A node of a [Graph]: an operation on other nodes of the same graph. Equal nodes of a graph are one object.
///
/// @param id the node's number in its graph: arguments have smaller numbers
/// @param bits a constant's raw bits, a shift's distance, or the slot of a row, shared number or column
/// @param second the slot of a gather's row of indices
record Value(int id, Op op, List<Value> arguments, long bits, int second) {
    double number() {
        return Double.longBitsToDouble(bits);
    }

    int slot() {
        return (int) bits;
    }

    Value argument(int i) {
        return arguments.get(i);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return id;
    }
}
