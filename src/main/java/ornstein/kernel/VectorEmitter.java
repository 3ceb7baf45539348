package ornstein.kernel;

import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import ornstein.kernel.Op.Kind;

/// A vector of lanes at a time, by the Vector API. Constants and shared numbers are broadcast before the
/// loop: twice as fast as static final vectors, which the JIT compiler loads from the heap at every use.
/// The code calls the Vector API alone: in long methods the JIT compiler inlines no other method, and keeps
/// the vectors for it on the heap.
final class VectorEmitter extends Emitter {
    private static final String PACKAGE = "jdk.incubator.vector.";
    private static final ClassDesc VECTOR = ClassDesc.of(PACKAGE + "Vector");
    private static final ClassDesc MASK = ClassDesc.of(PACKAGE + "VectorMask");
    private static final ClassDesc SPECIES = ClassDesc.of(PACKAGE + "VectorSpecies");
    private static final ClassDesc OPERATORS = ClassDesc.of(PACKAGE + "VectorOperators");
    private static final ClassDesc BINARY = OPERATORS.nested("Binary");
    private static final ClassDesc COMPARISON = OPERATORS.nested("Comparison");
    private static final ClassDesc CONVERSION = OPERATORS.nested("Conversion");
    private static final ClassDesc WORDS = ClassDesc.of(PACKAGE + "IntVector");
    private static final ClassDesc LANES = ClassDesc.of("ornstein.kernel.Lanes");

    private final boolean single;
    private final ClassDesc reals;
    private final ClassDesc ints;
    private final ClassDesc integer;

    VectorEmitter(Precision precision, ClassDesc self) {
        super(precision, self);
        single = precision == Precision.F32;
        reals = ClassDesc.of(PACKAGE + (single ? "FloatVector" : "DoubleVector"));
        ints = ClassDesc.of(PACKAGE + (single ? "IntVector" : "LongVector"));
        integer = single ? CD_int : ConstantDescs.CD_long;
    }

    private void species(CodeBuilder c, Kind kind) {
        String name = (kind == Kind.INT ? "I" : "F") + (single ? "32" : "64");
        c.getstatic(LANES, name, SPECIES);
    }

    private static void broadcast(CodeBuilder c, ClassDesc vector, ClassDesc element) {
        c.invokestatic(vector, "broadcast", MethodTypeDesc.of(vector, SPECIES, element));
    }

    @Override
    void broadcast(CodeBuilder c) {
        species(c, Kind.REAL);
        if (single) c.swap();
        else c.dup_x2().pop();
        broadcast(c, reals, real);
    }

    @Override
    void constant(CodeBuilder c, Value v) {
        boolean isReal = v.op() == Op.CONSTANT;
        species(c, v.op().kind);
        if (isReal && single) c.loadConstant((float) v.number());
        else if (isReal) c.loadConstant(v.number());
        else if (single) c.loadConstant((int) v.bits());
        else c.loadConstant(v.bits());
        broadcast(c, isReal ? reals : ints, isReal ? real : integer);
    }

    @Override
    void load(CodeBuilder c, Op op) {
        ClassDesc vector = op == Op.ROW ? reals : ints;
        boolean widened = op == Op.WORDS && !single;
        if (widened) {
            vector = WORDS;
            c.getstatic(LANES, "WORDS64", SPECIES);
        } else species(c, op.kind);
        // the species goes below the array and the position
        c.dup_x2().pop();
        ClassDesc element = op == Op.ROW ? real : CD_int;
        c.invokestatic(vector, "fromArray", MethodTypeDesc.of(vector, SPECIES, element.arrayType(), CD_int));
        if (widened) convert(c, WORDS, "I2L", Kind.INT, ints);
    }

    private void convert(CodeBuilder c, ClassDesc from, String conversion, Kind kind, ClassDesc to) {
        c.getstatic(OPERATORS, conversion, CONVERSION);
        species(c, kind);
        c.iconst_0();
        c.invokevirtual(from, "convertShape", MethodTypeDesc.of(VECTOR, CONVERSION, SPECIES, CD_int));
        c.checkcast(to);
    }

    @Override
    void gather(CodeBuilder c, int column, int words, Runnable position) {
        species(c, Kind.REAL);
        c.aload(column).iconst_0().aload(words);
        position.run();
        c.invokestatic(
                reals,
                "fromArray",
                MethodTypeDesc.of(reals, SPECIES, real.arrayType(), CD_int, CD_int.arrayType(), CD_int));
    }

    @Override
    void store(CodeBuilder c, int local) {
        c.aload(local);
        c.dup_x2().pop();
        c.invokevirtual(reals, "intoArray", MethodTypeDesc.of(CD_void, real.arrayType(), CD_int));
    }

    @Override
    void anyFalse(CodeBuilder c) {
        c.invokevirtual(MASK, "allTrue", MethodTypeDesc.of(CD_boolean))
                .iconst_1()
                .ixor();
    }

    @Override
    void saveLocal(CodeBuilder c, Kind kind, int local) {
        c.astore(local);
    }

    @Override
    void loadLocal(CodeBuilder c, Kind kind, int local) {
        c.aload(local);
    }

    @Override
    int slots(Kind kind) {
        return 1;
    }

    @Override
    void next(CodeBuilder c, int lane) {
        c.iinc(lane, single ? Lanes.F32.length() : Lanes.F64.length());
    }

    @Override
    void operate(CodeBuilder c, Value v) {
        switch (v.op()) {
            case ADD -> binary(c, reals, "add");
            case SUB -> binary(c, reals, "sub");
            case MUL -> binary(c, reals, "mul");
            case DIV -> binary(c, reals, "div");
            case MIN -> binary(c, reals, "min");
            case MAX -> binary(c, reals, "max");
            case NEG -> unary(c, "neg");
            case ABS -> unary(c, "abs");
            case SQRT -> unary(c, "sqrt");
            case FMA -> c.invokevirtual(reals, "fma", MethodTypeDesc.of(reals, VECTOR, VECTOR));
            case TO_REAL -> {
                if (!single) throw new IllegalStateException("an integer becomes a double through its bits");
                convert(c, ints, "I2F", Kind.REAL, reals);
            }
            case TO_BITS ->
                c.invokevirtual(reals, single ? "reinterpretAsInts" : "reinterpretAsLongs", MethodTypeDesc.of(ints));
            case FROM_BITS ->
                c.invokevirtual(
                        ints, single ? "reinterpretAsFloats" : "reinterpretAsDoubles", MethodTypeDesc.of(reals));
            case IADD -> binary(c, ints, "add");
            case ISUB -> binary(c, ints, "sub");
            case IAND -> binary(c, ints, "and");
            case IOR -> binary(c, ints, "or");
            case IXOR -> {
                c.getstatic(OPERATORS, "XOR", OPERATORS.nested("Associative"));
                c.swap();
                c.invokevirtual(ints, "lanewise", MethodTypeDesc.of(ints, BINARY, VECTOR));
            }
            case ISHL -> shift(c, "LSHL", v);
            case ISHR -> shift(c, "ASHR", v);
            case LT -> compare(c, reals, "LT");
            case LE -> compare(c, reals, "LE");
            case EQ -> compare(c, reals, "EQ");
            case ILT -> compare(c, ints, "LT");
            case IEQ -> compare(c, ints, "EQ");
            case AND -> c.invokevirtual(MASK, "and", MethodTypeDesc.of(MASK, MASK));
            case SELECT -> {
                // condition, then, otherwise become otherwise, then, condition
                c.dup_x2().pop().swap();
                c.invokevirtual(reals, "blend", MethodTypeDesc.of(reals, VECTOR, MASK));
            }
            default -> throw new IllegalStateException("not an operation: " + v.op());
        }
    }

    private static void binary(CodeBuilder c, ClassDesc type, String name) {
        c.invokevirtual(type, name, MethodTypeDesc.of(type, VECTOR));
    }

    private void unary(CodeBuilder c, String name) {
        c.invokevirtual(reals, name, MethodTypeDesc.of(reals));
    }

    private void shift(CodeBuilder c, String operator, Value v) {
        c.getstatic(OPERATORS, operator, BINARY);
        if (single) c.loadConstant((int) v.bits());
        else c.loadConstant(v.bits());
        c.invokevirtual(ints, "lanewise", MethodTypeDesc.of(ints, BINARY, integer));
    }

    private void compare(CodeBuilder c, ClassDesc type, String operator) {
        c.getstatic(OPERATORS, operator, COMPARISON);
        c.swap();
        c.invokevirtual(type, "compare", MethodTypeDesc.of(MASK, COMPARISON, VECTOR));
        if (type.equals(ints)) {
            species(c, Kind.REAL);
            c.invokevirtual(MASK, "cast", MethodTypeDesc.of(MASK, SPECIES));
        }
    }
}
