package ornstein.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ElementaryTest {
    private static final int COUNT = 1 << 18;
    private static final int[] OFFSETS = {0, COUNT};

    @ParameterizedTest
    @EnumSource
    void scalarAndVectorGiveEqualBitsInSinglePrecision(Elementary f) {
        float[] scalar = singles();
        float[] vector = scalar.clone();
        Code code = f.code(Precision.F32);
        int a = Compiler.single(code, Backend.SCALAR)
                .run(scalar, new int[0], new float[0], new float[0][], 0, OFFSETS, COUNT);
        int b = Compiler.single(code, Backend.VECTOR)
                .run(vector, new int[0], new float[0], new float[0][], 0, OFFSETS, COUNT);
        assertEquals(a, b);
        for (int i = COUNT; i < 2 * COUNT; i++) {
            if (Float.floatToIntBits(scalar[i]) != Float.floatToIntBits(vector[i])) {
                throw new AssertionError(f + "(" + scalar[i - COUNT] + ") " + scalar[i] + " " + vector[i]);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void scalarAndVectorGiveEqualBitsInDoublePrecision(Elementary f) {
        double[] scalar = doubles();
        double[] vector = scalar.clone();
        Code code = f.code(Precision.F64);
        int a = Compiler.wide(code, Backend.SCALAR)
                .run(scalar, new int[0], new double[0], new double[0][], 0, OFFSETS, COUNT);
        int b = Compiler.wide(code, Backend.VECTOR)
                .run(vector, new int[0], new double[0], new double[0][], 0, OFFSETS, COUNT);
        assertEquals(a, b);
        assertArrayEquals(scalar, vector);
    }

    @ParameterizedTest
    @EnumSource
    void errorsAreAsDocumented(Elementary f) {
        for (Precision precision : Precision.values()) {
            double worst = 0;
            double at = 0;
            double[] x = precision == Precision.F32 ? new double[COUNT * 2] : doubles();
            if (precision == Precision.F32) {
                float[] s = singles();
                Compiler.single(f.code(precision), Backend.SCALAR)
                        .run(s, new int[0], new float[0], new float[0][], 0, OFFSETS, COUNT);
                for (int i = 0; i < s.length; i++) x[i] = s[i];
            } else {
                Compiler.wide(f.code(precision), Backend.SCALAR)
                        .run(x, new int[0], new double[0], new double[0][], 0, OFFSETS, COUNT);
            }
            for (int i = 0; i < COUNT; i++) {
                if (!f.serves(x[i], precision)) continue;
                double exact = f.strict(x[i]);
                float rounded = (float) exact;
                if (precision == Precision.F32 && Math.abs(exact) > Float.MAX_VALUE) exact = rounded;
                double y = x[i + COUNT];
                if (exact == y) continue;
                double ulp = precision == Precision.F32 ? Math.ulp((float) exact) : Math.ulp(exact);
                double error = Math.abs(y - exact) / ulp;
                if (!(error <= worst)) {
                    worst = error;
                    at = x[i];
                }
            }
            if (Boolean.getBoolean("print")) System.out.println(f + " " + precision + " " + worst + " at " + at);
            assertTrue(worst <= f.error(precision), f + " " + precision + " " + worst + " ulp at " + at);
        }
    }

    private static final double[] SPECIAL = {
        0,
        -0.0,
        1,
        -1,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.MIN_VALUE,
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        Double.MIN_NORMAL,
        Float.MIN_VALUE,
        Float.MAX_VALUE,
        Float.MIN_NORMAL,
        88.7,
        89,
        -87.4,
        -103.9,
        -104.1,
        709.7,
        709.9,
        -708.5,
        -745,
        -746,
        1e6,
        30_000,
        Math.PI,
        Math.PI / 2,
        Math.PI / 4,
        0.5,
        20,
        2.5,
        0.4142
    };

    private static float[] singles() {
        float[] x = new float[2 * COUNT];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < COUNT; i++) {
            x[i] = switch (i & 3) {
                case 0 -> Float.intBitsToFloat(random.nextInt());
                case 1 -> (float) random.nextDouble(-5, 5);
                case 2 -> (float) random.nextDouble(-110, 110);
                default -> (float) Math.exp(random.nextDouble(-20, 12)) * (random.nextBoolean() ? 1 : -1);
            };
        }
        for (int i = 0; i < SPECIAL.length; i++) x[i] = (float) SPECIAL[i];
        return x;
    }

    private static double[] doubles() {
        double[] x = new double[2 * COUNT];
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < COUNT; i++) {
            x[i] = switch (i & 3) {
                case 0 -> Double.longBitsToDouble(random.nextLong());
                case 1 -> random.nextDouble(-5, 5);
                case 2 -> random.nextDouble(-800, 800);
                default -> Math.exp(random.nextDouble(-40, 15)) * (random.nextBoolean() ? 1 : -1);
            };
        }
        System.arraycopy(SPECIAL, 0, x, 0, SPECIAL.length);
        return x;
    }
}
