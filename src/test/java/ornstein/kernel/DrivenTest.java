package ornstein.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import ornstein.kernel.Cases.Case;
import ornstein.method.OneStep;
import ornstein.random.Normals;
import ornstein.random.Streams;
import ornstein.random.Uniforms;

class DrivenTest {
    private static final int PATHS = 70;
    private static final int STEPS = 5;

    static Stream<Case> cases() throws java.io.IOException {
        return Cases.all().filter(c -> c.step().means().isEmpty());
    }

    /// With the noise that a kernel draws, its bits; and those of the algebra evaluated as trees, to rounding.
    @ParameterizedTest
    @MethodSource("cases")
    void givenNoiseDoesWhatDrawnNoiseDoes(Case c) {
        Kernel kernel = Kernel.of(c.step(), Precision.F64, Backend.VECTOR);
        Block block = kernel.newBlock(PATHS);
        block.reset(42, 9, PATHS);
        kernel.start(block, c.model().start());
        int d = c.step().next().size();
        int normals = c.step().normals();
        int uniforms = c.step().uniforms();
        double[][] rows = new double[d + normals + uniforms][PATHS];
        for (int r = 0; r < d; r++) block.copy(r, rows[r]);
        kernel.advance(block, 0, STEPS);
        Driven driven = new Driven(c.step(), Backend.VECTOR);
        OneStep one = new OneStep(c.step());
        double[] tree = new double[d];
        for (int r = 0; r < d; r++) tree[r] = rows[r][1];
        for (int k = 0; k < STEPS; k++) {
            for (int i = 0; i < PATHS; i++) {
                for (int j = 0; j < normals; j++) {
                    rows[d + j][i] = Normals.at(42, 9 + i, (long) k * normals + j, Streams.NOISE);
                }
                for (int j = 0; j < uniforms; j++) {
                    rows[d + normals + j][i] = Uniforms.at(42, 9 + i, (long) k * uniforms + j, Streams.UNIFORM);
                }
            }
            tree = one.next(
                    tree,
                    k,
                    new OneStep.Noise(column(rows, d, normals), column(rows, d + normals, uniforms), List.of()));
            driven.step(rows, PATHS, k);
        }
        double[] drawn = new double[PATHS];
        for (int r = 0; r < d; r++) {
            block.copy(r, drawn);
            assertArrayEquals(drawn, rows[r]);
            assertEquals(tree[r], rows[r][1], 1e-11 * (1 + Math.abs(tree[r])));
        }
    }

    private static List<Double> column(double[][] rows, int from, int count) {
        return DoubleStream.iterate(0, j -> j < count, j -> j + 1)
                .map(j -> rows[from + (int) j][1])
                .boxed()
                .toList();
    }
}
