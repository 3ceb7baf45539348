package ornstein.ensemble;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Merges the partials of leaves in a binary tree by path number: node (k, j) holds the leaves j 2^k to (j+1)
/// 2^k - 1, as far as there are any. Safe for threads.
final class Collector {
    private record Node(int level, long index) {}

    private final EnsembleSpec spec;
    private final long leaves;
    private final Map<Node, Partial> waiting = new HashMap<>();
    private final Deque<Partial> free = new ArrayDeque<>();
    private @Nullable Partial root;

    Collector(EnsembleSpec spec, long leaves) {
        this.spec = spec;
        this.leaves = leaves;
    }

    /// A partial to fill; its content is of no meaning.
    synchronized Partial take() {
        Partial p = free.poll();
        return p != null ? p : new Partial(spec);
    }

    /// Takes a node in and merges as far up as `top`, the level of the last merge at most; gives the node of
    /// that level if it was completed, else null. A node given is the caller's, who goes on with it by
    /// calling this again.
    synchronized @Nullable Partial add(int level, long index, Partial partial, int top) {
        Partial p = partial;
        int k = level;
        long j = index;
        while (k < top) {
            long sibling = j ^ 1;
            if (sibling < j || sibling << k < leaves) {
                Partial other = waiting.remove(new Node(k, sibling));
                if (other == null) {
                    waiting.put(new Node(k, j), p);
                    return null;
                }
                Partial left = sibling < j ? other : p;
                Partial right = sibling < j ? p : other;
                left.merge(right);
                free.add(right);
                p = left;
            }
            k++;
            j >>= 1;
        }
        return p;
    }

    /// The level at which one node holds all leaves.
    int top() {
        return 64 - Long.numberOfLeadingZeros(leaves - 1);
    }

    /// Takes a node in for good.
    synchronized void finish(int level, long index, Partial partial) {
        Partial whole = add(level, index, partial, Math.max(level, top()));
        if (whole != null) root = whole;
    }

    /// All paths; every leaf must have come in.
    synchronized Partial root() {
        return Objects.requireNonNull(root, "leaves are missing");
    }
}
