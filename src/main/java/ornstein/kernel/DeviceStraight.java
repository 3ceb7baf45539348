package ornstein.kernel;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Straight-line code of a kernel: each value of a [Code] in a local variable.
final class DeviceStraight {
    private final DeviceMethod m;
    private final CodeBuilder c;
    private final List<Place> places;
    private final Map<Integer, Integer> stepwise;
    private final int examples;
    private final Map<Value, Integer> locals = new HashMap<>();

    /// @param places of the slots
    /// @param stepwise places in the step's table of the shared numbers that change with the step
    /// @param examples entries of a data column
    DeviceStraight(DeviceMethod m, List<Place> places, Map<Integer, Integer> stepwise, int examples) {
        this.m = m;
        c = m.c;
        this.places = places;
        this.stepwise = stepwise;
        this.examples = examples;
    }

    void write(Code code) {
        for (Value v : Emitter.order(code)) {
            if (v.op().isLeaf() && v.op() != Op.GATHER && v.op() != Op.COLUMN || v.op().kind != Op.Kind.REAL) continue;
            compute(v);
            int local = m.newReal();
            m.store(local);
            locals.put(v, local);
        }
        List<Code.Store> stores = code.stores();
        for (Code.Store s : stores) push(s.value());
        for (Code.Store s : stores.reversed()) m.store(m.local(places.get(s.slot())));
    }

    private void push(Value v) {
        Integer local = locals.get(v);
        if (local != null) {
            m.load(local);
            return;
        }
        switch (v.op()) {
            case ROW -> m.load(m.local(places.get(v.slot())));
            case CONSTANT -> constant(v.number());
            case SHARED -> shared(v.slot());
            default -> throw new IllegalStateException("no number of a kernel: " + v.op());
        }
    }

    /// The device's compiler has no literal of what is not finite.
    private void constant(double x) {
        if (!Double.isFinite(m.single ? (float) x : x)) m.held(x);
        else if (m.single) c.loadConstant((float) x);
        else c.loadConstant(x);
    }

    private void shared(int slot) {
        Integer changing = stepwise.get(slot);
        if (changing == null) {
            c.aload(DeviceMethod.SHARED).loadConstant(slot);
        } else {
            c.aload(DeviceMethod.TABLE)
                    .iload(m.at)
                    .loadConstant(stepwise.size())
                    .imul();
            c.loadConstant((int) changing).iadd();
        }
        m.entry();
    }

    private void compute(Value v) {
        switch (v.op()) {
            case GATHER, COLUMN -> {
                c.aload(DeviceMethod.FIFTH).loadConstant(v.slot() * examples);
                c.iload(v.op() == Op.COLUMN ? m.index : m.word(places.get(v.second())))
                        .iadd();
                m.entry();
            }
            case SELECT -> select(v);
            case ADD -> sum(v.argument(0), v.argument(1));
            case FMA -> {
                push(v.argument(0));
                push(v.argument(1));
                m.multiply();
                push(v.argument(2));
                m.add();
            }
            default -> {
                for (Value a : v.arguments()) push(a);
                operate(v.op());
            }
        }
    }

    private void select(Value v) {
        Label no = c.newLabel();
        Label join = c.newLabel();
        int result = m.newReal();
        branchUnless(v.argument(0), no);
        push(v.argument(1));
        m.store(result);
        c.goto_(join).labelBinding(no);
        push(v.argument(2));
        m.store(result);
        c.labelBinding(join);
        m.load(result);
    }

    /// The device's compiler does not stand the sum of a product and itself.
    private void sum(Value a, Value b) {
        push(a);
        if (a.equals(b)) {
            constant(2);
            m.multiply();
        } else {
            push(b);
            m.add();
        }
    }

    private void operate(Op op) {
        switch (op) {
            case SUB -> m.subtract();
            case MUL -> m.multiply();
            case DIV -> m.divide();
            case NEG -> m.negate();
            case ABS -> m.math("abs", m.real);
            case SQRT -> m.math("sqrt", m.real);
            case MIN -> m.math("min", m.real, m.real);
            case MAX -> m.math("max", m.real, m.real);
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
        m.compare();
        switch (condition.op()) {
            case LT -> c.ifge(no);
            case LE -> c.ifgt(no);
            case EQ -> c.ifne(no);
            default -> throw new IllegalStateException("no condition of a kernel: " + condition.op());
        }
    }
}
