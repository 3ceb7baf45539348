package ornstein.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// The vector types of the vector back end, of the CPU's preferred width.
final class Lanes {
    static final VectorSpecies<Float> F32 = FloatVector.SPECIES_PREFERRED;
    static final VectorSpecies<Double> F64 = DoubleVector.SPECIES_PREFERRED;
    static final VectorSpecies<Integer> I32 = VectorSpecies.of(int.class, F32.vectorShape());
    static final VectorSpecies<Long> I64 = VectorSpecies.of(long.class, F64.vectorShape());
    /// As many words as there are lanes of 64 bits.
    static final VectorSpecies<Integer> WORDS64 =
            VectorSpecies.of(int.class, VectorShape.forBitSize(F64.vectorBitSize() / 2));

    private Lanes() {}

    /// Numbers that code of a back end takes at a time.
    static int of(Precision precision, Backend backend) {
        if (backend == Backend.SCALAR) return 1;
        return precision == Precision.F32 ? F32.length() : F64.length();
    }

    /// Words, sign-extended to 64 bits.
    static LongVector words(int[] words, int at) {
        return (LongVector) IntVector.fromArray(WORDS64, words, at).convertShape(VectorOperators.I2L, I64, 0);
    }
}
