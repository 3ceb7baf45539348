package ornstein.method.limit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import ornstein.expr.Expr;
import ornstein.expr.Expr.Sym;
import ornstein.expr.Formulas;
import ornstein.expr.Substitution;
import ornstein.method.Mean;
import ornstein.model.Columns;
import ornstein.model.LossModel;
import ornstein.model.Model;

/// Functions of the state that may contain means over the data, on the host. For many threads.
final class Field {
    /// Means that depend only on those of earlier passes over the data.
    private record Pass(int first, Formulas bodies, int count) {}

    private final int dimension;
    private final Columns data;
    private final List<Pass> passes = new ArrayList<>();
    private final Formulas outputs;
    private final int count;
    private final int inputs;

    /// @param outputs in the state, the means and the symbols that have values
    /// @param means over the data, each in the symbols of those before it
    Field(Model model, List<Expr> outputs, List<Mean> means, Map<Sym, Double> values) {
        dimension = model.dimension();
        data = model instanceof LossModel loss ? loss.data() : Columns.NONE;
        count = outputs.size();
        Map<Sym, Expr> numbers = new HashMap<>();
        values.forEach((symbol, value) -> numbers.put(symbol, Expr.num(value)));
        Map<Sym, Integer> levels = new HashMap<>();
        Map<Integer, List<Mean>> byLevel = new TreeMap<>();
        for (Mean m : needed(outputs, means)) {
            int level = 0;
            for (Sym s : Substitution.symbols(List.of(m.body()))) level = Math.max(level, levels.getOrDefault(s, 0));
            levels.put(m.name(), level + 1);
            byLevel.computeIfAbsent(level + 1, _ -> new ArrayList<>()).add(m);
        }
        List<Sym> known = new ArrayList<>(model.state());
        for (List<Mean> pass : byLevel.values()) {
            List<Sym> in = new ArrayList<>(known);
            in.addAll(data.symbols());
            List<Expr> bodies = Substitution.of(pass.stream().map(Mean::body).toList(), numbers);
            passes.add(new Pass(known.size(), new Formulas(bodies, in), bodies.size()));
            pass.forEach(m -> known.add(m.name()));
        }
        inputs = known.size();
        this.outputs = new Formulas(Substitution.of(outputs, numbers), known);
    }

    private static List<Mean> needed(List<Expr> outputs, List<Mean> means) {
        Set<Sym> symbols = Substitution.symbols(outputs);
        List<Mean> needed = new ArrayList<>();
        for (Mean m : means.reversed()) {
            if (!symbols.contains(m.name())) continue;
            symbols.addAll(Substitution.symbols(List.of(m.body())));
            needed.addFirst(m);
        }
        return needed;
    }

    /// The number of outputs.
    int count() {
        return count;
    }

    /// What one thread needs to evaluate.
    Room room() {
        return new Room();
    }

    /// The working memory of one thread.
    final class Room {
        private final double[] in = new double[inputs + data.names().size()];
        private final double[][] rooms =
                passes.stream().map(p -> p.bodies().room()).toArray(double[][]::new);
        private final double[] last = outputs.room();

        /// The outputs at a state.
        double[] at(double[] x) {
            double[] out = new double[count];
            at(x, out);
            return out;
        }

        /// The outputs at a state, into `out`.
        void at(double[] x, double[] out) {
            System.arraycopy(x, 0, in, 0, dimension);
            for (int k = 0; k < rooms.length; k++) {
                Pass pass = passes.get(k);
                double[] sums = new double[pass.count()];
                double[] one = new double[pass.count()];
                for (int e = 0; e < data.examples(); e++) {
                    for (int c = 0; c < data.names().size(); c++) in[pass.first() + c] = data.value(c, e);
                    pass.bodies().evaluate(in, rooms[k], one);
                    for (int i = 0; i < sums.length; i++) sums[i] += one[i];
                }
                for (int i = 0; i < sums.length; i++) in[pass.first() + i] = sums[i] / data.examples();
            }
            outputs.evaluate(in, last, out);
        }
    }
}
