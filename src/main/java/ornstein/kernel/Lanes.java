package ornstein.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// The vector types of the vector back end, of the CPU's preferred width, and the operations on them that
/// take more than one call. Generated code calls these.
final class Lanes {
    static final VectorSpecies<Float> F32 = FloatVector.SPECIES_PREFERRED;
    static final VectorSpecies<Double> F64 = DoubleVector.SPECIES_PREFERRED;
    static final VectorSpecies<Integer> I32 = VectorSpecies.of(int.class, F32.vectorShape());
    static final VectorSpecies<Long> I64 = VectorSpecies.of(long.class, F64.vectorShape());
    /// As many words as there are lanes of 64 bits.
    static final VectorSpecies<Integer> WORDS64 =
            VectorSpecies.of(int.class, VectorShape.forBitSize(F64.vectorBitSize() / 2));

    private Lanes() {}

    /// Words, sign-extended to 64 bits.
    static LongVector words(int[] words, int at) {
        return (LongVector) IntVector.fromArray(WORDS64, words, at).convertShape(VectorOperators.I2L, I64, 0);
    }

    static void store(float[] row, int at, FloatVector v) {
        v.intoArray(row, at);
    }

    static void store(double[] row, int at, DoubleVector v) {
        v.intoArray(row, at);
    }

    static FloatVector gather(float[] column, int[] indices, int at) {
        return FloatVector.fromArray(F32, column, 0, indices, at);
    }

    static DoubleVector gather(double[] column, int[] indices, int at) {
        return DoubleVector.fromArray(F64, column, 0, indices, at);
    }

    static FloatVector select(VectorMask<Float> condition, FloatVector then, FloatVector otherwise) {
        return otherwise.blend(then, condition);
    }

    static DoubleVector select(VectorMask<Double> condition, DoubleVector then, DoubleVector otherwise) {
        return otherwise.blend(then, condition);
    }

    static IntVector shl(IntVector v, int distance) {
        return v.lanewise(VectorOperators.LSHL, distance);
    }

    static LongVector shl(LongVector v, int distance) {
        return v.lanewise(VectorOperators.LSHL, distance);
    }

    static IntVector shr(IntVector v, int distance) {
        return v.lanewise(VectorOperators.ASHR, distance);
    }

    static LongVector shr(LongVector v, int distance) {
        return v.lanewise(VectorOperators.ASHR, distance);
    }
}
