package ornstein.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import ornstein.expr.Expr;
import ornstein.expr.Expr.Num;
import ornstein.expr.Expr.Sym;
import ornstein.expr.Substitution;
import ornstein.method.Extra;
import ornstein.method.Step;
import ornstein.method.Symbols;
import ornstein.model.Start;
import ornstein.random.Normals;
import ornstein.random.Streams;

/// A [Step] compiled for one precision and back end. Immutable and safe for use by many threads, each with its own
/// [Block]s. All back ends, block sizes and divisions into calls give the same bits.
public final class Kernel {
    /// Steps between two looks for failed paths.
    private static final int SEGMENT = 256;

    private final Step step;
    private final Precision precision;
    private final Backend backend;
    private final Program program;

    private @Nullable Observables initialValues;

    private Kernel(Step step, Precision precision, Backend backend) {
        this.step = step;
        this.precision = precision;
        this.backend = backend;
        program = Lowering.program(step, precision, backend, false);
    }

    /// Compiles a step.
    public static Kernel of(Step step, Precision precision, Backend backend) {
        return new Kernel(step, precision, backend);
    }

    public Step step() {
        return step;
    }

    public Precision precision() {
        return precision;
    }

    public Backend backend() {
        return backend;
    }

    /// A block for states of this kernel.
    public Block newBlock(int capacity) {
        return new Block(precision, step.next().size(), capacity);
    }

    /// Puts the block's paths at the start: a point, or a normal distribution with the normals of stream
    /// [Streams#START]; then the method's own coordinates at their initial values.
    public void start(Block block, Start start) {
        place(block, start, step.state().size());
        initialise(block);
    }

    /// Puts the first `d` coordinates of the block's paths at the start.
    public static void place(Block block, Start start, int d) {
        double[][] factor = start.factor();
        double[] z = new double[d];
        for (int i = 0; i < block.paths(); i++) {
            if (!start.isPoint()) Normals.fill(block.seed(), block.firstPath() + i, 0, Streams.START, z);
            for (int c = 0; c < d; c++) {
                double x = start.mean().get(c);
                for (int k = 0; k <= c && !start.isPoint(); k++) x = Math.fma(factor[c][k], z[k], x);
                block.set(c, i, x);
            }
        }
    }

    /// Sets the method's own coordinates from the model's. Coordinate k's own normal is at position k of stream
    /// [Streams#START].
    public void initialise(Block block) {
        List<Expr> initial = step.extra().stream().map(Extra::initial).toList();
        int d = step.state().size();
        if (initial.stream().allMatch(Num.class::isInstance)) {
            for (int k = 0; k < initial.size(); k++) {
                double x = ((Num) initial.get(k)).value();
                for (int i = 0; i < block.paths(); i++) block.set(d + k, i, x);
            }
            return;
        }
        Beginning at = beginning(block, initial);
        double[] z = at.normals();
        for (int i = 0; i < block.paths(); i++) {
            Normals.fill(block.seed(), block.firstPath() + i, 0, Streams.START, z);
            for (int k = d; k < z.length; k++) block.set(k, i, z[k]);
        }
        at.evaluator().evaluate(block, 0, at.values());
        for (int k = 0; k < initial.size(); k++) {
            for (int i = 0; i < block.paths(); i++) block.set(d + k, i, at.values()[k * block.capacity() + i]);
        }
    }

    /// The working memory of [#initialise] for one block.
    record Beginning(Kernel kernel, Observables.Evaluator evaluator, double[] normals, double[] values) {}

    private Beginning beginning(Block block, List<Expr> initial) {
        Beginning at = block.beginning;
        if (at == null || at.kernel() != this) {
            double[] normals = new double[step.state().size() + initial.size()];
            double[] values = new double[initial.size() * block.capacity()];
            at = new Beginning(this, compiled(initial).evaluator(), normals, values);
            block.beginning = at;
        }
        return at;
    }

    /// The initial values of the extra state, of which each has a normal of its own in its row.
    private synchronized Observables compiled(List<Expr> initial) {
        if (initialValues == null) {
            List<Sym> rows = new ArrayList<>(step.state());
            List<Expr> wanted = new ArrayList<>();
            for (int k = 0; k < initial.size(); k++) {
                Sym own = Expr.sym(Symbols.START.name() + k);
                rows.add(own);
                wanted.add(Substitution.of(initial.get(k), Map.of(Symbols.START, own)));
            }
            initialValues = Observables.of(rows, wanted, step.values(), precision, backend);
        }
        return initialValues;
    }

    /// Moves all paths that have not failed through steps `firstStep .. firstStep + steps - 1`. A path whose
    /// state is no longer finite is marked with that step's number, and stays where it is.
    @SuppressWarnings("ReferenceEquality") // a tile belongs to one program, not to equal ones
    public void advance(Block block, long firstStep, int steps) {
        Tile t = block.tile;
        if (t == null || t.program != program) {
            t = new Tile(program, program.stride());
            program.setFixed(t);
            block.tile = t;
        }
        for (int done = 0; done < steps; done += SEGMENT) {
            int n = Math.min(SEGMENT, steps - done);
            long first = firstStep + done;
            t.stepwise.prepare(step.stepSize(), first, n);
            for (int from = 0; from < block.paths(); from += t.stride) segment(block, t, from, first, n);
        }
    }

    private void segment(Block block, Tile t, int from, long first, int n) {
        int paths = Math.min(t.stride, block.paths() - from);
        int lanes = Lanes.I32.length();
        t.moveTo(block.seed(), block.firstPath() + from, (paths + lanes - 1) / lanes * lanes);
        block.load(t, from, paths);
        int check = program.layout().check();
        t.fill(check, 0);
        for (int s = 0; s < n; ) {
            t.stepwise.set(t, s);
            s += program.steps(t, first + s, n - s);
        }
        if (failed(block, t, from, paths)) {
            block.load(t, from, paths);
            t.fill(check, 0);
            for (int s = 0; s < n; s++) {
                t.stepwise.set(t, s);
                program.step(t, first + s);
                for (int i = 0; i < paths; i++) {
                    if (t.get(check, i) != 0) block.fail(from + i, first + s);
                }
            }
        }
        block.store(t, from, paths);
    }

    private boolean failed(Block block, Tile t, int from, int paths) {
        int check = program.layout().check();
        for (int i = 0; i < paths; i++) if (t.get(check, i) != 0 && block.failedStep(from + i) < 0) return true;
        return false;
    }
}
