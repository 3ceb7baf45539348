package ornstein.device;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import ornstein.expr.Expr;
import ornstein.expr.Expr.Sym;
import ornstein.expr.Function;
import ornstein.kernel.Backend;
import ornstein.kernel.Block;
import ornstein.kernel.DeviceCode;
import ornstein.kernel.Kernel;
import ornstein.kernel.Precision;
import ornstein.method.Batches;
import ornstein.method.BrownianPath;
import ornstein.method.Mean;
import ornstein.method.Sampling;
import ornstein.method.Step;
import ornstein.method.Symbols;
import ornstein.model.Columns;
import ornstein.random.Philox;
import ornstein.random.Streams;

/// What a device must give before it is trusted: words of Philox bit for bit, elementary functions and
/// normals to a few units in the last place, batches example for example, a step with each kind of noise
/// as the scalar reference, and that a path has failed. A device that may round as it likes is held to three
/// digits, and to all else.
public final class SelfCheck {
    private static final int PATHS = 4096;
    private static final long SEED = 0x0123456789ABCDEFL;
    private static final long FIRST_PATH = (1L << 33) + 5;
    /// The number of a step far beyond 32 bits, and odd.
    private static final long STEP = (1L << 41) + 3;

    /// The largest error of an elementary function, and difference of a normal, in units in the last place.
    private static final double ULPS = 16;

    /// What is allowed of 1, and of larger numbers in proportion, where the device may round as it likes.
    private static final double ROUGH = 1e-3;

    private record Checked(String name, Function function, DoubleUnaryOperator exact, double lo, double hi) {}

    private static final List<Checked> FUNCTIONS = List.of(
            new Checked("exp", Function.EXP, StrictMath::exp, -20, 20),
            new Checked("log", Function.LOG, StrictMath::log, 1e-6, 1e4),
            new Checked("sin", Function.SIN, StrictMath::sin, -100, 100),
            new Checked("cos", Function.COS, StrictMath::cos, -100, 100),
            new Checked("tan", Function.TAN, StrictMath::tan, -1.4, 1.4),
            new Checked("tanh", Function.TANH, StrictMath::tanh, -5, 5),
            new Checked("sinh", Function.SINH, StrictMath::sinh, -10, 10),
            new Checked("cosh", Function.COSH, StrictMath::cosh, -10, 10),
            new Checked("atan", Function.ATAN, StrictMath::atan, -10, 10));

    private final Device device;
    private final Precision precision;
    private final boolean fastMath;

    private SelfCheck(Device device, Precision precision, boolean fastMath) {
        this.device = device;
        this.precision = precision;
        this.fastMath = fastMath;
    }

    /// Checks a device in a precision; gives what is wrong, in one line, or nothing.
    ///
    /// @param fastMath whether it was told that it may round as it likes
    public static Optional<String> run(Device device, Precision precision, boolean fastMath) {
        if (!device.info().f64()) return Optional.of("it does not compute in double precision, which statistics take");
        SelfCheck check = new SelfCheck(device, precision, fastMath);
        try {
            Optional<String> wrong = check.words();
            if (wrong.isEmpty()) wrong = check.functions();
            if (wrong.isEmpty()) wrong = check.noise();
            if (wrong.isEmpty()) wrong = check.failures();
            return wrong;
        } catch (RuntimeException | LinkageError e) {
            return Optional.of(Fault.line(e));
        }
    }

    /// Double-precision uniforms are words, exactly.
    private Optional<String> words() {
        List<Sym> state = symbols(4);
        List<Expr> next = new ArrayList<>();
        for (int j = 0; j < 4; j++) next.add(Symbols.uniform(j));
        Step step = step(state, next, 0, 4, Optional.empty());
        try (DevicePaths paths = open(step, Precision.F64)) {
            paths.begin(SEED, FIRST_PATH, PATHS);
            paths.advance(STEP, 1);
            paths.fetchStates();
            for (int i = 0; i < PATHS; i++) {
                for (int j = 0; j < 4; j++) {
                    long word = (long) ((paths.get(j, i) - 0x1p-33) * 0x1p32);
                    int expected = Philox.word(SEED, FIRST_PATH + i, 4 * STEP + j, Streams.UNIFORM);
                    if ((int) word != expected) {
                        return Optional.of(String.format(
                                Locale.ROOT,
                                "its Philox gives %08x for word %d of path %d, not %08x",
                                (int) word,
                                j,
                                FIRST_PATH + i,
                                expected));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> functions() {
        List<Sym> state = symbols(FUNCTIONS.size());
        List<Expr> next = new ArrayList<>();
        for (int k = 0; k < FUNCTIONS.size(); k++)
            next.add(Expr.call(FUNCTIONS.get(k).function(), state.get(k)));
        Step step = step(state, next, 0, 0, Optional.empty());
        try (DevicePaths paths = open(step, precision)) {
            for (int k = 0; k < FUNCTIONS.size(); k++) {
                Checked f = FUNCTIONS.get(k);
                for (int i = 0; i < PATHS; i++) paths.set(k, i, f.lo() + (f.hi() - f.lo()) * i / (PATHS - 1));
            }
            double[][] arguments = new double[FUNCTIONS.size()][PATHS];
            for (int k = 0; k < arguments.length; k++) {
                for (int i = 0; i < PATHS; i++) arguments[k][i] = paths.get(k, i);
            }
            paths.begin(SEED, FIRST_PATH, PATHS);
            paths.advance(STEP, 1);
            paths.fetchStates();
            for (int k = 0; k < arguments.length; k++) {
                Checked f = FUNCTIONS.get(k);
                for (int i = 0; i < PATHS; i++) {
                    double exact = f.exact().applyAsDouble(arguments[k][i]);
                    if (!(Math.abs(paths.get(k, i) - exact) <= allowed(exact))) {
                        return Optional.of("its " + f.name() + "(" + arguments[k][i] + ") is " + paths.get(k, i)
                                + ", not " + exact);
                    }
                }
            }
        }
        return Optional.empty();
    }

    /// A step with additive and multiplicative normals, and one of each sampling, against the scalar reference.
    private Optional<String> noise() {
        List<Sym> state = symbols(2);
        Expr x = state.get(0);
        Expr y = state.get(1);
        Expr half = Expr.num(0.5);
        List<Expr> next = List.of(
                x.times(half).plus(Symbols.normal(0)).plus(Symbols.uniform(0)),
                y.times(half).plus(y.times(Symbols.normal(1))).plus(Symbols.normal(2)));
        Optional<String> wrong = compare("normals", step(state, next, 3, 1, Optional.empty()));
        Sym mean = Symbols.mean(0);
        for (Sampling sampling : Sampling.values()) {
            for (int examples : sampling == Sampling.SHUFFLE ? new int[] {7, 40} : new int[] {40}) {
                if (wrong.isPresent()) return wrong;
                Columns data = Columns.of("a", ramp(examples));
                Step step = new Step(
                        state,
                        List.of(),
                        List.of(x.times(half).plus(mean), y.times(half).minus(mean)),
                        List.of(new Mean(mean, 0, data.symbols().getFirst())),
                        0,
                        BrownianPath.NONE,
                        0,
                        Optional.of(new Batches(sampling, examples, 2, 1, 1)),
                        data,
                        Map.of(Symbols.STEP_SIZE, 0.1),
                        Optional.empty(),
                        List.of());
                String name = sampling.name().toLowerCase(Locale.ROOT) + " batches of " + examples + " examples";
                wrong = compare(name, step);
            }
        }
        return wrong;
    }

    private static double[] ramp(int examples) {
        double[] a = new double[examples];
        for (int i = 0; i < examples; i++) a[i] = i;
        return a;
    }

    private Optional<String> compare(String name, Step step) {
        Kernel kernel = Kernel.of(step, precision, Backend.SCALAR);
        Block block = kernel.newBlock(PATHS);
        block.reset(SEED, FIRST_PATH, PATHS);
        try (DevicePaths paths = open(step, precision)) {
            for (int i = 0; i < PATHS; i++) {
                for (int c = 0; c < 2; c++) {
                    block.set(c, i, 1 + 1e-3 * i);
                    paths.set(c, i, block.get(c, i));
                }
            }
            paths.begin(SEED, FIRST_PATH, PATHS);
            long first = 1_000_003;
            paths.advance(first, 2);
            kernel.advance(block, first, 2);
            paths.fetchStates();
            for (int i = 0; i < PATHS; i++) {
                for (int c = 0; c < 2; c++) {
                    double expected = block.get(c, i);
                    double scale = Math.max(1 + 1e-3 * i, Math.abs(expected));
                    if (!(Math.abs(paths.get(c, i) - expected) <= allowed(scale))) {
                        return Optional.of("its step with " + name + " gives " + paths.get(c, i) + ", not " + expected);
                    }
                }
            }
        }
        return Optional.empty();
    }

    /// The largest error of a number.
    private double allowed(double x) {
        if (fastMath) return ROUGH * Math.max(1, Math.abs(x));
        return ULPS * (precision == Precision.F32 ? Math.ulp((float) x) : Math.ulp(x));
    }

    /// Of three paths in turn one goes on, one becomes infinite in the second step, and one is not a number after the
    /// first.
    private Optional<String> failures() {
        List<Sym> state = symbols(2);
        Expr x = state.get(0);
        Expr y = state.get(1);
        double large = precision == Precision.F32 ? 0x1p60 : 0x1p500;
        Step step = step(state, List.of(x.times(x), y.sqrt()), 0, 0, Optional.empty());
        try (DevicePaths paths = open(step, precision)) {
            for (int i = 0; i < PATHS; i++) {
                paths.set(0, i, i % 3 == 1 ? large : 1);
                paths.set(1, i, i % 3 == 2 ? -1 : 1);
            }
            paths.begin(SEED, FIRST_PATH, PATHS);
            paths.advance(STEP, 3);
            paths.fetchFailures();
            for (int i = 0; i < PATHS; i++) {
                long expected = i % 3 == 0 ? -1 : STEP + (i % 3 == 1 ? 1 : 0);
                if (paths.failedStep(i) != expected) {
                    return Optional.of("it does not see in which step a number becomes infinite or none");
                }
            }
        }
        return Optional.empty();
    }

    private static List<Sym> symbols(int n) {
        List<Sym> all = new ArrayList<>();
        for (int k = 0; k < n; k++) all.add(Expr.sym("x" + k));
        return all;
    }

    private static Step step(List<Sym> state, List<Expr> next, int normals, int uniforms, Optional<Batches> batches) {
        return new Step(
                state,
                List.of(),
                next,
                List.of(),
                normals,
                BrownianPath.NONE,
                uniforms,
                batches,
                Columns.NONE,
                new LinkedHashMap<>(Map.of(Symbols.STEP_SIZE, 0.1)),
                Optional.empty(),
                List.of());
    }

    private DevicePaths open(Step step, Precision in) {
        return device.open(PathsPlan.of(DeviceCode.of(step, in), step.size(), PATHS));
    }
}
