package ornstein.expr;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ornstein.expr.Expr.Add;
import ornstein.expr.Expr.Call;
import ornstein.expr.Expr.Mul;
import ornstein.expr.Expr.Num;
import ornstein.expr.Expr.Pow;
import ornstein.expr.Expr.Sym;

/// Expressions made ready for many evaluations in doubles by one thread after another: shared parts are
/// computed once, in a fixed order, without garbage. The values are those of [Eval], bit for bit.
public final class Formulas {
    private final List<Expr> nodes = new ArrayList<>();
    private final Map<Expr, Integer> places = new HashMap<>();
    private final int inputs;
    private final int[][] operands;
    private final int[] outputs;
    private final double[] numbers;

    /// @param inputs the symbols of the expressions, in the order of the values that [#evaluate] takes
    /// @throws IllegalArgumentException if another symbol occurs
    public Formulas(List<Expr> outputs, List<Sym> inputs) {
        this.inputs = inputs.size();
        for (Sym s : inputs) place(s);
        this.outputs = outputs.stream().mapToInt(this::add).toArray();
        operands = new int[nodes.size()][];
        numbers = new double[nodes.size()];
        for (int k = inputs.size(); k < nodes.size(); k++) {
            operands[k] = nodes.get(k).operands().stream().mapToInt(places::get).toArray();
            if (nodes.get(k) instanceof Num n) numbers[k] = n.value();
        }
    }

    private int place(Expr e) {
        places.put(e, nodes.size());
        nodes.add(e);
        return nodes.size() - 1;
    }

    private int add(Expr e) {
        Integer known = places.get(e);
        if (known != null) return known;
        if (e instanceof Sym s) throw new IllegalArgumentException("no value for the symbol " + s.name());
        e.operands().forEach(this::add);
        return place(e);
    }

    /// Room for the parts, for one evaluation at a time.
    public double[] room() {
        return numbers.clone();
    }

    /// Evaluates all expressions.
    /// @param in the values of the inputs; further ones are ignored
    public void evaluate(double[] in, double[] room, double[] out) {
        System.arraycopy(in, 0, room, 0, inputs);
        for (int k = inputs; k < room.length; k++) {
            int[] x = operands[k];
            switch (nodes.get(k)) {
                case Num _, Sym _ -> {}
                case Add _ -> {
                    double sum = 0;
                    for (int i : x) sum += room[i];
                    room[k] = sum;
                }
                case Mul _ -> {
                    double product = 1;
                    for (int i : x) product *= room[i];
                    room[k] = product;
                }
                case Pow _ -> room[k] = Eval.power(room[x[0]], room[x[1]]);
                case Call c -> room[k] = call(c.function(), x, room);
            }
        }
        for (int i = 0; i < outputs.length; i++) out[i] = room[outputs[i]];
    }

    private static double call(Function f, int[] x, double[] room) {
        return switch (x.length) {
            case 0 -> f.apply();
            case 1 -> f.apply(room[x[0]]);
            case 2 -> f.apply(room[x[0]], room[x[1]]);
            default -> f.apply(room[x[0]], room[x[1]], room[x[2]]);
        };
    }
}
