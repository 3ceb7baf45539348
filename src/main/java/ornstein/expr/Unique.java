package ornstein.expr;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.WeakHashMap;

/// All nodes that are in use, so that equal ones are one object.
final class Unique {
    private static final Map<Expr, WeakReference<Expr>> NODES = new WeakHashMap<>();

    private Unique() {}

    /// The object that stands for a node: itself if there is none yet.
    /// @throws ExprException if it is too deep or has too many operands
    static <E extends Expr> E node(E node) {
        if (node.depth() > Expr.MAX_DEPTH) {
            throw new ExprException("the expression is nested more than " + Expr.MAX_DEPTH + " deep");
        }
        if (node.operands().size() > Expr.MAX_OPERANDS) {
            throw new ExprException("a sum or product has more than " + Expr.MAX_OPERANDS + " operands");
        }
        synchronized (NODES) {
            WeakReference<Expr> known = NODES.get(node);
            Expr expr = known == null ? null : known.get();
            if (expr == null) {
                NODES.put(node, new WeakReference<>(node));
                return node;
            }
            @SuppressWarnings("unchecked") // equal nodes are of the same class
            E same = (E) expr;
            return same;
        }
    }
}
