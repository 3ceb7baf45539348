package ornstein.kernel;

import static java.lang.constant.ConstantDescs.CD_Integer;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.util.Objects.requireNonNull;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import ornstein.method.Batches;
import ornstein.method.Sampling;
import ornstein.method.Step;
import ornstein.random.Permutation;
import ornstein.random.Streams;

/// Writes a [Program] as one method in which a thread moves one path on. Rows are local variables; stages follow each
/// other as straight-line code and loops. Arguments:
///
/// | argument | holds |
/// |---|---|
/// | context | the thread's number |
/// | control | see [DeviceControl] |
/// | state | coordinate `c` of path `i` at `c * stride + i` |
/// | shared, table, columns | as [DeviceCode] gives them |
/// | failed | the step after which a path had failed, or -1 |
/// | values | expression `k` of path `i` at `k * stride + i` |
///
/// A step takes all but `values`, expressions all but `failed` and `columns`.
final class DeviceEmitter {
    private static final String API = "uk.ac.manchester.tornado.api.";
    private static final ClassDesc SELF = ClassDesc.of(DeviceCode.NAME);
    private static final ClassDesc CONTEXT = ClassDesc.of(API + "KernelContext");
    private static final ClassDesc INTS = ClassDesc.of(API + "types.arrays.IntArray");
    private static final ClassDesc LONGS = ClassDesc.of(API + "types.arrays.LongArray");
    private static final ClassDesc FLOATS = ClassDesc.of(API + "types.arrays.FloatArray");
    private static final ClassDesc DOUBLES = ClassDesc.of(API + "types.arrays.DoubleArray");
    private static final ClassDesc DRAWS = ClassDesc.of("ornstein.kernel.DeviceDraws");
    private static final ClassDesc MATH = ClassDesc.of("ornstein.tornado.DeviceMath");

    private final Program program;
    private final @Nullable Step step;
    private final int coordinates;
    private final boolean single;
    private final ClassDesc real;
    private final ClassDesc reals;
    private final Layout layout;
    private final List<Double> coefficients = new ArrayList<>();
    private final Map<Integer, Integer> rows = new HashMap<>();
    private final Map<Place, Integer> chosen = new HashMap<>();
    private final Map<Integer, Integer> words = new HashMap<>();
    private final Map<Integer, Integer> stepwise = new HashMap<>();
    private final int table;
    private final int examples;
    private int next;

    // local variables
    private static final int CONTROL = 1;
    private static final int STATE = 2;
    private static final int SHARED = 3;
    private static final int TABLE = 4;
    private static final int FIFTH = 5;
    private static final int FAILED = 6;
    private int path;
    private int stride;
    private int at;
    private int number;
    private int index;
    private int pathLow;
    private int pathHigh;
    private int seedLow;
    private int seedHigh;

    private DeviceEmitter(Program program, @Nullable Step step, int coordinates) {
        this.program = program;
        this.step = step;
        this.coordinates = coordinates;
        single = program.precision() == Precision.F32;
        real = single ? ConstantDescs.CD_float : ConstantDescs.CD_double;
        reals = single ? FLOATS : DOUBLES;
        layout = program.layout();
        int[] slots = program.shared().stepwise();
        for (int k = 0; k < slots.length; k++) stepwise.put(slots[k], k);
        table = slots.length;
        examples = step == null ? 0 : step.data().examples();
    }

    static DeviceEmitter step(Program program, Step step) {
        return new DeviceEmitter(program, step, step.next().size());
    }

    static DeviceEmitter values(Program program, int coordinates) {
        return new DeviceEmitter(program, null, coordinates);
    }

    /// Numbers that follow the shared numbers: the coefficients of long sums, and constants that are not finite.
    double[] coefficients() {
        return coefficients.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /// The bytes of the class.
    ///
    /// @throws IllegalArgumentException if the method is too long
    byte[] emit() {
        List<ClassDesc> types = new ArrayList<>(List.of(CONTEXT, INTS, reals, reals, reals));
        types.addAll(step == null ? List.of(DOUBLES) : List.of(reals, LONGS));
        ClassDesc task = ClassDesc.of(API + "common.TornadoFunctions$Task" + types.size());
        MethodTypeDesc kernel = MethodTypeDesc.of(CD_void, types);
        MethodTypeDesc apply =
                MethodTypeDesc.of(CD_void, types.stream().map(t -> CD_Object).toList());
        String name = step == null ? "ornstein_values" : "ornstein_step";
        return ClassFile.of().build(SELF, cb -> {
            cb.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL | ClassFile.ACC_SUPER);
            cb.withInterfaceSymbols(task);
            cb.withMethodBody("apply", apply, ClassFile.ACC_PUBLIC, c -> {
                for (int i = 0; i < types.size(); i++) c.aload(i + 1).checkcast(types.get(i));
                c.invokestatic(SELF, name, kernel).return_();
            });
            cb.withMethodBody(
                    ConstantDescs.INIT_NAME,
                    MethodTypeDesc.of(CD_void),
                    ClassFile.ACC_PUBLIC,
                    c -> c.aload(0)
                            .invokespecial(CD_Object, ConstantDescs.INIT_NAME, MethodTypeDesc.of(CD_void))
                            .return_());
            cb.withMethodBody(name, kernel, ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC, c -> {
                for (int i = 0; i < types.size(); i++) {
                    c.localVariable(i, "a" + i, types.get(i), c.startLabel(), c.endLabel());
                }
                rows.clear();
                chosen.clear();
                words.clear();
                coefficients.clear();
                next = types.size();
                if (step == null) valuesBody(c);
                else stepBody(c, step);
            });
        });
    }

    // ---- the frame ----

    private void stepBody(CodeBuilder c, Step s) {
        Label end = c.newLabel();
        frame(c, end);
        c.aload(FAILED).iload(path).invokevirtual(LONGS, "get", MethodTypeDesc.of(CD_long, CD_int));
        c.lconst_0().lcmp().ifge(end);
        loadState(c);
        seedLow = integer(c, DeviceControl.SEED_LOW);
        seedHigh = integer(c, DeviceControl.SEED_HIGH);
        int whole = wide();
        wideControl(c, DeviceControl.PATH_LOW, DeviceControl.PATH_HIGH);
        c.iload(path).i2l().ladd().lstore(whole);
        pathLow = narrow();
        c.lload(whole).l2i().istore(pathLow);
        pathHigh = narrow();
        c.lload(whole).bipush(32).lshr().l2i().istore(pathHigh);
        int first = wide();
        wideControl(c, DeviceControl.STEP_LOW, DeviceControl.STEP_HIGH);
        c.lstore(first);
        int steps = integer(c, DeviceControl.STEPS);
        at = narrow();
        number = wide();
        index = narrow();
        c.iconst_0().istore(at);
        Uses uses = new Uses();
        program.stages().forEach(uses::add);
        DeviceNoise normals = noise(true, s.normals(), uses.normals);
        DeviceNoise uniforms = noise(false, s.uniforms(), uses.uniforms);
        normals.declare(c);
        uniforms.declare(c);
        int check = row(layout.check());
        Label test = c.newLabel();
        Label done = c.newLabel();
        c.labelBinding(test).iload(at).iload(steps).if_icmpge(done);
        c.lload(first).iload(at).i2l().ladd().lstore(number);
        zero(c).storeReal(c, check);
        normals.make(c);
        uniforms.make(c);
        for (int slot : uses.indices) {
            int local = words.computeIfAbsent(layout.indexWords(slot), k -> narrow());
            drawIndex(c, requireBatches(), slot, -1);
            c.istore(local);
        }
        for (Stage stage : program.stages()) stage(c, stage);
        c.iinc(at, 1);
        Label fine = c.newLabel();
        loadReal(c, check);
        zero(c);
        compare(c);
        c.ifeq(fine);
        c.aload(FAILED).iload(path).lload(number);
        c.invokevirtual(LONGS, "set", MethodTypeDesc.of(CD_void, CD_int, CD_long));
        c.iload(steps).istore(at);
        c.labelBinding(fine).goto_(test);
        c.labelBinding(done);
        for (int k = 0; k < coordinates; k++) {
            c.aload(STATE);
            position(c, k);
            loadReal(c, row(k));
            c.invokevirtual(reals, "set", MethodTypeDesc.of(CD_void, CD_int, real));
        }
        c.labelBinding(end).return_();
    }

    private void valuesBody(CodeBuilder c) {
        Label end = c.newLabel();
        frame(c, end);
        at = narrow();
        index = narrow();
        c.iconst_0().istore(at);
        loadState(c);
        for (Stage stage : program.stages()) stage(c, stage);
        for (int k = 0; k < program.outputs().size(); k++) {
            c.aload(FIFTH);
            position(c, k);
            loadReal(c, row(program.outputs().get(k).number()));
            if (single) c.f2d();
            c.invokevirtual(DOUBLES, "set", MethodTypeDesc.of(CD_void, CD_int, ConstantDescs.CD_double));
        }
        c.labelBinding(end).return_();
    }

    private void frame(CodeBuilder c, Label end) {
        path = narrow();
        c.aload(0)
                .getfield(CONTEXT, "globalIdx", CD_Integer)
                .invokevirtual(CD_Integer, "intValue", MethodTypeDesc.of(CD_int))
                .istore(path);
        stride = integer(c, DeviceControl.STRIDE);
        c.iload(path);
        control(c, step == null ? DeviceControl.LOOKED : DeviceControl.PATHS);
        c.if_icmpge(end);
    }

    private void loadState(CodeBuilder c) {
        for (int k = 0; k < coordinates; k++) {
            c.aload(STATE);
            position(c, k);
            c.invokevirtual(reals, "get", MethodTypeDesc.of(real, CD_int));
            storeReal(c, row(k));
        }
    }

    private void position(CodeBuilder c, int k) {
        c.iload(stride).loadConstant(k).imul().iload(path).iadd();
    }

    private static void control(CodeBuilder c, int entry) {
        c.aload(CONTROL).loadConstant(entry).invokevirtual(INTS, "get", MethodTypeDesc.of(CD_int, CD_int));
    }

    private int integer(CodeBuilder c, int entry) {
        int local = narrow();
        control(c, entry);
        c.istore(local);
        return local;
    }

    private static void wideControl(CodeBuilder c, int low, int high) {
        control(c, high);
        c.i2l().bipush(32).lshl();
        control(c, low);
        c.i2l().loadConstant(0xFFFFFFFFL).land().lor();
    }

    // ---- noise ----

    private Batches requireBatches() {
        return requireNonNull(step).batches().orElseThrow();
    }

    private DeviceNoise noise(boolean normal, int perStep, Set<Integer> used) {
        return new DeviceNoise(this, normal, perStep, used);
    }

    Layout layout() {
        return layout;
    }

    boolean single() {
        return single;
    }

    ClassDesc real() {
        return real;
    }

    ClassDesc math() {
        return MATH;
    }

    int number() {
        return number;
    }

    int at() {
        return at;
    }

    void choose(Place place, int local) {
        chosen.put(place, local);
    }

    /// Leaves two words of a block (64 bits) on the stack: words 0 and 1, or 2 and 3. On the stack is nothing; the
    /// block's index is in a local variable.
    void block(CodeBuilder c, boolean low, int indexLocal, int stream) {
        c.iload(pathLow).iload(pathHigh).lload(indexLocal).l2i();
        c.lload(indexLocal).loadConstant(stream).invokestatic(DRAWS, "top", MethodTypeDesc.of(CD_int, CD_long, CD_int));
        c.iload(seedLow).iload(seedHigh);
        MethodTypeDesc six = MethodTypeDesc.of(CD_long, CD_int, CD_int, CD_int, CD_int, CD_int, CD_int);
        c.invokestatic(DRAWS, low ? "low" : "high", six);
    }

    /// Leaves the example of a slot of the step's batches on the stack: slot `slot`, or, if `dynamic` is a local
    /// variable, as many further as that says.
    private void drawIndex(CodeBuilder c, Batches b, int slot, int dynamic) {
        if (b.sampling() == Sampling.IID) {
            held(c, b);
            c.loadConstant((long) b.perStep() * b.size())
                    .lmul()
                    .loadConstant((long) slot)
                    .ladd();
            if (dynamic >= 0) c.iload(dynamic).i2l().ladd();
            c.loadConstant(b.examples());
            seeded(c);
            c.invokestatic(
                    DRAWS, "iid", MethodTypeDesc.of(CD_int, CD_long, CD_int, CD_int, CD_int, CD_int, CD_int, CD_int));
            return;
        }
        int batch = slot / b.size();
        int inBatch = slot % b.size();
        int total = wide();
        held(c, b);
        c.loadConstant((long) b.perStep())
                .lmul()
                .loadConstant((long) batch)
                .ladd()
                .lstore(total);
        int epoch = wide();
        c.lload(total).loadConstant((long) b.perEpoch()).ldiv().lstore(epoch);
        int position = narrow();
        c.lload(total)
                .lload(epoch)
                .loadConstant((long) b.perEpoch())
                .lmul()
                .lsub()
                .l2i()
                .istore(position);
        switch (b.sampling()) {
            case REVERSED -> {
                Label same = c.newLabel();
                c.lload(epoch).lconst_1().land().lconst_0().lcmp().ifeq(same);
                c.loadConstant(b.perEpoch() - 1).iload(position).isub().istore(position);
                c.labelBinding(same).iload(position);
            }
            case REORDER -> {
                c.iload(position);
                element(c, b.perEpoch(), epoch);
            }
            default -> c.iload(position);
        }
        c.loadConstant(b.size()).imul().loadConstant(inBatch).iadd();
        if (dynamic >= 0) c.iload(dynamic).iadd();
        if (b.sampling() == Sampling.SHUFFLE) element(c, b.examples(), epoch);
    }

    private void held(CodeBuilder c, Batches b) {
        c.lload(number);
        if (b.hold() > 1) c.loadConstant((long) b.hold()).ldiv();
    }

    private void seeded(CodeBuilder c) {
        c.iload(pathLow).iload(pathHigh).iload(seedLow).iload(seedHigh).loadConstant(Streams.BATCH);
    }

    /// Replaces a position on the stack by the element of the epoch's permutation there.
    private void element(CodeBuilder c, int m, int epoch) {
        c.loadConstant(m);
        boolean small = m <= Permutation.UNRANKED;
        if (!small) c.loadConstant(Permutation.rounds(m));
        c.lload(epoch);
        seeded(c);
        MethodTypeDesc type = small
                ? MethodTypeDesc.of(CD_int, CD_int, CD_int, CD_long, CD_int, CD_int, CD_int, CD_int, CD_int)
                : MethodTypeDesc.of(CD_int, CD_int, CD_int, CD_int, CD_long, CD_int, CD_int, CD_int, CD_int, CD_int);
        c.invokestatic(DRAWS, small ? "unranked" : "swapped", type);
    }

    // ---- stages ----

    /// Which normals, uniforms and batch indices stages name.
    private static final class Uses {
        final Set<Integer> normals = new HashSet<>();
        final Set<Integer> uniforms = new HashSet<>();
        final Set<Integer> indices = new HashSet<>();

        void add(Stage stage) {
            List<Place> places = switch (stage) {
                case CodeStage s -> s.places;
                case FunctionStage s -> s.fromTo;
                case PowerStage s -> s.places;
                case DotStage s -> s.places;
                default -> List.of();
            };
            for (Place p : places) {
                if (p instanceof Place.Normal z) normals.add(z.number());
                if (p instanceof Place.Uniform u) uniforms.add(u.number());
                if (p instanceof Place.Index i) indices.add(i.slot());
            }
            if (stage instanceof LoopStage loop) loop.body.forEach(this::add);
        }
    }

    @SuppressWarnings("ReferenceEquality") // there is one stage that does nothing
    private void stage(CodeBuilder c, Stage stage) {
        if (stage == Stage.NONE) return;
        switch (stage) {
            case CodeStage s -> new Straight(c, s.places).write(s.code);
            case FunctionStage s -> {
                loadReal(c, local(s.fromTo.get(0)));
                String name = s.function.name().toLowerCase(java.util.Locale.ROOT);
                c.invokestatic(MATH, name, MethodTypeDesc.of(real, real));
                storeReal(c, local(s.fromTo.get(1)));
            }
            case PowerStage s -> {
                loadReal(c, local(s.places.get(0)));
                loadReal(c, local(s.places.get(1)));
                c.invokestatic(MATH, "pow", MethodTypeDesc.of(real, real, real));
                storeReal(c, local(s.places.get(2)));
            }
            case DotStage s -> dot(c, s);
            case LoopStage s -> loop(c, s);
            default -> throw new IllegalStateException("a stage without a kernel: " + stage);
        }
    }

    private void dot(CodeBuilder c, DotStage s) {
        for (int k = 0; k < s.doubles.length; k++) {
            held(c, s.doubles[k]);
            loadReal(c, local(s.places.get(k)));
            multiply(c);
            if (k > 0) {
                loadReal(c, local(s.places.getLast()));
                add(c);
            }
            storeReal(c, local(s.places.getLast()));
        }
    }

    /// Leaves a number on the stack that is held in the array of shared numbers.
    private void held(CodeBuilder c, double number) {
        c.aload(SHARED).loadConstant(program.shared().size() + coefficients.size());
        c.invokevirtual(reals, "get", MethodTypeDesc.of(real, CD_int));
        coefficients.add(number);
    }

    private void loop(CodeBuilder c, LoopStage s) {
        for (int row : s.sums) {
            zero(c);
            storeReal(c, row(row));
        }
        int n = narrow();
        c.iconst_0().istore(n);
        Label test = c.newLabel();
        Label end = c.newLabel();
        c.labelBinding(test).iload(n).loadConstant(s.count).if_icmpge(end);
        c.iload(n).istore(index);
        if (s.firstIndex >= 0) {
            int local = words.computeIfAbsent(s.current, k -> narrow());
            drawIndex(c, requireBatches(), s.firstIndex - layout.indexWords(0), n);
            c.istore(local);
        }
        if (s.currentNormal >= 0) {
            normalAt(c, n);
            storeReal(c, row(s.currentNormal));
        }
        for (Stage inner : s.body) stage(c, inner);
        c.iinc(n, 1).goto_(test).labelBinding(end);
    }

    /// Leaves normal number `n`, a local variable, of the step on the stack.
    private void normalAt(CodeBuilder c, int n) {
        int position = wide();
        c.lload(number)
                .loadConstant((long) requireNonNull(step).normals())
                .lmul()
                .iload(n)
                .i2l()
                .ladd();
        c.lstore(position);
        int block = wide();
        c.lload(position).iconst_2().lshr().lstore(block);
        int bits = wide();
        Label second = c.newLabel();
        Label join = c.newLabel();
        c.lload(position).loadConstant(2L).land().lconst_0().lcmp().ifne(second);
        block(c, true, block, Streams.NOISE);
        c.lstore(bits).goto_(join).labelBinding(second);
        block(c, false, block, Streams.NOISE);
        c.lstore(bits).labelBinding(join);
        int radius = newReal();
        c.lload(bits).l2i().invokestatic(MATH, single ? "radius32" : "radius64", MethodTypeDesc.of(real, CD_int));
        storeReal(c, radius);
        int angle = narrow();
        c.lload(bits).bipush(32).lshr().l2i().istore(angle);
        Label odd = c.newLabel();
        Label out = c.newLabel();
        int result = newReal();
        c.lload(position).lconst_1().land().lconst_0().lcmp().ifne(odd);
        DeviceNoise.half(this, c, true, radius, angle);
        storeReal(c, result);
        c.goto_(out).labelBinding(odd);
        DeviceNoise.half(this, c, false, radius, angle);
        storeReal(c, result);
        c.labelBinding(out);
        loadReal(c, result);
    }

    // ---- local variables ----

    int narrow() {
        return next++;
    }

    int wide() {
        next += 2;
        return next - 2;
    }

    int newReal() {
        return single ? narrow() : wide();
    }

    /// The local variable of a row.
    int row(int number) {
        return rows.computeIfAbsent(number, k -> newReal());
    }

    private int local(Place place) {
        Integer known = chosen.get(place);
        return known != null ? known : row(layout.row(place, 0));
    }

    void loadReal(CodeBuilder c, int local) {
        if (single) c.fload(local);
        else c.dload(local);
    }

    void storeReal(CodeBuilder c, int local) {
        if (single) c.fstore(local);
        else c.dstore(local);
    }

    DeviceEmitter zero(CodeBuilder c) {
        if (single) c.fconst_0();
        else c.dconst_0();
        return this;
    }

    void multiply(CodeBuilder c) {
        if (single) c.fmul();
        else c.dmul();
    }

    void add(CodeBuilder c) {
        if (single) c.fadd();
        else c.dadd();
    }

    private void compare(CodeBuilder c) {
        if (single) c.fcmpg();
        else c.dcmpg();
    }

    // ---- straight-line code ----

    private final class Straight {
        private final CodeBuilder c;
        private final List<Place> places;
        private final Map<Value, Integer> locals = new HashMap<>();

        Straight(CodeBuilder c, List<Place> places) {
            this.c = c;
            this.places = places;
        }

        void write(Code code) {
            for (Value v : Emitter.order(code)) {
                if (v.op().isLeaf() && v.op() != Op.GATHER && v.op() != Op.COLUMN || v.op().kind != Op.Kind.REAL)
                    continue;
                compute(v);
                int local = newReal();
                storeReal(c, local);
                locals.put(v, local);
            }
            List<Code.Store> stores = code.stores();
            for (Code.Store s : stores) push(s.value());
            for (Code.Store s : stores.reversed()) storeReal(c, local(places.get(s.slot())));
        }

        private void push(Value v) {
            Integer local = locals.get(v);
            if (local != null) {
                loadReal(c, local);
                return;
            }
            switch (v.op()) {
                case ROW -> loadReal(c, local(places.get(v.slot())));
                case CONSTANT -> constant(v.number());
                case SHARED -> shared(v.slot());
                default -> throw new IllegalStateException("no number of a kernel: " + v.op());
            }
        }

        /// The device's compiler has no literal of what is not finite.
        private void constant(double x) {
            if (!Double.isFinite(single ? (float) x : x)) {
                DeviceEmitter.this.held(c, x);
            } else if (single) {
                c.loadConstant((float) x);
            } else {
                c.loadConstant(x);
            }
        }

        private void shared(int slot) {
            Integer changing = stepwise.get(slot);
            if (changing == null) c.aload(SHARED).loadConstant(slot);
            else
                c.aload(TABLE)
                        .iload(at)
                        .loadConstant(table)
                        .imul()
                        .loadConstant((int) changing)
                        .iadd();
            c.invokevirtual(reals, "get", MethodTypeDesc.of(real, CD_int));
        }

        private void compute(Value v) {
            switch (v.op()) {
                case GATHER, COLUMN -> {
                    c.aload(FIFTH).loadConstant(v.slot() * examples);
                    if (v.op() == Op.COLUMN) c.iload(index);
                    else c.iload(requireNonNull(words.get(layout.row(places.get(v.second()), 0))));
                    c.iadd().invokevirtual(reals, "get", MethodTypeDesc.of(real, CD_int));
                }
                case SELECT -> {
                    Label no = c.newLabel();
                    Label join = c.newLabel();
                    int result = newReal();
                    branchUnless(v.argument(0), no);
                    push(v.argument(1));
                    storeReal(c, result);
                    c.goto_(join).labelBinding(no);
                    push(v.argument(2));
                    storeReal(c, result);
                    c.labelBinding(join);
                    loadReal(c, result);
                }
                case ADD -> sum(v.argument(0), v.argument(1));
                case FMA -> {
                    push(v.argument(0));
                    push(v.argument(1));
                    multiply(c);
                    push(v.argument(2));
                    add(c);
                }
                default -> {
                    for (Value a : v.arguments()) push(a);
                    operate(v.op());
                }
            }
        }

        /// The device's compiler does not stand the sum of a product and itself.
        private void sum(Value a, Value b) {
            push(a);
            if (a.equals(b)) {
                constant(2);
                multiply(c);
            } else {
                push(b);
                add(c);
            }
        }

        private void operate(Op op) {
            switch (op) {
                case SUB -> {
                    if (single) c.fsub();
                    else c.dsub();
                }
                case MUL -> multiply(c);
                case DIV -> {
                    if (single) c.fdiv();
                    else c.ddiv();
                }
                case NEG -> {
                    if (single) c.fneg();
                    else c.dneg();
                }
                case ABS -> c.invokestatic(MATH, "abs", MethodTypeDesc.of(real, real));
                case SQRT -> c.invokestatic(MATH, "sqrt", MethodTypeDesc.of(real, real));
                case MIN -> c.invokestatic(MATH, "min", MethodTypeDesc.of(real, real, real));
                case MAX -> c.invokestatic(MATH, "max", MethodTypeDesc.of(real, real, real));
                default -> throw new IllegalStateException("no operation of a kernel: " + op);
            }
        }

        private void branchUnless(Value condition, Label no) {
            if (condition.op() == Op.AND) {
                branchUnless(condition.argument(0), no);
                branchUnless(condition.argument(1), no);
                return;
            }
            push(condition.argument(0));
            push(condition.argument(1));
            compare(c);
            switch (condition.op()) {
                case LT -> c.ifge(no);
                case LE -> c.ifgt(no);
                case EQ -> c.ifne(no);
                default -> throw new IllegalStateException("no condition of a kernel: " + condition.op());
            }
        }
    }
}
