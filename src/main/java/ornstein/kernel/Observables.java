package ornstein.kernel;

import java.util.List;
import java.util.Map;
import ornstein.expr.Expr;
import ornstein.expr.Expr.Sym;

/// Expressions of a state, compiled: observables, initial values.
public final class Observables {
    private final Program program;
    private final int count;

    private Observables(Program program, int count) {
        this.program = program;
        this.count = count;
    }

    /// @param coordinates the first coordinates of the blocks
    /// @param expressions in the coordinates, the time and the symbols that have values
    public static Observables of(
            List<Sym> coordinates,
            List<Expr> expressions,
            Map<Sym, Double> values,
            Precision precision,
            Backend backend) {
        Program program = Lowering.program(coordinates, expressions, values, precision, backend);
        return new Observables(program, expressions.size());
    }

    /// The number of expressions.
    public int count() {
        return count;
    }

    /// Their values at all paths of a block: expression `k` of path `firstPath + i` goes to `out[k * capacity + i]`;
    /// not a
    /// number for failed paths.
    public void evaluate(Block block, double time, double[] out) {
        Tile t = new Tile(program, program.stride());
        program.setFixed(t);
        int[] stepwise = program.shared().stepwise();
        int[] places = new int[stepwise.length];
        double[] numbers = program.shared().tape(stepwise, places).at(time, 0);
        for (int k = 0; k < stepwise.length; k++) t.shared(stepwise[k], numbers[places[k]]);
        int lanes = Lanes.I32.length();
        for (int from = 0; from < block.paths(); from += t.stride) {
            int paths = Math.min(t.stride, block.paths() - from);
            t.moveTo(block.seed(), block.firstPath() + from, (paths + lanes - 1) / lanes * lanes);
            block.load(t, program.layout().check(), from, paths);
            program.step(t, 0);
            for (int k = 0; k < count; k++) {
                int row = program.outputs().get(k).number();
                for (int i = 0; i < paths; i++) {
                    boolean alive = block.failedStep(from + i) < 0;
                    out[k * block.capacity() + from + i] = alive ? t.get(row, i) : Double.NaN;
                }
            }
        }
    }
}
