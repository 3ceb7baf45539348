package ornstein.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import ornstein.method.Batches;
import ornstein.method.Sampling;
import ornstein.random.Normals;
import ornstein.random.Permutation;
import ornstein.random.Streams;
import ornstein.random.Uniforms;

/// The random rows of a tile against the scalar definitions of `ornstein.random`.
class SourceTest {
    private static final long SEED = 0x123456789abcdefL;
    private static final long FIRST = 0xFFFFFFF8L;
    private static final int PATHS = 64;

    static Tile tile(Precision p, Layout layout) {
        Program program = new Program(
                p,
                layout,
                new Shared(Map.of()),
                List.of(),
                List.of(),
                Fusion.NONE,
                List.of(),
                new float[0][],
                new double[0][],
                PATHS);
        Tile tile = new Tile(program, PATHS);
        tile.moveTo(SEED, FIRST, PATHS);
        return tile;
    }

    @ParameterizedTest
    @EnumSource
    void normalsAndUniformsAreThoseOfTheStream(Backend backend) {
        for (Precision p : Precision.values()) {
            for (int n : new int[] {1, 2, 3, 4, 6}) {
                Layout layout = new Layout(1, n, n, 0);
                Tile t = tile(p, layout);
                Source normals = new NoiseSource(true, p, backend, layout, layout.firstNormal(), n, PATHS);
                Source uniforms = new NoiseSource(false, p, backend, layout, layout.firstUniform(), n, PATHS);
                for (long step : new long[] {0, 1, 2, 3, 4, 9, (1L << 35) + 3}) {
                    normals.prepare(t, step);
                    uniforms.prepare(t, step);
                    for (int j = 0; j < n; j++) check(t, layout, p, step, j, step * n + j);
                }
            }
        }
    }

    private static void check(Tile t, Layout layout, Precision p, long step, int j, long position) {
        float[] single = new float[1];
        int normal = layout.row(new Place.Normal(j), (int) step & 3);
        int uniform = layout.row(new Place.Uniform(j), (int) step & 3);
        for (int i = 0; i < PATHS; i++) {
            double expected;
            if (p == Precision.F32) {
                Normals.fill(SEED, FIRST + i, position, Streams.NOISE, single);
                expected = single[0];
            } else {
                expected = Normals.at(SEED, FIRST + i, position, Streams.NOISE);
            }
            assertEquals(expected, t.get(normal, i));
            double u = Uniforms.at(SEED, FIRST + i, position, Streams.UNIFORM);
            assertEquals(u, t.get(uniform, i), p == Precision.F32 ? 0x1p-23 : 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void batchesAreThoseOfTheStream(Backend backend) {
        for (int examples : new int[] {1, 4, 12, 13, 50}) {
            for (int size : new int[] {1, 2, 3}) {
                for (Sampling sampling : Sampling.values()) {
                    for (int perStep = 1; perStep <= 2; perStep++) {
                        if (size > examples && sampling != Sampling.IID) continue;
                        check(backend, new Batches(sampling, examples, size, perStep, 1 + examples % 2));
                    }
                }
            }
        }
    }

    private static void check(Backend backend, Batches batches) {
        Layout layout = new Layout(1, 0, 0, batches.perStep() * batches.size());
        Source source = new BatchSource(batches, backend, layout);
        Tile t = tile(Precision.F32, layout);
        for (long step : new long[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 30, 31}) {
            source.prepare(t, step);
            for (int k = 0; k < batches.perStep() * batches.size(); k++) {
                long number = step / batches.hold() * batches.perStep() + k / batches.size();
                for (int i = 0; i < PATHS; i++) {
                    int index = t.words[layout.indexWords(k) * PATHS + i];
                    assertEquals(
                            expected(batches, FIRST + i, number, k % batches.size()), index, batches + " step " + step);
                }
            }
        }
    }

    private static int expected(Batches batches, long path, long number, int b) {
        int size = batches.size();
        if (batches.sampling() == Sampling.IID) {
            int[] out = new int[1];
            Uniforms.indices(SEED, path, number * size + b, Streams.BATCH, batches.examples(), out);
            return out[0];
        }
        int m = batches.examples() / size;
        long epoch = number / m;
        int j = (int) (number % m);
        return switch (batches.sampling()) {
            case FIXED -> j * size + b;
            case REVERSED -> (epoch % 2 == 0 ? j : m - 1 - j) * size + b;
            case REORDER -> Permutation.at(j, m, SEED, path, epoch, Streams.BATCH) * size + b;
            default -> Permutation.at(j * size + b, batches.examples(), SEED, path, epoch, Streams.BATCH);
        };
    }
}
