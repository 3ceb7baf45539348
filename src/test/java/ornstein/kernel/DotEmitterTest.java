package ornstein.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DotEmitterTest {
    private static final int COUNT = 64;
    private static final int ROWS = 7;

    @ParameterizedTest
    @CsvSource({
        "1, 1, SCALAR",
        "4, 1, SCALAR",
        "1, 1, VECTOR",
        "1, 4, VECTOR",
        "2, 2, VECTOR",
        "5, 2, VECTOR",
        "10, 2, VECTOR"
    })
    void everySumIsAChainOfFusedMultiplyAdds(int sums, int vectors, Backend backend) {
        Random random = new Random(sums);
        int[] at = new int[ROWS + sums];
        for (int k = 0; k < at.length; k++) at[k] = (at.length - 1 - k) * COUNT + 3;
        double[] rows = new double[at.length * COUNT + 3];
        double[] c = new double[ROWS * sums];
        for (int k = 0; k < rows.length; k++) rows[k] = (float) random.nextGaussian();
        for (int k = 0; k < c.length; k++) c[k] = k < sums ? -0.0 : (float) random.nextGaussian();
        float[] rows32 = singles(rows);
        float[] c32 = singles(c);
        for (Precision p : Precision.values()) {
            Compiler.sums(sums, vectors, p, backend).run(rows32, rows, at, ROWS, c32, c, COUNT);
        }
        for (int r = 0; r < sums; r++) {
            for (int i = 0; i < COUNT; i++) {
                double wide = c[r] * rows[at[0] + i];
                float single = c32[r] * rows32[at[0] + i];
                for (int k = 1; k < ROWS; k++) {
                    wide = Math.fma(c[k * sums + r], rows[at[k] + i], wide);
                    single = Math.fma(c32[k * sums + r], rows32[at[k] + i], single);
                }
                assertEquals(wide, rows[at[ROWS + r] + i]);
                assertEquals(single, rows32[at[ROWS + r] + i]);
            }
        }
    }

    private static float[] singles(double[] wide) {
        float[] singles = new float[wide.length];
        for (int k = 0; k < wide.length; k++) singles[k] = (float) wide[k];
        return singles;
    }
}
