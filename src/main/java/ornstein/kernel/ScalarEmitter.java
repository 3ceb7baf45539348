package ornstein.kernel;

import static java.lang.constant.ConstantDescs.CD_Double;
import static java.lang.constant.ConstantDescs.CD_Float;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import ornstein.kernel.Op.Kind;

/// One lane at a time. Double precision computes on `long` and `double`, single on `int` and `float`.
final class ScalarEmitter extends Emitter {
    private static final ClassDesc MATH = ClassDesc.of("java.lang.Math");
    private final boolean single;

    ScalarEmitter(Precision precision, ClassDesc self) {
        super(precision, self);
        single = precision == Precision.F32;
    }

    @Override
    void broadcast(CodeBuilder c) {}

    @Override
    void constant(CodeBuilder c, Value v) {
        if (v.op() == Op.CONSTANT) {
            if (single) c.loadConstant((float) v.number());
            else c.loadConstant(v.number());
        } else if (single) {
            c.loadConstant((int) v.bits());
        } else {
            c.loadConstant(v.bits());
        }
    }

    @Override
    void load(CodeBuilder c, Op op) {
        if (op == Op.WORDS) {
            c.iaload();
            if (!single) c.i2l();
        } else if (single) {
            c.faload();
        } else {
            c.daload();
        }
    }

    @Override
    void gather(CodeBuilder c, int column, int words, Runnable position) {
        c.aload(column).aload(words);
        position.run();
        c.iaload();
        load(c, Op.ROW);
    }

    @Override
    void store(CodeBuilder c, int local) {
        if (single) c.fload(local).fastore();
        else c.dload(local).dastore();
    }

    @Override
    void anyFalse(CodeBuilder c) {
        c.iconst_1().ixor();
    }

    @Override
    void saveLocal(CodeBuilder c, Kind kind, int local) {
        switch (kind) {
            case REAL -> {
                if (single) c.fstore(local);
                else c.dstore(local);
            }
            case INT -> {
                if (single) c.istore(local);
                else c.lstore(local);
            }
            case MASK -> c.istore(local);
        }
    }

    @Override
    void loadLocal(CodeBuilder c, Kind kind, int local) {
        switch (kind) {
            case REAL -> {
                if (single) c.fload(local);
                else c.dload(local);
            }
            case INT -> {
                if (single) c.iload(local);
                else c.lload(local);
            }
            case MASK -> c.iload(local);
        }
    }

    @Override
    int slots(Kind kind) {
        return single || kind == Kind.MASK ? 1 : 2;
    }

    @Override
    void next(CodeBuilder c, int lane) {
        c.iinc(lane, 1);
    }

    @Override
    void operate(CodeBuilder c, Value v) {
        int distance = (int) v.bits();
        switch (v.op()) {
            case ADD -> reals(c, CodeBuilder::fadd, CodeBuilder::dadd);
            case SUB -> reals(c, CodeBuilder::fsub, CodeBuilder::dsub);
            case MUL -> reals(c, CodeBuilder::fmul, CodeBuilder::dmul);
            case DIV -> reals(c, CodeBuilder::fdiv, CodeBuilder::ddiv);
            case NEG -> reals(c, CodeBuilder::fneg, CodeBuilder::dneg);
            case FMA -> c.invokestatic(MATH, "fma", MethodTypeDesc.of(real, real, real, real));
            case ABS -> c.invokestatic(MATH, "abs", MethodTypeDesc.of(real, real));
            case MIN -> c.invokestatic(MATH, "min", MethodTypeDesc.of(real, real, real));
            case MAX -> c.invokestatic(MATH, "max", MethodTypeDesc.of(real, real, real));
            case SQRT -> {
                if (single) c.f2d();
                c.invokestatic(MATH, "sqrt", MethodTypeDesc.of(CD_double, CD_double));
                if (single) c.d2f();
            }
            case TO_REAL -> {
                if (!single) throw new IllegalStateException("an integer becomes a double through its bits");
                c.i2f();
            }
            case TO_BITS -> {
                if (single) c.invokestatic(CD_Float, "floatToRawIntBits", MethodTypeDesc.of(CD_int, real));
                else c.invokestatic(CD_Double, "doubleToRawLongBits", MethodTypeDesc.of(CD_long, real));
            }
            case FROM_BITS -> {
                if (single) c.invokestatic(CD_Float, "intBitsToFloat", MethodTypeDesc.of(real, CD_int));
                else c.invokestatic(CD_Double, "longBitsToDouble", MethodTypeDesc.of(real, CD_long));
            }
            case IADD -> reals(c, CodeBuilder::iadd, CodeBuilder::ladd);
            case ISUB -> reals(c, CodeBuilder::isub, CodeBuilder::lsub);
            case IAND -> reals(c, CodeBuilder::iand, CodeBuilder::land);
            case IOR -> reals(c, CodeBuilder::ior, CodeBuilder::lor);
            case IXOR -> reals(c, CodeBuilder::ixor, CodeBuilder::lxor);
            case ISHL -> {
                c.loadConstant(distance);
                reals(c, CodeBuilder::ishl, CodeBuilder::lshl);
            }
            case ISHR -> {
                c.loadConstant(distance);
                reals(c, CodeBuilder::ishr, CodeBuilder::lshr);
            }
            case LT -> {
                reals(c, CodeBuilder::fcmpg, CodeBuilder::dcmpg);
                truth(c, CodeBuilder::iflt);
            }
            case LE -> {
                reals(c, CodeBuilder::fcmpg, CodeBuilder::dcmpg);
                truth(c, CodeBuilder::ifle);
            }
            case EQ -> {
                reals(c, CodeBuilder::fcmpg, CodeBuilder::dcmpg);
                truth(c, CodeBuilder::ifeq);
            }
            case ILT -> {
                if (!single) c.lcmp().iconst_0();
                truth(c, CodeBuilder::if_icmplt);
            }
            case IEQ -> {
                if (!single) c.lcmp().iconst_0();
                truth(c, CodeBuilder::if_icmpeq);
            }
            case AND -> c.iand();
            case SELECT ->
                c.invokestatic(
                        ClassDesc.of("ornstein.kernel.ScalarEmitter"),
                        "select",
                        MethodTypeDesc.of(real, CD_int, real, real));
            default -> throw new IllegalStateException("not an operation: " + v.op());
        }
    }

    static float select(int condition, float then, float otherwise) {
        return condition != 0 ? then : otherwise;
    }

    static double select(int condition, double then, double otherwise) {
        return condition != 0 ? then : otherwise;
    }

    private interface Instruction {
        void write(CodeBuilder c);
    }

    private interface Jump {
        void write(CodeBuilder c, Label target);
    }

    private void reals(CodeBuilder c, Instruction narrow, Instruction wide) {
        (single ? narrow : wide).write(c);
    }

    private static void truth(CodeBuilder c, Jump jump) {
        Label yes = c.newLabel();
        Label end = c.newLabel();
        jump.write(c, yes);
        c.iconst_0().goto_(end).labelBinding(yes).iconst_1().labelBinding(end);
    }
}
