package ornstein.kernel;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.util.Objects.requireNonNull;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The method of a kernel while it is written: its local variables, which hold the rows of a [Program], and
/// instructions on its kind of reals.
final class DeviceMethod {
    static final String API = "uk.ac.manchester.tornado.api.";
    static final ClassDesc CONTEXT = ClassDesc.of(API + "KernelContext");
    static final ClassDesc INTS = ClassDesc.of(API + "types.arrays.IntArray");
    static final ClassDesc LONGS = ClassDesc.of(API + "types.arrays.LongArray");
    static final ClassDesc DOUBLES = ClassDesc.of(API + "types.arrays.DoubleArray");
    private static final ClassDesc FLOATS = ClassDesc.of(API + "types.arrays.FloatArray");
    private static final ClassDesc MATH = ClassDesc.of("ornstein.tornado.DeviceMath");

    // arguments
    static final int CONTROL = 1;
    static final int STATE = 2;
    static final int SHARED = 3;
    static final int TABLE = 4;
    static final int FIFTH = 5;
    static final int FAILED = 6;

    final CodeBuilder c;
    final Program program;
    final Layout layout;
    final boolean single;
    final ClassDesc real;
    final ClassDesc reals;

    /// Numbers that follow the shared numbers in their array.
    final List<Double> held = new ArrayList<>();

    private final Map<Integer, Integer> rows = new HashMap<>();
    private final Map<Place, Integer> chosen = new HashMap<>();
    private final Map<Integer, Integer> words = new HashMap<>();
    private int next;

    /// Local variables: the path's number in the array, the distance of coordinates in it.
    int path;

    int stride;
    /// How many steps have been done, the number of the step (wide), the entry of the data columns in a loop
    /// over them.
    int at;

    int number;
    int index;
    /// The path's own number and the seed, in two words each.
    int pathLow;

    int pathHigh;
    int seedLow;
    int seedHigh;

    /// @param arguments of the method
    DeviceMethod(CodeBuilder c, Program program, int arguments) {
        this.c = c;
        this.program = program;
        layout = program.layout();
        single = program.precision() == Precision.F32;
        real = single ? ConstantDescs.CD_float : ConstantDescs.CD_double;
        reals = reals(program.precision());
        next = arguments;
    }

    /// The type of arrays of reals.
    static ClassDesc reals(Precision precision) {
        return precision == Precision.F32 ? FLOATS : DOUBLES;
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

    /// The local variable of a row of reals.
    int row(int number) {
        return rows.computeIfAbsent(number, k -> newReal());
    }

    /// The local variable of a row of words.
    int words(int number) {
        return words.computeIfAbsent(number, k -> narrow());
    }

    /// The local variable of the word at a place.
    int word(Place place) {
        return requireNonNull(words.get(layout.row(place, 0)));
    }

    int local(Place place) {
        Integer known = chosen.get(place);
        return known != null ? known : row(layout.row(place, 0));
    }

    /// Says that a place is a local variable of its own.
    void choose(Place place, int local) {
        chosen.put(place, local);
    }

    // ---- arrays ----

    /// Leaves an entry of the control array on the stack.
    void control(int entry) {
        c.aload(CONTROL).loadConstant(entry).invokevirtual(INTS, "get", MethodTypeDesc.of(CD_int, CD_int));
    }

    /// A new local variable that holds an entry of the control array.
    int integer(int entry) {
        int local = narrow();
        control(entry);
        c.istore(local);
        return local;
    }

    /// Leaves a number of two words of the control array on the stack.
    void wideControl(int low, int high) {
        control(high);
        c.i2l().bipush(32).lshl();
        control(low);
        c.i2l().loadConstant(0xFFFFFFFFL).land().lor();
    }

    /// Leaves the place of coordinate `k` of the path on the stack.
    void position(int k) {
        c.iload(stride).loadConstant(k).imul().iload(path).iadd();
    }

    /// Replaces an array of reals and a place on the stack by the entry.
    void entry() {
        c.invokevirtual(reals, "get", MethodTypeDesc.of(real, CD_int));
    }

    /// Leaves a number on the stack that lies in the array of shared numbers.
    void held(double x) {
        c.aload(SHARED).loadConstant(program.shared().size() + held.size());
        entry();
        held.add(x);
    }

    /// Marks the path as failed in the step.
    void fail() {
        c.aload(FAILED).iload(path).lload(number);
        c.invokevirtual(LONGS, "set", MethodTypeDesc.of(ConstantDescs.CD_void, CD_int, CD_long));
    }

    // ---- reals ----

    void load(int local) {
        if (single) c.fload(local);
        else c.dload(local);
    }

    void store(int local) {
        if (single) c.fstore(local);
        else c.dstore(local);
    }

    DeviceMethod zero() {
        if (single) c.fconst_0();
        else c.dconst_0();
        return this;
    }

    void multiply() {
        if (single) c.fmul();
        else c.dmul();
    }

    void add() {
        if (single) c.fadd();
        else c.dadd();
    }

    void subtract() {
        if (single) c.fsub();
        else c.dsub();
    }

    void divide() {
        if (single) c.fdiv();
        else c.ddiv();
    }

    void negate() {
        if (single) c.fneg();
        else c.dneg();
    }

    void compare() {
        if (single) c.fcmpg();
        else c.dcmpg();
    }

    /// Calls a function of the device's mathematics.
    void math(String name, ClassDesc... arguments) {
        c.invokestatic(MATH, name, MethodTypeDesc.of(real, arguments));
    }
}
