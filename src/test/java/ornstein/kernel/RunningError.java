package ornstein.kernel;

import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import ornstein.method.Step;

/// How far rounding may move a step of one path: with every number goes a bound of its distance from what
/// exact arithmetic makes of the same state and noise (running error analysis; Higham, Accuracy and Stability
/// of Numerical Algorithms, 2nd ed., 2002, section 3.3). The units of the operations are those of OpenCL 1.2,
/// section 7.4: a sum and a product are rounded once, a quotient errs by 2.5 units in the last place, a root
/// by 3; functions and powers by the 16 that [ornstein.device.SelfCheck] allows, and normals by 8. Code that
/// differs from the reference in its roundings alone is within twice the bound.
///
/// The lowered program is interpreted, so that what is bounded is what kernels do. With a source of random
/// numbers every result is moved by a random part of its unit: a second way to see how far rounding moves a
/// step.
final class RunningError {
    private static final double QUOTIENT = 5;
    private static final double ROOT = 6;
    private static final double FUNCTION = 32;
    private static final double NORMAL = 16;

    private enum Truth {
        YES,
        NO,
        EITHER
    }

    private final Step step;
    private final Precision precision;
    private final double unit;
    private final Program program;
    private final Tile tile;
    private final double[] value;
    private final double[] error;
    private @Nullable SplittableRandom random;
    private int phase;

    RunningError(Step step, Precision precision) {
        this.step = step;
        this.precision = precision;
        unit = precision == Precision.F32 ? 0x1p-24 : 0x1p-53;
        program = Lowering.program(step, precision, Backend.SCALAR, false);
        tile = new Tile(program, program.stride());
        program.setFixed(tile);
        value = new double[program.layout().rows()];
        error = new double[value.length];
    }

    /// Moves a path through step number `k`; [#value] and [#bound] then give its coordinates.
    ///
    /// @param random moves every result, if not null
    void step(double[] state, long seed, long path, long k, @Nullable SplittableRandom random) {
        this.random = random;
        int[] stepwise = program.shared().stepwise();
        int[] places = new int[stepwise.length];
        double[] numbers = program.shared().tape(stepwise, places).at(k * step.stepSize(), k);
        for (int s = 0; s < stepwise.length; s++) tile.shared(stepwise[s], numbers[places[s]]);
        tile.moveTo(seed, path, Lanes.I32.length());
        for (Source source : program.sources()) source.prepare(tile, k);
        phase = (int) k & 3;
        Layout layout = program.layout();
        for (int r = layout.firstNormal(); r < value.length; r++) {
            value[r] = tile.get(r, 0);
            error[r] = r < layout.firstUniform() ? NORMAL * unit * Math.abs(value[r]) : 0;
            value[r] = moved(value[r], NORMAL);
        }
        System.arraycopy(state, 0, value, 0, state.length);
        java.util.Arrays.fill(error, 0, layout.firstNormal(), 0);
        value[layout.check()] = 0;
        program.stages().forEach(this::run);
    }

    double value(int coordinate) {
        return value[coordinate];
    }

    double bound(int coordinate) {
        return error[coordinate];
    }

    private void run(Stage stage) {
        switch (stage) {
            case CodeStage s -> code(s.code, s.places);
            case FunctionStage s -> function(s);
            case PowerStage s -> power(s);
            case DotStage s -> dot(s);
            case LoopStage s -> loop(s);
            default -> {}
        }
    }

    private void loop(LoopStage s) {
        for (int row : s.sums) set(row, 0, 0);
        for (int n = 0; n < s.count; n++) {
            tile.index = n;
            if (s.firstIndex >= 0) tile.words[s.current * tile.stride] = tile.words[(s.firstIndex + n) * tile.stride];
            if (s.currentNormal >= 0) {
                int from = program.layout().normalRow(n, phase);
                set(s.currentNormal, value[from], error[from]);
            }
            s.body.forEach(this::run);
        }
    }

    private void dot(DotStage s) {
        for (int r = 0; r < s.results.size(); r++) {
            double sum = 0;
            double bound = 0;
            for (int k = 0; k < s.rows.size(); k++) {
                int row = row(s.rows.get(k));
                double coefficient = rounded(s.coefficients.get(r).get(k));
                double term = coefficient * value[row];
                sum = moved(sum + term, 1);
                bound += Math.abs(coefficient) * error[row] + unit * (Math.abs(term) + Math.abs(sum));
            }
            set(row(s.results.get(r)), sum, bound);
        }
    }

    private void function(FunctionStage s) {
        int from = row(s.fromTo.get(0));
        double x = value[from];
        double e = error[from];
        double y = s.function.strict(x);
        double spread = Math.max(Math.abs(s.function.strict(x - e) - y), Math.abs(s.function.strict(x + e) - y));
        set(row(s.fromTo.get(1)), moved(y, FUNCTION), spread + FUNCTION * unit * Math.abs(y));
    }

    private void power(PowerStage s) {
        int base = row(s.places.get(0));
        int exponent = row(s.places.get(1));
        double y = StrictMath.pow(value[base], value[exponent]);
        double spread = 0;
        for (int corner = 0; corner < 4; corner++) {
            double x = value[base] + (corner % 2 == 0 ? error[base] : -error[base]);
            double p = value[exponent] + (corner / 2 == 0 ? error[exponent] : -error[exponent]);
            spread = Math.max(spread, Math.abs(StrictMath.pow(x, p) - y));
        }
        set(row(s.places.get(2)), moved(y, FUNCTION), spread + FUNCTION * unit * Math.abs(y));
    }

    private void set(int row, double x, double bound) {
        value[row] = x;
        error[row] = bound;
    }

    private int row(Place place) {
        return program.layout().row(place, phase);
    }

    private double rounded(double x) {
        return precision == Precision.F32 ? (float) x : x;
    }

    /// The number as it is rounded, moved by a random part of some units.
    private double moved(double x, double units) {
        return rounded(random == null ? x : x * (1 + units * unit * (2 * random.nextDouble() - 1)));
    }

    private void code(Code code, List<Place> places) {
        List<Value> order = Emitter.order(code);
        int size = order.stream().mapToInt(Value::id).max().orElse(0) + 1;
        new Straight(places, new double[size], new double[size]).write(code, order);
    }

    /// Straight-line code: numbers and bounds by the ids of its values.
    private final class Straight {
        private final List<Place> places;
        private final double[] number;
        private final double[] bound;

        Straight(List<Place> places, double[] number, double[] bound) {
            this.places = places;
            this.number = number;
            this.bound = bound;
        }

        void write(Code code, List<Value> order) {
            for (Value v : order) if (v.op().kind == Op.Kind.REAL) compute(v);
            for (Code.Store s : code.stores()) {
                set(
                        row(places.get(s.slot())),
                        number[s.value().id()],
                        bound[s.value().id()]);
            }
        }

        private void compute(Value v) {
            switch (v.op()) {
                case ROW -> put(v, value[row(places.get(v.slot()))], error[row(places.get(v.slot()))]);
                case CONSTANT -> put(v, rounded(v.number()), 0);
                case SHARED ->
                    put(v, precision == Precision.F32 ? tile.shared32[v.slot()] : tile.shared64[v.slot()], 0);
                case COLUMN -> put(v, column(v.slot(), tile.index), 0);
                case GATHER -> put(v, column(v.slot(), tile.words[row(places.get(v.second())) * tile.stride]), 0);
                case ADD, SUB -> sum(v, v.op() == Op.ADD ? 1 : -1);
                case MUL -> product(v);
                case FMA -> fused(v);
                case DIV -> quotient(v);
                case NEG -> put(v, -x(v, 0), e(v, 0));
                case ABS -> put(v, Math.abs(x(v, 0)), e(v, 0));
                case MIN -> put(v, Math.min(x(v, 0), x(v, 1)), Math.max(e(v, 0), e(v, 1)));
                case MAX -> put(v, Math.max(x(v, 0), x(v, 1)), Math.max(e(v, 0), e(v, 1)));
                case SQRT -> {
                    double root = Math.sqrt(x(v, 0));
                    double low = root - Math.sqrt(Math.max(0, x(v, 0) - e(v, 0)));
                    put(v, moved(root, ROOT), low + ROOT * unit * root);
                }
                case SELECT -> select(v);
                default -> throw new IllegalStateException("no operation of a step: " + v.op());
            }
        }

        private void put(Value v, double x, double e) {
            number[v.id()] = x;
            bound[v.id()] = e;
        }

        private double x(Value v, int argument) {
            return number[v.argument(argument).id()];
        }

        private double e(Value v, int argument) {
            return bound[v.argument(argument).id()];
        }

        private double column(int slot, int entry) {
            return precision == Precision.F32 ? tile.columns32[slot][entry] : tile.columns64[slot][entry];
        }

        private void sum(Value v, int sign) {
            double s = moved(x(v, 0) + sign * x(v, 1), 1);
            put(v, s, e(v, 0) + e(v, 1) + unit * Math.abs(s));
        }

        private void product(Value v) {
            double p = moved(x(v, 0) * x(v, 1), 1);
            put(v, p, ofProduct(v) + unit * Math.abs(p));
        }

        private double ofProduct(Value v) {
            return Math.abs(x(v, 0)) * e(v, 1) + Math.abs(x(v, 1)) * e(v, 0) + e(v, 0) * e(v, 1);
        }

        private void fused(Value v) {
            double p = random == null ? x(v, 0) * x(v, 1) : moved(x(v, 0) * x(v, 1), 1);
            double exact =
                    precision == Precision.F32 || random != null ? p + x(v, 2) : Math.fma(x(v, 0), x(v, 1), x(v, 2));
            double s = moved(exact, 1);
            put(v, s, ofProduct(v) + e(v, 2) + unit * (Math.abs(p) + Math.abs(s)));
        }

        private void quotient(Value v) {
            double q = x(v, 0) / x(v, 1);
            double least = Math.abs(x(v, 1)) - e(v, 1);
            double spread = (e(v, 0) + Math.abs(q) * e(v, 1)) / Math.max(0, least);
            put(v, moved(q, QUOTIENT), spread + QUOTIENT * unit * Math.abs(q));
        }

        private void select(Value v) {
            Truth truth = truth(v.argument(0));
            boolean yes = holds(v.argument(0));
            double apart = Math.abs(x(v, 1) - x(v, 2));
            double bound = switch (truth) {
                case YES -> e(v, 1);
                case NO -> e(v, 2);
                case EITHER -> Math.max(e(v, 1), e(v, 2)) + apart;
            };
            put(v, yes ? x(v, 1) : x(v, 2), bound);
        }

        private boolean holds(Value c) {
            return switch (c.op()) {
                case AND -> holds(c.argument(0)) && holds(c.argument(1));
                case LT -> x(c, 0) < x(c, 1);
                case LE -> x(c, 0) <= x(c, 1);
                case EQ -> x(c, 0) == x(c, 1);
                default -> throw new IllegalStateException("no condition of a step: " + c.op());
            };
        }

        private Truth truth(Value c) {
            if (c.op() == Op.AND) {
                Truth a = truth(c.argument(0));
                Truth b = truth(c.argument(1));
                if (a == Truth.NO || b == Truth.NO) return Truth.NO;
                return a == Truth.YES && b == Truth.YES ? Truth.YES : Truth.EITHER;
            }
            double near = e(c, 0) + e(c, 1);
            if (near > 0 && !(Math.abs(x(c, 0) - x(c, 1)) > near)) return Truth.EITHER;
            return holds(c) ? Truth.YES : Truth.NO;
        }
    }
}
