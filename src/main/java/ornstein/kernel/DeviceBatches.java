package ornstein.kernel;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.MethodTypeDesc;
import java.util.Collections;
import ornstein.method.Batches;
import ornstein.method.Sampling;
import ornstein.random.Permutation;
import ornstein.random.Streams;

/// The examples of a kernel's batches: the numbers that [BatchSource] fills rows with, each drawn where it is taken.
final class DeviceBatches {
    private final DeviceMethod m;
    private final CodeBuilder c;
    private final Batches batches;

    DeviceBatches(DeviceMethod m, Batches batches) {
        this.m = m;
        c = m.c;
        this.batches = batches;
    }

    /// Leaves the example of a slot of the step's batches on the stack: slot `slot`, or, if `dynamic` is a local
    /// variable, as many further as that says.
    void draw(int slot, int dynamic) {
        if (batches.sampling() == Sampling.IID) independent(slot, dynamic);
        else ordered(slot, dynamic);
    }

    private void independent(int slot, int dynamic) {
        held();
        c.loadConstant((long) batches.perStep() * batches.size())
                .lmul()
                .loadConstant((long) slot)
                .ladd();
        if (dynamic >= 0) c.iload(dynamic).i2l().ladd();
        c.loadConstant(batches.examples());
        seeded();
        c.invokestatic(DeviceNoise.DRAWS, "iid", type(CD_long, 6));
    }

    private void ordered(int slot, int dynamic) {
        int batch = slot / batches.size();
        int inBatch = slot % batches.size();
        int total = m.wide();
        held();
        c.loadConstant((long) batches.perStep())
                .lmul()
                .loadConstant((long) batch)
                .ladd()
                .lstore(total);
        int epoch = m.wide();
        c.lload(total).loadConstant((long) batches.perEpoch()).ldiv().lstore(epoch);
        int position = m.narrow();
        c.lload(total)
                .lload(epoch)
                .loadConstant((long) batches.perEpoch())
                .lmul()
                .lsub()
                .l2i()
                .istore(position);
        switch (batches.sampling()) {
            case REVERSED -> {
                Label same = c.newLabel();
                c.lload(epoch).lconst_1().land().lconst_0().lcmp().ifeq(same);
                c.loadConstant(batches.perEpoch() - 1).iload(position).isub().istore(position);
                c.labelBinding(same).iload(position);
            }
            case REORDER -> {
                c.iload(position);
                element(batches.perEpoch(), epoch);
            }
            default -> c.iload(position);
        }
        c.loadConstant(batches.size()).imul().loadConstant(inBatch).iadd();
        if (dynamic >= 0) c.iload(dynamic).iadd();
        if (batches.sampling() == Sampling.SHUFFLE) element(batches.examples(), epoch);
    }

    /// Leaves the number of the step on the stack, or of the steps that take the same batches.
    private void held() {
        c.lload(m.number);
        if (batches.hold() > 1) c.loadConstant((long) batches.hold()).ldiv();
    }

    private void seeded() {
        c.iload(m.pathLow).iload(m.pathHigh).iload(m.seedLow).iload(m.seedHigh).loadConstant(Streams.BATCH);
    }

    /// Replaces a position on the stack by the element of the epoch's permutation there.
    private void element(int size, int epoch) {
        c.loadConstant(size);
        boolean small = size <= Permutation.UNRANKED;
        if (!small) c.loadConstant(Permutation.rounds(size));
        c.lload(epoch);
        seeded();
        MethodTypeDesc six = type(CD_long, 5);
        MethodTypeDesc all = six.insertParameterTypes(0, CD_int, CD_int);
        c.invokestatic(
                DeviceNoise.DRAWS, small ? "unranked" : "swapped", small ? all : all.insertParameterTypes(0, CD_int));
    }

    /// An integer of one argument and some integers.
    private static MethodTypeDesc type(java.lang.constant.ClassDesc first, int integers) {
        MethodTypeDesc type = MethodTypeDesc.of(CD_int, Collections.nCopies(integers, CD_int));
        return type.insertParameterTypes(0, first);
    }
}
