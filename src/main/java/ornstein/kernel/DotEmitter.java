package ornstein.kernel;

import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import ornstein.kernel.Op.Kind;

/// Writes the loops of a [DotStage] as a class with one method: over groups of lanes, in it over the terms, in it a
/// multiply-add for each sum and each vector of the group. Numbers or vectors, as an [Emitter] says.
final class DotEmitter {
    /// Compiled code; the arrays of the other precision are not looked at.
    interface Sums {
        /// @param at offsets of the rows, then of the results, in `rows32` or `rows64`
        /// @param terms number of rows
        /// @param c32 coefficients: of all results for the first row, of all for the second, ...
        /// @param count a multiple of the lanes of a group
        void run(float[] rows32, double[] rows64, int[] at, int terms, float[] c32, double[] c64, int count);
    }

    private static final int AT = 3;
    private static final int TERMS = 4;
    private static final int COUNT = 7;
    private static final int LANE = 8;
    private static final int TERM = 9;
    private static final int COEFFICIENT = 10;
    private static final int BASE = 11;
    private static final int VALUES = 12;

    private final Emitter emitter;
    private final boolean single;
    private final int lanes;
    private final int sums;
    private final int vectors;

    /// @param lanes of a vector
    /// @param vectors of a group
    DotEmitter(Emitter emitter, int lanes, int sums, int vectors) {
        this.emitter = emitter;
        single = emitter.precision == Precision.F32;
        this.lanes = lanes;
        this.sums = sums;
        this.vectors = vectors;
    }

    /// The bytes of a class that implements [Sums].
    byte[] emit() {
        MethodTypeDesc run = MethodTypeDesc.of(
                CD_void,
                CD_float.arrayType(),
                CD_double.arrayType(),
                CD_int.arrayType(),
                CD_int,
                CD_float.arrayType(),
                CD_double.arrayType(),
                CD_int);
        return ClassFile.of().build(emitter.self, cb -> {
            Emitter.begin(cb, ClassDesc.of("ornstein.kernel.DotEmitter$Sums"));
            cb.withMethodBody("run", run, ClassFile.ACC_PUBLIC, this::body);
        });
    }

    private int value(int k) {
        return VALUES + k * emitter.slots(Kind.REAL);
    }

    private int sum(int result, int vector) {
        return value(2 + vectors + result * vectors + vector);
    }

    private void body(CodeBuilder c) {
        Graph graph = new Graph(emitter.precision);
        Value zero = graph.constant(-0.0); // to which a first product can be added without a change
        Value fma = graph.fma(graph.row(0), graph.row(1), graph.row(2));
        emitter.constant(c, zero);
        emitter.saveLocal(c, Kind.REAL, value(0));
        c.iconst_0().istore(LANE);
        Label group = c.newLabel();
        Label end = c.newLabel();
        c.labelBinding(group).iload(LANE).iload(COUNT).if_icmpge(end);
        for (int r = 0; r < sums; r++) for (int v = 0; v < vectors; v++) copy(c, value(0), sum(r, v));
        c.iconst_0().istore(TERM).iconst_0().istore(COEFFICIENT);
        Label term = c.newLabel();
        Label done = c.newLabel();
        c.labelBinding(term).iload(TERM).iload(TERMS).if_icmpge(done);
        base(c, () -> c.iload(TERM));
        for (int v = 0; v < vectors; v++) {
            position(c, v);
            emitter.load(c, Op.ROW);
            emitter.saveLocal(c, Kind.REAL, value(2 + v));
        }
        for (int r = 0; r < sums; r++) {
            c.aload(single ? 5 : 6).iload(COEFFICIENT).loadConstant(r).iadd();
            if (single) c.faload();
            else c.daload();
            emitter.broadcast(c);
            emitter.saveLocal(c, Kind.REAL, value(1));
            for (int v = 0; v < vectors; v++) {
                for (int local : new int[] {value(1), value(2 + v), sum(r, v)}) {
                    emitter.loadLocal(c, Kind.REAL, local);
                }
                emitter.operate(c, fma);
                emitter.saveLocal(c, Kind.REAL, sum(r, v));
            }
        }
        c.iinc(TERM, 1).iinc(COEFFICIENT, sums).goto_(term).labelBinding(done);
        for (int r = 0; r < sums; r++) {
            int result = r;
            base(c, () -> c.iload(TERMS).loadConstant(result).iadd());
            for (int v = 0; v < vectors; v++) {
                position(c, v);
                emitter.store(c, sum(r, v));
            }
        }
        for (int v = 0; v < vectors; v++) emitter.next(c, LANE);
        c.goto_(group).labelBinding(end).return_();
    }

    private void copy(CodeBuilder c, int from, int to) {
        emitter.loadLocal(c, Kind.REAL, from);
        emitter.saveLocal(c, Kind.REAL, to);
    }

    /// Sets the position of a row's first lane of the group.
    private static void base(CodeBuilder c, Runnable row) {
        c.aload(AT);
        row.run();
        c.iaload().iload(LANE).iadd().istore(BASE);
    }

    /// Leaves the array of the rows and the position of a vector on the stack.
    private void position(CodeBuilder c, int vector) {
        c.aload(single ? 1 : 2).iload(BASE).loadConstant(vector * lanes).iadd();
    }
}
