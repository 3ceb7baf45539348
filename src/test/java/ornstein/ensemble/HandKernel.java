package ornstein.ensemble;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.XOR;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;
import ornstein.random.Minimax;
import ornstein.random.Normals;
import ornstein.random.Philox;

/// Euler-Maruyama on the one-dimensional Ornstein-Uhlenbeck process in single precision, written by hand with the
/// Vector API for this model alone: what generated code is measured against. One stage a method, as the JIT compiler
/// wants it.
final class HandKernel {
    static final int TILE = 256;
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> I = IntVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Long> L = LongVector.SPECIES_PREFERRED;
    private static final LongVector EVEN = LongVector.broadcast(L, 0).addIndex(2);
    private static final long LOW = 0xFFFFFFFFL;

    private static final FloatVector[] LOG = vectors(Minimax.LOG_F32);
    private static final FloatVector L0 = LOG[0];
    private static final FloatVector L1 = LOG[1];
    private static final FloatVector L2 = LOG[2];
    private static final FloatVector L3 = LOG[3];
    private static final FloatVector L4 = LOG[4];
    private static final FloatVector L5 = LOG[5];
    private static final FloatVector L6 = LOG[6];
    private static final FloatVector L7 = LOG[7];
    private static final FloatVector L8 = LOG[8];
    private static final FloatVector[] SIN = vectors(Minimax.SIN_QUARTER_F32);
    private static final FloatVector S0 = SIN[0];
    private static final FloatVector S1 = SIN[1];
    private static final FloatVector S2 = SIN[2];
    private static final FloatVector S3 = SIN[3];
    private static final FloatVector[] COS = vectors(Minimax.COS_QUARTER_F32);
    private static final FloatVector C0 = COS[0];
    private static final FloatVector C1 = COS[1];
    private static final FloatVector C2 = COS[2];
    private static final FloatVector C3 = COS[3];
    private static final FloatVector C4 = COS[4];

    final float[] x = new float[TILE];
    private final int[] words = new int[4 * TILE];
    private final float[] radius = new float[TILE];
    private final float[] normals = new float[4 * TILE];
    private final long[] keys = new long[2 * Philox.ROUNDS];

    HandKernel(long seed) {
        int k0 = (int) seed;
        int k1 = (int) (seed >>> 32);
        for (int round = 0; round < Philox.ROUNDS; round++) {
            keys[2 * round] = k0 & LOW;
            keys[2 * round + 1] = k1 & LOW;
            k0 += Philox.WEYL_0;
            k1 += Philox.WEYL_1;
        }
    }

    private static FloatVector[] vectors(Minimax polynomial) {
        return Arrays.stream(polynomial.chains()[0])
                .mapToObj(c -> FloatVector.broadcast(F, (float) c))
                .toArray(FloatVector[]::new);
    }

    /// Moves the paths in `x`, of which the first has a number, through steps 0 to `steps - 1`, a multiple of 4.
    void run(long firstPath, long steps, float rate, float noise) {
        for (long block = 0; block < steps / 4; block++) {
            philox(words, firstPath, block, keys);
            for (int half = 0; half < 4; half += 2) {
                radius(words, half * TILE, radius);
                pair(words, (half + 1) * TILE, radius, normals, half * TILE);
            }
            move(x, normals, rate, noise);
        }
    }

    private static void philox(int[] words, long firstPath, long block, long[] keys) {
        LongVector mask = LongVector.broadcast(L, LOW);
        LongVector m0 = LongVector.broadcast(L, (long) Philox.MULTIPLIER_0).and(mask);
        LongVector m1 = LongVector.broadcast(L, (long) Philox.MULTIPLIER_1).and(mask);
        for (int i = 0; i < TILE; i += I.length()) {
            LongVector a0 = EVEN.add(firstPath + i);
            LongVector b0 = a0.add(1);
            LongVector a1 = a0.lanewise(LSHR, 32);
            LongVector b1 = b0.lanewise(LSHR, 32);
            LongVector a2 = LongVector.broadcast(L, block & LOW);
            LongVector b2 = a2;
            LongVector a3 = LongVector.broadcast(L, block >>> 32);
            LongVector b3 = a3;
            for (int k = 0; k < 2 * Philox.ROUNDS; k += 2) {
                LongVector key0 = LongVector.broadcast(L, keys[k]);
                LongVector key1 = LongVector.broadcast(L, keys[k + 1]);
                LongVector p0 = a0.and(mask).mul(m0);
                LongVector p1 = a2.and(mask).mul(m1);
                LongVector q0 = b0.and(mask).mul(m0);
                LongVector q1 = b2.and(mask).mul(m1);
                a0 = p1.lanewise(LSHR, 32).lanewise(XOR, a1).lanewise(XOR, key0);
                b0 = q1.lanewise(LSHR, 32).lanewise(XOR, b1).lanewise(XOR, key0);
                a2 = p0.lanewise(LSHR, 32).lanewise(XOR, a3).lanewise(XOR, key1);
                b2 = q0.lanewise(LSHR, 32).lanewise(XOR, b3).lanewise(XOR, key1);
                a1 = p1;
                b1 = q1;
                a3 = p0;
                b3 = q0;
            }
            join(a0, b0, mask).intoArray(words, i);
            join(a1, b1, mask).intoArray(words, TILE + i);
            join(a2, b2, mask).intoArray(words, 2 * TILE + i);
            join(a3, b3, mask).intoArray(words, 3 * TILE + i);
        }
    }

    private static IntVector join(LongVector even, LongVector odd, LongVector mask) {
        return even.and(mask).or(odd.lanewise(LSHL, 32)).reinterpretAsInts();
    }

    private static void radius(int[] words, int from, float[] radius) {
        for (int i = 0; i < TILE; i += F.length()) {
            IntVector w = IntVector.fromArray(I, words, from + i).and(0x7FFFFFFF);
            FloatVector u = ((FloatVector) w.convert(I2F, 0))
                    .fma(FloatVector.broadcast(F, 0x1p-31f), FloatVector.broadcast(F, 0x1p-32f));
            IntVector bits = u.reinterpretAsInts().sub(Normals.SQRT_HALF_F32);
            FloatVector e = (FloatVector) bits.lanewise(ASHR, 23).convert(I2F, 0);
            FloatVector f = bits.and(0x7FFFFF)
                    .add(Normals.SQRT_HALF_F32)
                    .reinterpretAsFloats()
                    .sub(1);
            FloatVector p = L8.fma(f, L7).fma(f, L6).fma(f, L5).fma(f, L4);
            p = p.fma(f, L3).fma(f, L2).fma(f, L1).fma(f, L0);
            FloatVector log = e.fma(FloatVector.broadcast(F, (float) Normals.LN2), p.fma(f.mul(f), f));
            log.mul(-2).sqrt().intoArray(radius, i);
        }
    }

    private static void pair(int[] words, int from, float[] radius, float[] normals, int to) {
        for (int i = 0; i < TILE; i += F.length()) {
            IntVector w = IntVector.fromArray(I, words, from + i);
            FloatVector r = FloatVector.fromArray(F, radius, i);
            FloatVector t = ((FloatVector) w.lanewise(LSHL, 2).convert(I2F, 0))
                    .fma(FloatVector.broadcast(F, 0x1p-32f), FloatVector.broadcast(F, 0x1p-31f));
            FloatVector z = t.mul(t);
            FloatVector sin = r.mul(t.mul(S3.fma(z, S2).fma(z, S1).fma(z, S0)));
            FloatVector cos = r.mul(C4.fma(z, C3).fma(z, C2).fma(z, C1).fma(z, C0));
            cos = cos.blend(cos.neg(), w.compare(LT, 0).cast(F));
            var exchange = w.and(0x40000000).compare(EQ, 0x40000000).cast(F);
            cos.blend(sin, exchange).intoArray(normals, to + i);
            sin.blend(cos, exchange).intoArray(normals, to + TILE + i);
        }
    }

    private static void move(float[] x, float[] normals, float rate, float noise) {
        FloatVector a = FloatVector.broadcast(F, -rate);
        FloatVector b = FloatVector.broadcast(F, noise);
        for (int i = 0; i < TILE; i += F.length()) {
            FloatVector y = FloatVector.fromArray(F, x, i);
            y = FloatVector.fromArray(F, normals, i).fma(b, y.fma(a, y));
            y = FloatVector.fromArray(F, normals, TILE + i).fma(b, y.fma(a, y));
            y = FloatVector.fromArray(F, normals, 2 * TILE + i).fma(b, y.fma(a, y));
            y = FloatVector.fromArray(F, normals, 3 * TILE + i).fma(b, y.fma(a, y));
            y.intoArray(x, i);
        }
    }
}
