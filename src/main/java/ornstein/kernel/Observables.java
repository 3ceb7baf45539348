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

    /// The working memory of one thread, in which they are evaluated without garbage.
    public Evaluator evaluator() {
        return new Evaluator();
    }

    /// Evaluates the expressions; for one thread.
    public final class Evaluator {
        private final Tile tile = new Tile(program, program.stride());

        private Evaluator() {
            program.setFixed(tile);
        }

        /// Their values at all paths of a block: expression `k` of path `firstPath + i` goes to
        /// `out[k * capacity + i]`; not a number for failed paths.
        public void evaluate(Block block, double time, double[] out) {
            tile.stepwise.set(tile, time, 0);
            int lanes = Lanes.I32.length();
            for (int from = 0; from < block.paths(); from += tile.stride) {
                int paths = Math.min(tile.stride, block.paths() - from);
                tile.moveTo(block.seed(), block.firstPath() + from, (paths + lanes - 1) / lanes * lanes);
                block.load(tile, program.layout().check(), from, paths);
                program.step(tile, 0);
                for (int k = 0; k < count; k++) {
                    int row = program.outputs().get(k).number();
                    for (int i = 0; i < paths; i++) {
                        boolean alive = block.failedStep(from + i) < 0;
                        out[k * block.capacity() + from + i] = alive ? tile.get(row, i) : Double.NaN;
                    }
                }
            }
        }
    }
}
