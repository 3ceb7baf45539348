package ornstein.train.probe;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import ornstein.train.Group;

/// Sums over parts of a parameter vector: every scale-invariant group, all of them together, everything.
final class Parts {
    private final int size;
    private final List<Group> groups;

    Parts(int size, List<Group> groups) {
        this.size = size;
        this.groups = groups;
    }

    int groups() {
        return groups.size();
    }

    /// Index of the part that holds all groups.
    int invariant() {
        return groups.size();
    }

    /// Index of the part that holds everything.
    int whole() {
        return groups.size() + 1;
    }

    int count() {
        return groups.size() + 2;
    }

    /// The sum of `term(j)` over the parameters j of each part.
    double[] sums(IntToDoubleFunction term) {
        double[] out = new double[count()];
        boolean[] grouped = new boolean[size];
        for (int i = 0; i < groups.size(); i++) {
            int from = (int) groups.get(i).from();
            int to = (int) groups.get(i).to();
            for (int j = from; j < to; j++) {
                out[i] += term.applyAsDouble(j);
            }
            Arrays.fill(grouped, from, to, true);
            out[invariant()] += out[i];
        }
        out[whole()] = out[invariant()];
        for (int j = 0; j < size; j++) {
            if (!grouped[j]) {
                out[whole()] += term.applyAsDouble(j);
            }
        }
        return out;
    }
}
