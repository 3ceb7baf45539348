package ornstein.kernel;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.util.Objects.requireNonNull;

import java.lang.classfile.ClassBuilder;
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
import ornstein.kernel.Op.Kind;

/// Writes [Code] as a class with one method, the loop over lanes. Subclasses say how an operation looks: on numbers
/// ([ScalarEmitter]) or on vectors ([VectorEmitter]).
abstract class Emitter {
    private static final int ROWS = 1;
    private static final int WORDS = 2;
    private static final int SHARED = 3;
    private static final int COLUMNS = 4;
    private static final int INDEX = 5;
    private static final int OFFSETS = 6;
    private static final int COUNT = 7;

    final Precision precision;
    final ClassDesc real;
    final ClassDesc self;
    private final Map<Value, Integer> locals = new HashMap<>();
    private final Map<Integer, Integer> offsets = new HashMap<>();
    private final Map<Integer, Integer> columns = new HashMap<>();
    private int lane;

    Emitter(Precision precision, ClassDesc self) {
        this.precision = precision;
        this.self = self;
        real = precision == Precision.F32 ? ConstantDescs.CD_float : ConstantDescs.CD_double;
    }

    /// The bytes of a class that implements [Code.F32] or [Code.F64].
    byte[] emit(Code code) {
        List<Value> order = order(code);
        ClassDesc type = precision == Precision.F32
                ? ClassDesc.of("ornstein.kernel.Code$F32")
                : ClassDesc.of("ornstein.kernel.Code$F64");
        MethodTypeDesc run = MethodTypeDesc.of(
                CD_int,
                real.arrayType(),
                CD_int.arrayType(),
                real.arrayType(),
                real.arrayType().arrayType(),
                CD_int,
                CD_int.arrayType(),
                CD_int);
        return ClassFile.of().build(self, cb -> {
            begin(cb, type);
            cb.withMethodBody("run", run, ClassFile.ACC_PUBLIC, c -> body(c, code, order));
        });
    }

    /// The head of a generated class: what it implements, and its constructor.
    static void begin(ClassBuilder cb, ClassDesc type) {
        cb.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER);
        cb.withInterfaceSymbols(type);
        cb.withMethodBody(
                ConstantDescs.INIT_NAME,
                MethodTypeDesc.of(CD_void),
                0,
                c -> c.aload(0)
                        .invokespecial(ConstantDescs.CD_Object, ConstantDescs.INIT_NAME, MethodTypeDesc.of(CD_void))
                        .return_());
    }

    /// Leaves on the stack a value that is the same for all lanes, from a number on the stack.
    abstract void broadcast(CodeBuilder c);

    /// Leaves a constant on the stack.
    abstract void constant(CodeBuilder c, Value v);

    /// Leaves element `i` (and those of the lanes above it) of a row on the stack; on it are the array and the
    /// position.
    abstract void load(CodeBuilder c, Op op);

    /// Leaves entries of a column on the stack that are gathered at the indices in words.
    ///
    /// @param column local variable, as `words`
    /// @param position leaves the position in the words on the stack
    abstract void gather(CodeBuilder c, int column, int words, Runnable position);

    /// Stores the value of the local variable at the array and position on the stack.
    abstract void store(CodeBuilder c, int local);

    /// Does an operation whose arguments are on the stack.
    abstract void operate(CodeBuilder c, Value v);

    /// Leaves 1 on the stack if the mask on the stack is false in some lane, else 0.
    abstract void anyFalse(CodeBuilder c);

    abstract void saveLocal(CodeBuilder c, Kind kind, int local);

    abstract void loadLocal(CodeBuilder c, Kind kind, int local);

    /// Local variables of a value.
    abstract int slots(Kind kind);

    /// Adds the number of lanes to the loop variable.
    abstract void next(CodeBuilder c, int lane);

    private void body(CodeBuilder c, Code code, List<Value> order) {
        int next = COUNT + 1;
        Set<Integer> slots = new HashSet<>();
        for (Code.Store s : code.stores()) slots.add(s.slot());
        for (Value v : order) {
            if (v.op() == Op.ROW || v.op() == Op.WORDS) slots.add(v.slot());
            if (v.op() == Op.GATHER) slots.add(v.second());
            if ((v.op() == Op.GATHER || v.op() == Op.COLUMN) && !columns.containsKey(v.slot())) {
                c.aload(COLUMNS).loadConstant(v.slot()).aaload().astore(next);
                columns.put(v.slot(), next++);
            }
        }
        for (int slot : slots) {
            c.aload(OFFSETS).loadConstant(slot).iaload().istore(next);
            offsets.put(slot, next++);
        }
        for (Value v : order) {
            if (v.op() == Op.SHARED || v.op() == Op.COLUMN) {
                if (v.op() == Op.SHARED) c.aload(SHARED).loadConstant(v.slot());
                else c.aload(requireNonNull(columns.get(v.slot()))).iload(INDEX);
                if (precision == Precision.F32) c.faload();
                else c.daload();
                broadcast(c);
                saveLocal(c, Kind.REAL, next);
                locals.put(v, next);
                next += slots(Kind.REAL);
            }
        }
        for (Value v : order) {
            if (v.op() == Op.CONSTANT || v.op() == Op.WHOLE) {
                constant(c, v);
                saveLocal(c, v.op().kind, next);
                locals.put(v, next);
                next += slots(v.op().kind);
            }
        }
        int failed = next++;
        c.iconst_0().istore(failed);
        lane = next++;
        c.iconst_0().istore(lane);
        Label test = c.newLabel();
        Label end = c.newLabel();
        c.labelBinding(test).iload(lane).iload(COUNT).if_icmpge(end);
        for (Value v : order) {
            if (locals.containsKey(v)) continue;
            compute(c, v);
            saveLocal(c, v.op().kind, next);
            locals.put(v, next);
            next += slots(v.op().kind);
        }
        for (Code.Store s : code.stores()) {
            c.aload(ROWS);
            position(c, s.slot());
            store(c, requireNonNull(locals.get(s.value())));
        }
        Value guard = code.guard();
        if (guard != null) {
            push(c, guard);
            anyFalse(c);
            c.iload(failed).ior().istore(failed);
        }
        next(c, lane);
        c.goto_(test).labelBinding(end).iload(failed).ireturn();
    }

    private void compute(CodeBuilder c, Value v) {
        switch (v.op()) {
            case ROW, WORDS -> {
                c.aload(v.op() == Op.ROW ? ROWS : WORDS);
                position(c, v.slot());
                load(c, v.op());
            }
            case GATHER -> gather(c, requireNonNull(columns.get(v.slot())), WORDS, () -> position(c, v.second()));
            default -> {
                for (Value a : v.arguments()) push(c, a);
                operate(c, v);
            }
        }
    }

    private void position(CodeBuilder c, int slot) {
        c.iload(requireNonNull(offsets.get(slot))).iload(lane).iadd();
    }

    private void push(CodeBuilder c, Value v) {
        loadLocal(c, v.op().kind, requireNonNull(locals.get(v)));
    }

    /// The values that the stores and the guard need, arguments first.
    static List<Value> order(Code code) {
        List<Value> order = new ArrayList<>();
        Set<Value> seen = new HashSet<>();
        for (Code.Store s : code.stores()) visit(s.value(), seen, order);
        Value guard = code.guard();
        if (guard != null) visit(guard, seen, order);
        return order;
    }

    private static void visit(Value v, Set<Value> seen, List<Value> order) {
        if (!seen.add(v)) return;
        for (Value a : v.arguments()) visit(a, seen, order);
        order.add(v);
    }
}
